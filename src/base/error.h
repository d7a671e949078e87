#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace perennial {

/// What the world did wrong. The CLI and the server each turn a code into an exit or HTTP status in one table.
enum class ErrorCode {
  invalid_argument,  ///< a key, value, name or combination the user typed
  invalid_data,      ///< the content of a file: syntax, a row, a column, a checksum
  not_found,         ///< a file, folder, world, policy that is not there
  io,                ///< reading or writing failed: permissions, full disk
  interrupted,       ///< the user asked to stop; what was done is saved
};

/// The one exception type for everything that is not our own fault.
///
/// `what()` is one sentence that names the place, the bad value, the rule and, where there is one, a hint:
/// "run.toml: slate = 0: must be at least 1". Our own mistakes go through check() instead.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}

  ErrorCode code() const { return code_; }

  /// The same error with a place in front: "creators.csv: " + what().
  Error at(std::string_view place) const { return {code_, std::string(place) + ": " + what()}; }

 private:
  ErrorCode code_;
};

}  // namespace perennial
