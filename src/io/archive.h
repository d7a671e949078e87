#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace perennial {

/// A value's bytes, written or read by one and the same function, so that saving and loading cannot drift apart:
///
///     void persist(Archive& archive, Items& items) { archive(items.creator, items.genre); }
///
/// Takes arithmetic and enum values, std::string, and vectors of trivially copyable elements or of vectors. Little-endian.
/// A reading archive throws Error(invalid_data) when bytes run out or a length cannot be true; it never reads past the end.
class Archive {
 public:
  /// An archive that collects bytes.
  Archive() = default;
  /// An archive that hands `bytes` back in the same order.
  explicit Archive(std::vector<std::byte> bytes) : bytes_(std::move(bytes)), reading_(true) {}

  bool reading() const { return reading_; }
  bool at_end() const { return position_ == bytes_.size(); }
  const std::vector<std::byte>& bytes() const { return bytes_; }

  template <class... Values>
  void operator()(Values&... values) {
    (value(values), ...);
  }

  /// Writes a name, or reads one and throws when it is another: catches fields out of step early.
  void section(const std::string& name);

 private:
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void value(T& v) { raw(&v, sizeof(T)); }
  void value(std::string& v) { sized(v); }
  template <class T>
  void value(std::vector<T>& v) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      sized(v);
    } else {
      auto count = static_cast<std::uint64_t>(v.size());
      raw(&count, sizeof(count));
      if (reading_) v.resize(checked_count(count, 1));
      for (auto& element : v) value(element);
    }
  }
  template <class Container>
  void sized(Container& v) {
    auto count = static_cast<std::uint64_t>(v.size());
    raw(&count, sizeof(count));
    if (reading_) v.resize(checked_count(count, sizeof(*v.data())));
    raw(v.data(), v.size() * sizeof(*v.data()));
  }
  std::size_t checked_count(std::uint64_t count, std::size_t element_bytes) const;
  void raw(void* data, std::size_t size);

  std::vector<std::byte> bytes_;
  std::size_t position_ = 0;
  bool reading_ = false;
};

}  // namespace perennial
