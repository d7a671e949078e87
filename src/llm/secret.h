#pragma once

#include <string>
#include <string_view>

namespace perennial {

/// A key that must not be seen: nothing prints, compares or stores it, and who needs it says so.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  bool empty() const { return value_.empty(); }

  /// The key itself: for the one header that carries it, and for taking it out of texts.
  const std::string& reveal() const { return value_; }

 private:
  std::string value_;
};

/// `text` without the key: every stretch of it that repeats eight or more characters of the key, or all of a shorter one, reads
/// "(key)" instead. For every text that somebody else wrote and that is shown.
std::string redact(std::string_view text, const Secret& secret);

}  // namespace perennial
