#include "llm/sample_questions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "llm/answer_form.h"
#include "llm/prompt_template.h"

namespace perennial {
namespace {

const std::vector<std::string>& sample_genres() {
  static const std::vector<std::string> genres = {
      "Autos", "Comedy",     "Education", "Entertainment", "Film",    "Gaming", "Howto", "Music",
      "News",  "Nonprofits", "People",    "Pets",          "Science", "Sports", "Travel"};
  return genres;
}

const std::string& sample_genre(std::size_t number) {
  return sample_genres()[number % sample_genres().size()];
}

std::string sample_interests(std::size_t number) {
  return fmt::format("{}, {}, {}", sample_genre(number), sample_genre(number / 15 + 4),
                     sample_genre(number / 7 + 9));
}

std::string sample_item(std::size_t number) {
  const auto& genre = sample_genre(number * 7 + 1);
  return fmt::format(
      "What nobody tells you about {0}, part {1} | genre: {0} | tags: {2}, story, new | Number {1} of a "
      "series "
      "on {0}: what happened, why it matters, and one thing that went wrong.",
      genre, number, sample_genre(number + 3));
}

std::string sample_items(std::size_t number, std::size_t slate) {
  std::string items;
  for (std::size_t place = 0; place < slate; ++place)
    items += fmt::format("{}{}. {}", place == 0 ? "" : "\n", place + 1, sample_item(number + place));
  return items;
}

std::string sample_profile(std::size_t number) {
  return fmt::format(
      "You are a creator who mostly makes {}, with a few items on {}; your range is narrow, and number {} is "
      "your latest.",
      sample_genre(number), sample_genre(number + 5), number);
}

std::string sample_table(std::size_t number) {
  std::string table;
  for (std::size_t g = 0; g < sample_genres().size(); ++g) {
    const bool known = (g + number) % 4 == 0;
    table += fmt::format("{}{}: {}", g == 0 ? "" : "\n", sample_genres()[g],
                         known ? fmt::format("{}.50 ({} items)", (g * 3 + number) % 17, g + 2) : "unknown");
  }
  return table;
}

std::string sample_genres_known(std::size_t number, bool known) {
  std::vector<std::string> names;
  for (std::size_t g = 0; g < sample_genres().size(); ++g) {
    if (((g + number) % 4 == 0) == known) names.push_back(sample_genres()[g]);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

PromptValues sample_values(QuestionKind kind, std::size_t number, std::size_t slate,
                           const std::string& thought) {
  const auto n = std::to_string(number);
  switch (kind) {
    case QuestionKind::user_slate:
      return {{"interests", sample_interests(number)},
              {"count", std::to_string(slate)},
              {"items", sample_items(number, slate)}};
    case QuestionKind::user_thought:
      return {{"interests", sample_interests(number)}, {"item", sample_item(number)}};
    case QuestionKind::user_item:
      return {{"interests", sample_interests(number)}, {"item", sample_item(number)}, {"thought", thought}};
    case QuestionKind::creator_profile:
      return {{"history", fmt::format("{}: {} items\n{}: 3 items", sample_genre(number), number,
                                      sample_genre(number + 5))}};
    case QuestionKind::creator_decide:
      return {{"profile", sample_profile(number)},
              {"genres", sample_table(number)},
              {"last_item", fmt::format("Your latest item, in the genre {}, drew {} clicks.",
                                        sample_genre(number), number)},
              {"suggestion", "The platform suggests nothing to you."},
              {"known", sample_genres_known(number, true)},
              {"unknown", sample_genres_known(number, false)}};
    case QuestionKind::creator_write:
      return {{"profile", sample_profile(number)},
              {"genre", sample_genre(number)},
              {"number", n},
              {"before", fmt::format("The one before was in the genre {}.", sample_genre(number + 5))}};
  }
  return {};
}

AnswerForm sample_form(QuestionKind kind, std::size_t slate) {
  const std::vector<std::string> words = {"WATCH", "SKIP", "LEAVE"};
  switch (kind) {
    case QuestionKind::user_slate:
      return AnswerForm({{.name = "answers", .choices = words, .list_of = slate}});
    case QuestionKind::user_thought:
      return AnswerForm({{.name = "thought", .characters_most = 300}});
    case QuestionKind::user_item:
      return AnswerForm({{.name = "answer", .choices = words}});
    case QuestionKind::creator_profile:
      return AnswerForm({{.name = "profile", .characters_most = 600}});
    case QuestionKind::creator_decide:
      return AnswerForm({{.name = "decision", .choices = {"EXPLOIT", "EXPLORE"}},
                         {.name = "genre", .choices = sample_genres()}});
    case QuestionKind::creator_write:
      return AnswerForm({{.name = "title", .characters_most = 120},
                         {.name = "tags", .characters_most = 120},
                         {.name = "description", .characters_most = 500}});
  }
  return AnswerForm({});
}

}  // namespace

std::string_view question_kind_name(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::user_slate:
      return "user_slate";
    case QuestionKind::user_thought:
      return "user_thought";
    case QuestionKind::user_item:
      return "user_item";
    case QuestionKind::creator_profile:
      return "creator_profile";
    case QuestionKind::creator_decide:
      return "creator_decide";
    case QuestionKind::creator_write:
      return "creator_write";
  }
  return "";
}

ChatQuestion SampleQuestions::question(QuestionKind kind, std::size_t number,
                                       const std::string& thought) const {
  const auto values = sample_values(kind, number, slate_, thought);
  std::vector<std::string> names;
  for (const auto& value : values) names.push_back(value.first);
  return {.model = model_,
          .messages = load_prompt("", std::string(question_kind_name(kind)), names).fill(values),
          .schema = sample_form(kind, slate_).schema()};
}

std::string SampleQuestions::problem(QuestionKind kind, const std::string& text) const {
  return sample_form(kind, slate_).read(text).problem;
}

bool SampleQuestions::watches_first(QuestionKind kind, const std::string& text) const {
  const auto read = sample_form(kind, slate_).read(text);
  return read.problem.empty() && read.values.front().front() == "WATCH";
}

}  // namespace perennial
