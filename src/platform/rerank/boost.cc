#include "platform/rerank/boost.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace perennial {
namespace {

constexpr std::size_t users_boosted_at_once = 256;

/// An item's claim on a place: lower comes first.
struct Claim {
  double key;
  std::uint32_t tie;
  std::uint32_t position;  // in the shortlist

  bool operator<(const Claim& other) const {
    return key != other.key   ? key < other.key
           : tie != other.tie ? tie < other.tie
                              : position < other.position;
  }
};

/// Puts one user's shortlist into a new order at a time; its memory is used again for the next user.
class RowOrder {
 public:
  explicit RowOrder(const RerankRequest& request) : request_(request) {}

  /// Positions of the row's shortlist, first shown first.
  std::span<const Claim> order(std::size_t row) {
    items_ = request_.shortlist.row(row);
    items_ = items_.first(static_cast<std::size_t>(std::ranges::find(items_, no_item) - items_.begin()));
    scores_ = request_.shortlist.row_scores(row);
    const auto& boosts = request_.boosts;
    claims_.resize(items_.size());
    if (boosts.empty() || !boosts.seen_by(request_.users[row])) {
      as_ranked();
    } else if (boosts.interleaved != 0) {
      interleave(request_.users[row]);
    } else {
      by_scores(claims_, [&](CreatorId creator) { return boosts.arm_of(creator); });
    }
    return claims_;
  }

 private:
  void as_ranked() {
    for (std::uint32_t i = 0; i < claims_.size(); ++i) claims_[i] = {double(i), 0, i};
  }

  /// Best first by boosted scores, each creator's factor that of arm_of(creator).
  template <class ArmOf>
  void by_scores(std::vector<Claim>& claims, ArmOf arm_of) const {
    for (std::uint32_t i = 0; i < claims.size(); ++i) {
      const CreatorId creator = request_.items.creator[items_[i]];
      const double factor = request_.boosts.factor(arm_of(creator), creator);
      claims[i] = {request_.log_odds ? -(scores_[i] + std::log(factor)) : -(scores_[i] * factor), 0, i};
    }
    std::sort(claims.begin(), claims.end());
  }

  void interleave(UserId user) {
    const auto& boosts = request_.boosts;
    counterfactual_.resize(claims_.size());
    for (std::size_t arm = 0; arm < boosts.factors.size(); ++arm) {
      by_scores(counterfactual_, [&](CreatorId) { return arm; });
      for (std::uint32_t place = 0; place < counterfactual_.size(); ++place) {
        const std::uint32_t i = counterfactual_[place].position;
        if (boosts.arm_of(request_.items.creator[items_[i]]) != arm) continue;
        const auto lane = static_cast<std::uint32_t>(arm);
        claims_[i] = {double(place), request_.draws.bits(user, place, lane)[0], i};
      }
    }
    std::sort(claims_.begin(), claims_.end());
  }

  const RerankRequest& request_;
  std::span<const ItemId> items_;
  std::span<const float> scores_;
  std::vector<Claim> claims_, counterfactual_;
};

}  // namespace

Fields BoostReranker::fields() {
  Fields fields;
  fields.integer(
      "shortlist", shortlist_, {1, 1000},
      "items that the ranker lists per item shown; a creator further down cannot be boosted into view");
  return fields;
}

void BoostReranker::rerank(const RerankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  request.workers.for_blocks(
      request.users.size(), users_boosted_at_once, [&](std::size_t begin, std::size_t end) {
        RowOrder rows(request);
        for (std::size_t row = begin; row < end; ++row) {
          const auto order = rows.order(row);
          for (std::size_t place = 0; place < std::min(request.depth, order.size()); ++place) {
            best.row(row)[place] = request.shortlist.row(row)[order[place].position];
            best.row_scores(row)[place] = request.shortlist.row_scores(row)[order[place].position];
          }
        }
      });
}

}  // namespace perennial
