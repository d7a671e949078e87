#include "people/creators/llm_creators.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "llm/ask_clearly.h"
#include "people/creators/creator_models.h"
#include "people/creators/decide_part.h"

namespace perennial {
namespace {

constexpr const char* own_name = "llm";
constexpr const char* who = "creator_model llm";

}  // namespace

Fields LlmCreators::fields() {
  Fields fields;
  fields.text("model", model_, "the language model, as its endpoint names it")
      .text("prompts", prompts_, "a folder of templates that replace built-in prompts of the same name")
      .text("suggestions", suggestions_, "whether trust's coin or the prompt decides on following them",
            {"coin", "prompt"})
      .flag("writes", writes_, "also writes title, tags and description of every item")
      .text("fallback", fallback_,
            "the creator model that decides where the language model was unclear twice")
      .integer("answer_tokens", answer_tokens_, {8, 100000}, "where an answer is cut off");
  return fields;
}

std::unique_ptr<CreatorModel> LlmCreators::make_rule() const {
  if (fallback_ == own_name)
    throw Error(ErrorCode::invalid_argument, "creator_model.fallback = \"llm\": must be a rule");
  return find_plugin(creator_models(), "creator model (creator_model.fallback)", fallback_).make();
}

std::size_t LlmCreators::memory() const {
  return std::max<std::size_t>(2, make_rule()->memory());  // the newest item and the one before
}

void LlmCreators::start(const CreatorRecords& records, std::uint64_t seed) {
  if (model_.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "creator_model.model: must name a language model as its endpoint does, as in --set "
                "creator_model.model=llama-3.1-8b");
  }
  rule_ = make_rule();
  rule_->start(records, seed);
  questions_.load(prompts_);
  profiles_.assign(records.size(), {});
}

ChatQuestion LlmCreators::asked(ChatQuestion question) const {
  question.model = model_;
  question.answer_tokens_most = answer_tokens_;
  return question;
}

/// Asks for the profiles of those creators who have none yet.
void LlmCreators::meet(Asking& asking, const CreatorRecords& records,
                       std::span<const std::string> genre_names, std::span<const CreatorId> creators) {
  profiles_.resize(std::max(profiles_.size(), records.size()));
  std::vector<CreatorId> strangers;
  std::vector<ChatQuestion> questions;
  for (const CreatorId creator : creators) {
    if (!profiles_[creator].empty()) continue;
    strangers.push_back(creator);
    questions.push_back(asked(questions_.profile(records, genre_names, creator)));
  }
  const auto take = [&](std::size_t i, const std::string& text) {
    return CreatorQuestions::read_profile(text, profiles_[strangers[i]]);
  };
  for (const auto i : ask_clearly(asking, std::move(questions), take, questions_.again()))
    profiles_[strangers[i]] = plain_profile(records, genre_names, strangers[i]);
}

void LlmCreators::decide(const CreationRequest& request, std::span<GenreId> made) {
  if (made.empty()) return;
  Asking& asking = require_asking(request.asking, who);
  meet(asking, request.records, request.genre_names, request.creators);
  std::vector<ChatQuestion> questions;
  for (std::size_t i = 0; i < made.size(); ++i)
    questions.push_back(asked(questions_.decision(request, i, profiles_[request.creators[i]])));
  const auto take = [&](std::size_t i, const std::string& text) {
    return CreatorQuestions::read_decision(request, i, text, made[i]);
  };
  leave_to_rule(request, ask_clearly(asking, std::move(questions), take, questions_.again()), made);
}

void LlmCreators::write(const WritingRequest& request, ItemTexts& texts) {
  if (!writes_ || request.creators.empty()) return;
  Asking& asking = require_asking(request.asking, who);
  meet(asking, request.records, request.genre_names, request.creators);
  std::vector<ChatQuestion> questions;
  for (std::size_t i = 0; i < request.made.size(); ++i)
    questions.push_back(asked(questions_.words(request, texts, i, profiles_[request.creators[i]])));
  std::vector<ItemText> words(request.made.size());
  const auto take = [&](std::size_t i, const std::string& text) {
    return CreatorQuestions::read_words(text, words[i]);
  };
  ask_clearly(asking, std::move(questions), take, questions_.again());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].title.empty()) texts.set(request.made[i], std::move(words[i]));
  }
}

/// The rule decides for those creators of the request who were unclear; it hears no suggestions.
void LlmCreators::leave_to_rule(const CreationRequest& request, const std::vector<std::size_t>& unclear,
                                std::span<GenreId> made) {
  if (!unclear.empty()) decide_part(*rule_, request, unclear, made);
}

void LlmCreators::persist(Archive& archive) {
  archive(profiles_);
  rule_->persist(archive);
}

}  // namespace perennial
