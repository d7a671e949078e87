#pragma once

#include <memory>
#include <string>
#include <vector>

#include "people/creators/creator_model.h"
#include "people/creators/creator_questions.h"

namespace perennial {

/// Creators who are language models, in a slow and a fast part: each decides to EXPLOIT a genre it knows or to EXPLORE one it
/// does not, told its profile, its average clicks by genre and those of its latest item; then it puts what it made into words.
/// The profile is asked once per creator, when it first is needed, and kept.
///
/// Suggestions are followed by trust's coin, as by all other creators, or told in the prompt with the level of trust. A round
/// asks in at most three batches: profiles, decisions, words. Where an answer was unclear twice, a rule with its default
/// settings decides alone, the profile is the genre made most, or the item goes without words.
class LlmCreators final : public CreatorModel {
 public:
  Fields fields() override;
  std::size_t memory() const override;
  /// Throws Error(invalid_argument) without a model or for a fallback that is no other creator model; for prompts see
  /// load_prompt.
  void start(const CreatorRecords& records, std::uint64_t seed) override;
  /// Both throw what Chat::ask and require_asking do.
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void write(const WritingRequest& request, ItemTexts& texts) override;
  bool hears_suggestions() const override { return suggestions_ == "prompt"; }
  void persist(Archive& archive) override;

 private:
  ChatQuestion asked(ChatQuestion question) const;
  void meet(Asking& asking, const CreatorRecords& records, std::span<const std::string> genre_names,
            std::span<const CreatorId> creators);
  void leave_to_rule(const CreationRequest& request, const std::vector<std::size_t>& unclear,
                     std::span<GenreId> made);
  std::unique_ptr<CreatorModel> make_rule() const;

  std::string model_;
  std::string prompts_;
  std::string suggestions_ = "coin";
  bool writes_ = true;
  std::string fallback_ = "bounded";
  std::int64_t answer_tokens_ = 256;

  CreatorQuestions questions_;
  std::unique_ptr<CreatorModel> rule_;
  std::vector<std::string> profiles_;  // row = CreatorId; empty = not asked for yet
};

}  // namespace perennial
