#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace perennial {

/// JSON that a server sent, taken as far as it makes sense: bytes that are no UTF-8 and halves of surrogate pairs read U+FFFD, as
/// where a model's answer was cut off within a character. Nothing for what is no JSON or is nested
/// without measure. Throws nothing.
std::optional<nlohmann::json> parse_server_json(std::string_view text);

/// `text` with U+FFFD for bytes that are no UTF-8.
std::string valid_utf8(std::string_view text);

/// `text` on one line, valid UTF-8, without control characters and at most so many bytes, for showing.
std::string one_line(std::string_view text, std::size_t bytes_most = 300);

}  // namespace perennial
