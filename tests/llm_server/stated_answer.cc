#include "llm_server/stated_answer.h"

#include <algorithm>
#include <sstream>

#include "llm_server/prompt_facts.h"
#include "llm_server/schema_answer.h"
#include "llm_server/text_hash.h"

namespace perennial::llm_server {
namespace {

constexpr double watches_what_interests = 0.68;
constexpr double watches_what_does_not = 0.15;
constexpr double leaves_what_it_does_not_watch = 0.01;
constexpr double exploits = 0.9;

constexpr auto no_genre = "Underwater Basket Weaving";
// Two-, three- and four-byte characters, a combining mark, a joined emoji, right-to-left, a quotation mark, a backslash.
constexpr auto strange =
    "caf\u00e9 \u2014 e\u0301t\u00e9 \U0001F469\u200D\U0001F680 \u65e5\u672c\u8a9e "
    "\u0639\u0631\u0628\u064a \"\\\" \u00a0end";

bool offers(const Json& schema, const char* value) {
  return schema.contains("enum") &&
         std::find(schema["enum"].begin(), schema["enum"].end(), Json(value)) != schema["enum"].end();
}

bool is_genre(const std::string& property) {
  return plain(property).find("genre") != std::string::npos;
}

/// Adds all values that the schema allows for properties named genre.
void add_genres(const Json& schema, std::vector<std::string>& genres) {
  if (schema.is_array() || schema.is_object()) {
    for (const auto& [name, part] : schema.items()) {
      if (schema.is_object() && is_genre(name) && part.is_object()) {
        for (const auto& value : part.value("enum", Json::array())) genres.push_back(value);
        if (part.contains("const")) genres.push_back(part["const"]);
      } else {
        add_genres(part, genres);
      }
    }
  }
}

/// The model at one request.
class Model {
 public:
  Model(const ChatRequest& request, Fault fault)
      : request_(request), fault_(fault), facts_(read_prompt(request.prompt)) {}

  std::string by_schema(const Json& schema) {
    genres_.clear();
    add_genres(schema, genres_);
    choose_move();
    return answer_by_schema(schema, request_.prompt,
                            [&](const Json& part, const AnswerPlace& place) { return ruled(part, place); })
        .dump();
  }

  std::string by_words() {
    const auto& prompt = request_.prompt;
    genres_ = listed_genres(prompt);
    const auto like = schema_of_example(prompt, std::max<std::size_t>(facts_.items.size(), 1), genres_);
    if (!like.is_null()) return by_schema(like);
    if (says("WATCH") && says("SKIP")) return decisions();
    if (says("EXPLOIT") && says("EXPLORE")) {
      choose_move();
      return (exploit_ ? "EXPLOIT: " : "EXPLORE: ") + (fault_ == Fault::wrong_genre ? no_genre : genre_);
    }
    if (fault_ == Fault::unicode) return strange;
    return text_hash(prompt) % 2 ? "A curious person who says little." : "A patient person who says little.";
  }

 private:
  bool says(const char* word) const { return request_.prompt.find(word) != std::string::npos; }

  std::optional<Json> ruled(const Json& schema, const AnswerPlace& place) const {
    if (offers(schema, "WATCH")) return decision(place.index.value_or(0), offers(schema, "LEAVE"));
    if (offers(schema, "EXPLOIT") || offers(schema, "EXPLORE")) return exploit_ ? "EXPLOIT" : "EXPLORE";
    for (const char* key : {"anyOf", "oneOf"}) {
      if (!schema.contains(key)) continue;
      for (const auto& part : schema[key]) {
        if (part.dump().find(exploit_ ? "EXPLOIT" : "EXPLORE") != std::string::npos)
          return answer_by_schema(part, request_.prompt,
                                  [&](const Json& inner, const AnswerPlace& at) { return ruled(inner, at); });
      }
    }
    const bool is_text = schema.value("type", "string") == "string" && !schema.contains("const");
    if (is_genre(place.property) && is_text) {
      if (fault_ == Fault::wrong_genre) return no_genre;
      if (schema.contains("enum") && !genre_.empty()) return genre_;
    }
    if (fault_ == Fault::unicode && is_text && !schema.contains("enum")) return strange;
    return std::nullopt;
  }

  std::string decision(std::size_t item, bool may_leave) const {
    const auto line = item < facts_.items.size() ? facts_.items[item].line : std::to_string(item);
    const bool liked = item < facts_.items.size() && facts_.likes(facts_.items[item].genre);
    std::string place = line;
    for (const auto& interest : facts_.interests) place += "\n" + interest;
    if (text_fraction(place) < (liked ? watches_what_interests : watches_what_does_not)) return "WATCH";
    return may_leave && text_fraction(place, 1) < leaves_what_it_does_not_watch ? "LEAVE" : "SKIP";
  }

  std::string decisions() const {
    std::string said;
    for (std::size_t item = 0; item < std::max<std::size_t>(facts_.items.size(), 1); ++item)
      said += (item ? ", " : "") + decision(item, true);
    return fault_ == Fault::unicode ? said + " " + strange : said;
  }

  void choose_move() {
    const auto& prompt = request_.prompt;
    std::vector<std::string> unknown;
    double best = -1;
    for (const auto& genre : genres_) {
      const auto average = average_clicks(prompt, genre);
      if (!average) unknown.push_back(genre);
      if (average && *average > best) {
        best = *average;
        genre_ = genre;
      }
    }
    exploit_ = best >= 0 && (unknown.empty() || text_fraction(prompt) < exploits);
    if (!exploit_ && !unknown.empty()) genre_ = unknown[text_hash(prompt, 1) % unknown.size()];
    const auto suggestion = read_suggestion(prompt, genres_);
    if (suggestion && text_fraction(prompt, 2) < suggestion->trust) {
      genre_ = suggestion->genre;
      exploit_ = average_clicks(prompt, genre_).has_value();
    }
  }

  const ChatRequest& request_;
  Fault fault_;
  PromptFacts facts_;
  std::vector<std::string> genres_;  ///< that may be chosen
  bool exploit_ = false;
  std::string genre_;  ///< that it makes next
};

/// A JSON schema that stands in the prompt; null where there is none.
Json schema_in(const std::string& prompt) {
  for (auto at = prompt.find('{'); at != std::string::npos; at = prompt.find('{', at + 1)) {
    std::istringstream in(prompt.substr(at));
    Json json;
    try {
      in >> json;
    } catch (const Json::exception&) {
      continue;
    }
    if (json.is_object() && json.contains("type") && json.contains("properties")) return json;
  }
  return nullptr;
}

}  // namespace

std::string stated_answer(const ChatRequest& request, Fault fault) {
  if (fault == Fault::empty) return "";
  const auto schema = request.schema.is_null() ? schema_in(request.prompt) : request.schema;
  Model model(request, fault);
  auto answer = schema.is_null() ? model.by_words() : model.by_schema(schema);
  return fault == Fault::broken_json ? answer.substr(0, answer.size() / 2) : answer;
}

}  // namespace perennial::llm_server
