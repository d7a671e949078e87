#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace perennial {

/// The categories of one text column while it is read: codes in the order they appear, and what each becomes when their
/// frequencies are known.
class CategoryCodes {
 public:
  static constexpr std::size_t most = 10000;

  explicit CategoryCodes(std::string column) : column_(std::move(column)) {}
  /// With the categories of a fitted model: nothing new is learned.
  CategoryCodes(std::string column, const std::vector<std::string>& known);

  /// NaN for an empty text and, where categories are known, for another one. Throws Error(invalid_data) beyond `most`.
  float code(std::string_view text);

  bool is_known() const { return known_; }
  std::uint64_t unseen() const { return unseen_; }

  /// Most frequent first, equals by name.
  std::vector<std::string> categories() const;
  /// By code given out so far: the position in categories().
  std::vector<float> positions() const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::vector<std::uint32_t> order() const;

  std::string column_;
  bool known_ = false;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> codes_;
  std::vector<std::string> names_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t unseen_ = 0;
};

}  // namespace perennial
