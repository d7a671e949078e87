#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "llm_server/chat_request.h"

namespace perennial::llm_server {

/// Where in an answer a value stands.
struct AnswerPlace {
  std::string path;                  ///< "/decisions/3/genre"
  std::string property;              ///< the nearest property's name: "genre"
  std::optional<std::size_t> index;  ///< in the nearest list, from 0
};

/// A rule for values at a place whose schema is `schema`; nothing where it has none.
using ValueRule = std::function<std::optional<Json>(const Json& schema, const AnswerPlace& place)>;

/// JSON that follows a schema of type, properties, items, minItems, maxItems, enum, const, anyOf/oneOf, minimum, maximum,
/// minLength and maxLength. Values are the rule's where it has one, otherwise decided by hashes of `text` and the place.
Json answer_by_schema(const Json& schema, const std::string& text, const ValueRule& rule);

}  // namespace perennial::llm_server
