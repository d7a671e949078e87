#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "llm/asking.h"
#include "llm/scripted_chat_for_tests.h"

namespace perennial {

/// A number that follows from the characters of a text and not from their order: things listed in another order are the same.
inline std::uint32_t number_of(const std::string& text) {
  std::uint32_t sum = 0;
  for (const char c : text) {
    const auto byte = static_cast<std::uint32_t>(static_cast<unsigned char>(c));
    sum += (byte * byte + 7) * 2654435761U;
  }
  return sum ^ (sum >> 15U);
}

inline std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(by, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + by.size();
  }
  return parts;
}

/// Watches an item by its words and one's interests.
inline std::string users_answer(const ChatQuestion& question) {
  const auto interests = line_after(question, "Your interests: ");
  const auto watches = [&](const std::string& item) { return number_of(interests + item) % 3 == 0; };
  nlohmann::json answer;
  for (std::size_t i = 1;; ++i) {
    const auto item = line_after(question, fmt::format("\n{}. ", i));
    if (item.empty()) break;
    answer["answers"].push_back(watches(item) ? "WATCH" : "SKIP");
  }
  if (!answer.is_null()) return answer.dump();
  if (question.schema.find("thought") != std::string::npos) return R"({"thought": "hm"})";
  return watches(line_after(question, "this item:\n")) ? R"({"answer": "WATCH"})" : R"({"answer": "SKIP"})";
}

/// Repeats or tries a genre by what it was told; its profile tells what it made.
inline std::string creators_answer(const ChatQuestion& question) {
  const auto text = question.messages.at(1).text;
  const auto number = number_of(text);
  if (question.schema.find("profile") != std::string::npos)
    return nlohmann::json{{"profile", std::to_string(number)}}.dump();
  const auto genres_after = [&](const char* label) {
    auto line = line_after(question, label);
    line.pop_back();
    auto genres = split(line, ", ");
    std::ranges::sort(genres);
    return genres;
  };
  const auto known = genres_after("before. These are: "),
             unknown = genres_after("not made before. These are: ");
  const bool explores = number % 3 == 0 && unknown.front() != "none";
  const auto& genres = explores ? unknown : known;
  return nlohmann::json{{"decision", explores ? "EXPLORE" : "EXPLOIT"},
                        {"genre", genres[number / 7 % genres.size()]}}
      .dump();
}

/// Some answers that nobody understands, whoever is asked: the rule decides.
inline bool is_unclear(const ChatQuestion& question) {
  return number_of(question.messages.at(1).text) % 11 == 0;
}

/// Whom people may ask in a test: answers follow from the words of a question.
class AskedPeople {
 public:
  explicit AskedPeople(std::string (*answer)(const ChatQuestion&))
      : chat_([answer](const ChatQuestion& q) { return is_unclear(q) ? std::string("?") : answer(q); }) {}

  Asking* asking() { return &asking_; }

 private:
  ScriptedChat chat_;
  AnswerCounts counts_;
  Asking asking_{chat_, counts_};
};

/// Gives a name to the language model of a plug-in that needs one.
inline void name_language_model(const Fields& fields) {
  if (std::ranges::count(fields.names(), "model") > 0) fields.set("test", "model", std::string("m"));
}

}  // namespace perennial
