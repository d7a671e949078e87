#pragma once

#include <array>
#include <span>
#include <string>

#include "people/creators/creator_model.h"

namespace perennial {

/// Repeats its last genre with a probability that depends on how its latest item did (quintile of the clicks it drew);
/// otherwise goes, half and half, to another genre it knows (in proportion to average clicks) or to one it does not:
/// the trending one with probability `herding` (even where it knows that one already), else any. A surrogate of language-model creators, fitted to their
/// published rates of repeating (CreAgent).
class BoundedCreators final : public CreatorModel {
 public:
  Fields fields() override;
  void start(const CreatorRecords&, std::uint64_t) override {}
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void persist(Archive&) override {}

  /// The published rates of repeating by quintile of feedback, for "llama3-8b", "qwen2-7b" and "mistral-7b".
  static std::span<const double, 5> repeat_rates(std::string_view language_model);

 private:
  GenreId explore(const CreationRequest& request, CreatorId creator) const;

  std::string language_model_ = "llama3-8b";
  double herding_ = 0;
};

}  // namespace perennial
