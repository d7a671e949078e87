#pragma once

#include <array>
#include <span>
#include <string>

#include "people/creators/creator_model.h"

namespace perennial {

/// Repeats its last genre with a probability that depends on how its latest item did (quintile of the clicks it drew);
/// otherwise goes, by `known_share`, to another genre it knows (in proportion to average clicks) or to one it does not:
/// the trending one with probability `herding` (even where it knows that one already), else any. A surrogate of language-model creators, with the
/// published rates of repeating (CreAgent), or with rates of one's own, as `perennial study calibrate-surrogate` fits them.
class BoundedCreators final : public CreatorModel {
 public:
  Fields fields() override;
  /// Throws Error(invalid_argument) for repeat_rates that are not five probabilities.
  void start(const CreatorRecords&, std::uint64_t) override;
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive&) override {}

  /// The published rates of repeating by quintile of feedback, for "llama3-8b", "qwen2-7b" and "mistral-7b".
  static std::span<const double, 5> repeat_rates(std::string_view language_model);

 private:
  std::array<double, 5> rates() const;
  GenreId explore(const CreationRequest& request, CreatorId creator) const;

  std::string language_model_ = "llama3-8b";
  std::string repeat_rates_;  // empty: the language model's
  double known_share_ = 0.5;
  double herding_ = 0;
};

}  // namespace perennial
