#include "people/creators/creator_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "llm/answer_form.h"
#include "llm/ask_clearly.h"

namespace perennial {
namespace {

const AnswerForm& profile_form() {
  static const AnswerForm form({{.name = "profile", .characters_most = 600}});
  return form;
}

const AnswerForm& words_form() {
  static const AnswerForm form({{.name = "title", .characters_most = 120},
                                {.name = "tags", .characters_most = 120},
                                {.name = "description", .characters_most = 500}});
  return form;
}

AnswerForm decision_form(std::span<const std::string> genre_names) {
  return AnswerForm({{.name = "decision", .choices = {"EXPLOIT", "EXPLORE"}},
                     {.name = "genre", .choices = {genre_names.begin(), genre_names.end()}}});
}

/// "3" or, where an incentive weighs clicks or it is an average, "2.50".
std::string clicks_text(double clicks) {
  return clicks == std::floor(clicks) ? fmt::format("{:.0f}", clicks) : fmt::format("{:.2f}", clicks);
}

/// Names of the genres that a creator knows, or of those it does not.
std::string genres_it(bool knows, const CreationRequest& request, CreatorId creator) {
  std::vector<std::string_view> names;
  for (std::size_t g = 0; g < request.genre_names.size(); ++g) {
    if (request.records.knows(creator, static_cast<GenreId>(g)) == knows)
      names.emplace_back(request.genre_names[g]);
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

std::string items_text(std::uint32_t count) {
  return fmt::format("{} {}", count, count == 1 ? "item" : "items");
}

/// "2.50 (2 items)"; of a genre made only before round 1 the clicks are not known, of one never made nothing is.
std::string clicks_in(const CreationRequest& request, CreatorId creator, GenreId genre) {
  const auto& records = request.records;
  if (const auto made = records.made(creator, genre); made > 0)
    return fmt::format("{} ({})", clicks_text(request.perceived.average(records, creator, genre)),
                       items_text(made));
  if (const auto before = records.history(creator, genre); before > 0)
    return fmt::format("no clicks known ({} made before)", items_text(before));
  return "unknown";
}

std::string average_clicks_of(const CreationRequest& request, CreatorId creator) {
  std::string table;
  for (std::size_t g = 0; g < request.genre_names.size(); ++g) {
    table += fmt::format("{}{}: {}", g == 0 ? "" : "\n", request.genre_names[g],
                         clicks_in(request, creator, static_cast<GenreId>(g)));
  }
  return table;
}

std::string last_item_of(const CreationRequest& request, CreatorId creator) {
  if (request.records.recent_count(creator) == 0) return "You have published nothing here yet.";
  const auto item = request.records.recent_item(creator, 0);
  const auto title = request.texts.of(item).title;
  return fmt::format("Your latest item{}, in the genre {}, drew {} clicks.",
                     title.empty() ? "" : fmt::format(" \"{}\"", title),
                     request.genre_names[request.items.genre[item]],
                     clicks_text(request.perceived.on(request.items, item)));
}

std::string_view level_of(double trust) {
  constexpr std::string_view levels[] = {"very low", "low", "medium", "high", "very high"};
  return levels[std::min<std::size_t>(4, static_cast<std::size_t>(trust * 5))];
}

std::string suggestion_of(const CreationRequest& request, std::size_t i) {
  if (request.suggested.empty() || request.suggested[i] == no_genre)
    return "The platform suggests nothing to you.";
  return fmt::format(
      "The platform suggests that you make {} next. Your trust in its suggestions is {} ({:.2f} on a scale "
      "from 0 to 1).",
      request.genre_names[request.suggested[i]], level_of(request.trust[i]), request.trust[i]);
}

GenreId genre_called(std::span<const std::string> names, const std::string& name) {
  return static_cast<GenreId>(std::ranges::find(names, name) - names.begin());
}

/// The item made before the newest one.
std::string item_before(const WritingRequest& request, const ItemTexts& texts, CreatorId creator) {
  if (request.records.recent_count(creator) < 2) return "It is the first that you publish here.";
  const auto item = request.records.recent_item(creator, 1);
  const auto title = texts.of(item).title;
  return fmt::format("The one before{} was in the genre {}.",
                     title.empty() ? "" : fmt::format(", \"{}\",", title),
                     request.genre_names[request.items.genre[item]]);
}

}  // namespace

void CreatorQuestions::load(const std::string& folder) {
  profile_ = load_prompt(folder, "creator_profile", {"history"});
  decide_ = load_prompt(folder, "creator_decide",
                        {"profile", "genres", "last_item", "suggestion", "known", "unknown"});
  write_ = load_prompt(folder, "creator_write", {"profile", "genre", "number", "before"});
  again_ = load_ask_again(folder);
}

ChatQuestion CreatorQuestions::profile(const CreatorRecords& records,
                                       std::span<const std::string> genre_names, CreatorId creator) const {
  std::string history;
  for (std::size_t g = 0; g < genre_names.size(); ++g) {
    const auto count = records.history(creator, static_cast<GenreId>(g));
    if (count > 0)
      history += fmt::format("{}{}: {}", history.empty() ? "" : "\n", genre_names[g], items_text(count));
  }
  return {.model = "",
          .messages = profile_.fill({{"history", history.empty() ? "nothing yet" : history}}),
          .schema = profile_form().schema()};
}

std::string CreatorQuestions::read_profile(const std::string& text, std::string& profile) {
  auto read = profile_form().read(text);
  if (read.problem.empty()) profile = std::move(read.values.front().front());
  return read.problem;
}

ChatQuestion CreatorQuestions::decision(const CreationRequest& request, std::size_t i,
                                        const std::string& profile) const {
  const auto creator = request.creators[i];
  return {.model = "",
          .messages = decide_.fill({{"profile", profile},
                                    {"genres", average_clicks_of(request, creator)},
                                    {"last_item", last_item_of(request, creator)},
                                    {"suggestion", suggestion_of(request, i)},
                                    {"known", genres_it(true, request, creator)},
                                    {"unknown", genres_it(false, request, creator)}}),
          .schema = decision_form(request.genre_names).schema()};
}

std::string CreatorQuestions::read_decision(const CreationRequest& request, std::size_t i,
                                            const std::string& text, GenreId& made) {
  const auto read = decision_form(request.genre_names).read(text);
  if (!read.problem.empty()) return read.problem;
  const auto& name = read.values[1].front();
  const auto genre = genre_called(request.genre_names, name);
  const bool knows = request.records.knows(request.creators[i], genre);
  if (read.values[0].front() == "EXPLORE" && knows)
    return fmt::format("EXPLORE is of a genre that was not made before, and {} was", name);
  if (read.values[0].front() == "EXPLOIT" && !knows)
    return fmt::format("EXPLOIT is of a genre that was made before, and {} was not", name);
  made = genre;
  return {};
}

ChatQuestion CreatorQuestions::words(const WritingRequest& request, const ItemTexts& texts, std::size_t i,
                                     const std::string& profile) const {
  const auto creator = request.creators[i];
  return {.model = "",
          .messages = write_.fill({{"profile", profile},
                                   {"genre", request.genre_names[request.items.genre[request.made[i]]]},
                                   {"number", std::to_string(request.records.items_made(creator))},
                                   {"before", item_before(request, texts, creator)}}),
          .schema = words_form().schema()};
}

std::string CreatorQuestions::read_words(const std::string& text, ItemText& words) {
  auto read = words_form().read(text);
  if (!read.problem.empty()) return read.problem;
  words = {.title = std::move(read.values[0].front()),
           .tags = std::move(read.values[1].front()),
           .description = std::move(read.values[2].front())};
  return {};
}

std::string plain_profile(const CreatorRecords& records, std::span<const std::string> genre_names,
                          CreatorId creator) {
  GenreId most = 0;
  for (std::size_t g = 0; g < genre_names.size(); ++g) {
    const auto genre = static_cast<GenreId>(g);
    if (records.history(creator, genre) > records.history(creator, most)) most = genre;
  }
  return fmt::format("You are a creator who has mostly made {}.", genre_names[most]);
}

}  // namespace perennial
