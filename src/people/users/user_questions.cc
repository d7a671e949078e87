#include "people/users/user_questions.h"

#include <fmt/format.h>

#include <algorithm>

#include "llm/ask_clearly.h"

namespace perennial {
namespace {

constexpr std::size_t thought_characters_most = 300;

/// In the order of UserAnswer.
const std::vector<std::string>& answer_words() {
  static const std::vector<std::string> words = {"WATCH", "SKIP", "LEAVE"};
  return words;
}

UserAnswer answer_of(const std::string& word) {
  const auto& words = answer_words();
  return static_cast<UserAnswer>(std::ranges::find(words, word) - words.begin());
}

AnswerForm slate_form(std::size_t items) {
  return AnswerForm({{.name = "answers", .choices = answer_words(), .list_of = items}});
}

const AnswerForm& thought_form() {
  static const AnswerForm form({{.name = "thought", .characters_most = thought_characters_most}});
  return form;
}

const AnswerForm& item_form() {
  static const AnswerForm form({{.name = "answer", .choices = answer_words()}});
  return form;
}

std::string interests_of(const ResponseRequest& request, std::size_t row) {
  std::vector<std::string_view> names;
  for (const GenreId genre : request.people.interests[request.users[row]])
    names.emplace_back(request.genre_names[genre]);
  return fmt::format("{}", fmt::join(names, ", "));
}

/// One line. Where its creator wrote nothing, the genre is all that is known of it.
std::string words_of(const ResponseRequest& request, ItemId item) {
  const auto text = request.texts.of(item);
  auto words = fmt::format("{} | genre: {}", text.title.empty() ? "untitled" : text.title,
                           request.genre_names[request.items.genre[item]]);
  if (!text.tags.empty()) words += fmt::format(" | tags: {}", text.tags);
  if (!text.description.empty()) words += fmt::format(" | {}", text.description);
  return words;
}

}  // namespace

std::size_t items_of(const Slates& slates, std::size_t row) {
  const auto slate = slates.row(row);
  return static_cast<std::size_t>(std::ranges::find(slate, no_item) - slate.begin());
}

void UserQuestions::load(const std::string& folder, bool paper) {
  if (paper) {
    thought_ = load_prompt(folder, "user_thought", {"interests", "item"});
    item_ = load_prompt(folder, "user_item", {"interests", "item", "thought"});
  } else {
    slate_ = load_prompt(folder, "user_slate", {"interests", "count", "items"});
  }
  again_ = load_ask_again(folder);
}

ChatQuestion UserQuestions::slate(const ResponseRequest& request, std::size_t row) const {
  const auto count = items_of(request.slates, row);
  std::string items;
  for (std::size_t place = 0; place < count; ++place) {
    items += fmt::format("{}{}. {}", place == 0 ? "" : "\n", place + 1,
                         words_of(request, request.slates.row(row)[place]));
  }
  return {
      .model = "",
      .messages = slate_.fill(
          {{"interests", interests_of(request, row)}, {"count", std::to_string(count)}, {"items", items}}),
      .schema = slate_form(count).schema()};
}

std::string UserQuestions::read_slate(const std::string& text, std::size_t items,
                                      std::vector<UserAnswer>& answers) {
  const auto read = slate_form(items).read(text);
  if (!read.problem.empty()) return read.problem;
  answers.clear();
  for (const auto& word : read.values.front()) answers.push_back(answer_of(word));
  return {};
}

ChatQuestion UserQuestions::thought(const ResponseRequest& request, std::size_t row,
                                    std::size_t place) const {
  return {.model = "",
          .messages = thought_.fill({{"interests", interests_of(request, row)},
                                     {"item", words_of(request, request.slates.row(row)[place])}}),
          .schema = thought_form().schema()};
}

std::string UserQuestions::read_thought(const std::string& text, std::string& thought) {
  auto read = thought_form().read(text);
  if (read.problem.empty()) thought = std::move(read.values.front().front());
  return read.problem;
}

ChatQuestion UserQuestions::item(const ResponseRequest& request, std::size_t row, std::size_t place,
                                 const std::string& thought) const {
  return {.model = "",
          .messages = item_.fill({{"interests", interests_of(request, row)},
                                  {"item", words_of(request, request.slates.row(row)[place])},
                                  {"thought", thought}}),
          .schema = item_form().schema()};
}

std::string UserQuestions::read_item(const std::string& text, UserAnswer& answer) {
  const auto read = item_form().read(text);
  if (read.problem.empty()) answer = answer_of(read.values.front().front());
  return read.problem;
}

}  // namespace perennial
