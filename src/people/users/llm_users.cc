#include "people/users/llm_users.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "llm/ask_clearly.h"
#include "people/users/user_models.h"

namespace perennial {
namespace {

constexpr const char* own_name = "llm";

/// Marks the items of a slate that are watched: those before LEAVE.
void watch(const std::vector<UserAnswer>& answers, std::span<std::uint8_t> clicked) {
  for (std::size_t place = 0; place < answers.size() && answers[place] != UserAnswer::leave; ++place)
    clicked[place] = answers[place] == UserAnswer::watch ? 1 : 0;
}

}  // namespace

Fields LlmUsers::fields() {
  Fields fields;
  fields.text("model", model_, "the language model, as its endpoint names it")
      .text("mode", mode_, "one question per slate, or two per item as the papers do", {"slate", "paper"})
      .text("prompts", prompts_, "a folder of templates that replace built-in prompts of the same name")
      .text("fallback", fallback_, "the user model that answers where the language model was unclear twice")
      .integer("answer_tokens", answer_tokens_, {8, 100000}, "where an answer is cut off");
  return fields;
}

void LlmUsers::start(const Users& people, std::size_t genres) {
  if (model_.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "user_model.model: must name a language model as its endpoint does, as in --set "
                "user_model.model=llama-3.1-8b");
  }
  if (fallback_ == own_name)
    throw Error(ErrorCode::invalid_argument, "user_model.fallback = \"llm\": must be a rule");
  rule_ = find_plugin(user_models(), "user model (user_model.fallback)", fallback_).make();
  rule_->start(people, genres);
  questions_.load(prompts_, mode_ == "paper");
}

ChatQuestion LlmUsers::asked(ChatQuestion question) const {
  question.model = model_;
  question.answer_tokens_most = answer_tokens_;
  return question;
}

void LlmUsers::respond(const ResponseRequest& request, std::span<std::uint8_t> clicked) {
  std::fill(clicked.begin(), clicked.end(), std::uint8_t{0});
  Asking& asking = require_asking(request.asking, "user_model llm");
  mode_ == "paper" ? respond_item_by_item(request, asking, clicked)
                   : respond_to_slates(request, asking, clicked);
}

void LlmUsers::respond_to_slates(const ResponseRequest& request, Asking& asking,
                                 std::span<std::uint8_t> clicked) {
  const auto& slates = request.slates;
  Rows rows;
  std::vector<ChatQuestion> questions;
  for (std::size_t row = 0; row < request.users.size(); ++row) {
    if (items_of(slates, row) == 0) continue;
    rows.push_back(row);
    questions.push_back(asked(questions_.slate(request, row)));
  }
  const auto take = [&](std::size_t i, const std::string& text) {
    std::vector<UserAnswer> answers;
    auto problem = UserQuestions::read_slate(text, items_of(slates, rows[i]), answers);
    if (problem.empty()) watch(answers, clicked.subspan(rows[i] * slates.width, slates.width));
    return problem;
  };
  Rows unclear;
  for (const auto i : ask_clearly(asking, std::move(questions), take, questions_.again()))
    unclear.push_back(rows[i]);
  leave_to_rule(request, unclear, 0, slates.width, clicked);
}

void LlmUsers::respond_item_by_item(const ResponseRequest& request, Asking& asking,
                                    std::span<std::uint8_t> clicked) {
  Rows staying(request.users.size());
  for (std::size_t row = 0; row < staying.size(); ++row) staying[row] = row;
  for (std::size_t place = 0; place < request.slates.width && !staying.empty(); ++place) {
    std::erase_if(staying, [&](std::size_t row) { return items_of(request.slates, row) <= place; });
    staying = decide(request, asking, staying, place, clicked);
  }
}

/// What the users of `rows` think of their items at `place`; empty where that stayed unclear.
std::vector<std::string> LlmUsers::think(const ResponseRequest& request, Asking& asking, const Rows& rows,
                                         std::size_t place) const {
  std::vector<ChatQuestion> questions;
  for (const auto row : rows) questions.push_back(asked(questions_.thought(request, row, place)));
  std::vector<std::string> thoughts(rows.size());
  const auto take = [&](std::size_t i, const std::string& text) {
    return UserQuestions::read_thought(text, thoughts[i]);
  };
  ask_clearly(asking, std::move(questions), take, questions_.again());
  return thoughts;
}

/// Writes what the users of `rows` do with their items at `place`; returns those of them who stay.
LlmUsers::Rows LlmUsers::decide(const ResponseRequest& request, Asking& asking, const Rows& rows,
                                std::size_t place, std::span<std::uint8_t> clicked) {
  const auto thoughts = think(request, asking, rows, place);
  Rows clear, to_rule;
  std::vector<ChatQuestion> questions;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    (thoughts[i].empty() ? to_rule : clear).push_back(rows[i]);
    if (!thoughts[i].empty())
      questions.push_back(asked(questions_.item(request, rows[i], place, thoughts[i])));
  }
  std::vector<UserAnswer> answers(clear.size(), UserAnswer::skip);
  const auto take = [&](std::size_t i, const std::string& text) {
    return UserQuestions::read_item(text, answers[i]);
  };
  for (const auto i : ask_clearly(asking, std::move(questions), take, questions_.again()))
    to_rule.push_back(clear[i]);
  Rows staying = to_rule;
  for (std::size_t i = 0; i < clear.size(); ++i) {
    if (answers[i] == UserAnswer::watch) clicked[clear[i] * request.slates.width + place] = 1;
    if (answers[i] != UserAnswer::leave) staying.push_back(clear[i]);
  }
  std::ranges::sort(to_rule);
  leave_to_rule(request, to_rule, place, 1, clicked);
  std::ranges::sort(staying);
  staying.erase(std::unique(staying.begin(), staying.end()), staying.end());
  return staying;
}

/// The rule answers for the `width` places from `place` on in the slates of `rows`, ascending.
void LlmUsers::leave_to_rule(const ResponseRequest& request, const Rows& rows, std::size_t place,
                             std::size_t width, std::span<std::uint8_t> clicked) {
  if (rows.empty()) return;
  std::vector<UserId> users;
  Slates slates;
  slates.reset(rows.size(), width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    users.push_back(request.users[rows[i]]);
    const auto part = request.slates.row(rows[i]).subspan(place, width);
    std::copy(part.begin(), part.end(), slates.row(i).begin());
  }
  std::vector<std::uint8_t> answers(slates.items.size());
  rule_->respond({.round = request.round,
                  .users = users,
                  .slates = slates,
                  .items = request.items,
                  .quality = request.quality,
                  .people = request.people,
                  .genre_names = request.genre_names,
                  .texts = request.texts,
                  .draws = request.draws,
                  .workers = request.workers,
                  .asking = request.asking},
                 answers);
  for (std::size_t i = 0; i < answers.size(); ++i)
    clicked[rows[i / width] * request.slates.width + place + i % width] = answers[i];
}

void LlmUsers::click_probability(const Users& people, std::span<double> probability) const {
  rule_->click_probability(people, probability);
}

void LlmUsers::persist(Archive& archive) {
  rule_->persist(archive);
}

}  // namespace perennial
