#pragma once

#include <vector>

#include "people/users/user_model.h"

namespace perennial {

/// A user clicks an item of a genre it is interested in with probability `in_interest`, else `out_of_interest`, times
/// the item's quality, times exp(-satiation x its decayed clicks in that genre), at most 0.98.
///
/// Defaults meet the recall that language-model users were published with (CreAgent, appendix).
class InterestUsers final : public UserModel {
 public:
  Fields fields() override;
  void start(const Users& people, std::size_t genres) override;
  void respond(const ResponseRequest& request, std::span<std::uint8_t> clicked) override;
  void click_probability(const Users& people, std::span<double> probability) const override;
  void persist(Archive& archive) override;

  /// Click probability for one item, before the coin.
  double probability_of(const Users& people, UserId user, GenreId genre, double quality) const;

 private:
  bool satiates() const { return satiation_ > 0; }
  void remember(std::span<const UserId> users, const Slates& slates, const Items& items,
                std::span<const std::uint8_t> clicked);

  double in_interest_ = 0.68;
  double out_of_interest_ = 0.15;
  double satiation_ = 0;
  double satiation_memory_ = 0.8;

  std::size_t genres_ = 0;
  std::vector<float> recent_clicks_;  // users x genres, only kept when users satiate
};

}  // namespace perennial
