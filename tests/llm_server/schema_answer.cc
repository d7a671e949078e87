#include "llm_server/schema_answer.h"

#include <algorithm>
#include <array>

#include "llm_server/text_hash.h"

namespace perennial::llm_server {
namespace {

constexpr std::array<const char*, 16> words = {"quiet", "bright",  "second", "garden", "letter", "window",
                                               "river", "evening", "first",  "paper",  "north",  "silver",
                                               "small", "market",  "winter", "morning"};

std::string sentence(const std::string& place, std::size_t most_bytes) {
  std::string text;
  const auto count = 3 + text_hash(place) % 4;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i) text += ' ';
    text += words[text_hash(place, i + 1) % words.size()];
  }
  if (text.size() > most_bytes) text.resize(most_bytes);
  return text;
}

class Writer {
 public:
  Writer(const std::string& text, const ValueRule& rule) : text_(text), rule_(rule) {}

  Json write(const Json& schema, const AnswerPlace& place) const {
    if (auto value = rule_(schema, place)) return *value;
    if (schema.contains("const")) return schema["const"];
    if (schema.contains("enum")) return schema["enum"].at(hash(place) % schema["enum"].size());
    for (const char* key : {"anyOf", "oneOf"}) {
      if (schema.contains(key)) return write(schema[key].at(hash(place) % schema[key].size()), place);
    }
    const auto type = schema.contains("type") ? schema["type"] : Json("string");
    if (type == "object") return object(schema, place);
    if (type == "array") return list(schema, place);
    if (type == "boolean") return hash(place) % 2 == 0;
    if (type == "integer") return integer(schema, place);
    if (type == "number") return static_cast<double>(integer(schema, place));
    if (type == "null") return nullptr;
    return text(schema, place);
  }

 private:
  std::uint64_t hash(const AnswerPlace& place) const { return text_hash(text_ + place.path); }

  Json object(const Json& schema, const AnswerPlace& place) const {
    Json object = Json::object();
    if (!schema.contains("properties")) return object;
    for (const auto& [name, property] : schema["properties"].items())
      object[name] = write(property, {place.path + "/" + name, name, place.index});
    return object;
  }

  Json list(const Json& schema, const AnswerPlace& place) const {
    const auto least = schema.value("minItems", std::size_t{1});
    const auto most = std::max(least, schema.value("maxItems", least));
    Json list = Json::array();
    const auto count = least + hash(place) % (most - least + 1);
    for (std::size_t i = 0; i < count; ++i)
      list.push_back(write(schema.value("items", Json::object()),
                           {place.path + "/" + std::to_string(i), place.property, i}));
    return list;
  }

  std::int64_t integer(const Json& schema, const AnswerPlace& place) const {
    const auto least = schema.value("minimum", std::int64_t{0});
    const auto most = std::max(least, schema.value("maximum", least + 9));
    return least + static_cast<std::int64_t>(hash(place) % static_cast<std::uint64_t>(most - least + 1));
  }

  std::string text(const Json& schema, const AnswerPlace& place) const {
    auto said = sentence(text_ + place.path, schema.value("maxLength", std::size_t{200}));
    said.resize(std::max(said.size(), schema.value("minLength", std::size_t{0})), '.');
    return said;
  }

  const std::string& text_;
  const ValueRule& rule_;
};

}  // namespace

Json answer_by_schema(const Json& schema, const std::string& text, const ValueRule& rule) {
  return Writer(text, rule).write(schema, {"", "", std::nullopt});
}

}  // namespace perennial::llm_server
