#include "platform/recommend/din_ranking.h"

#include <algorithm>
#include <limits>

#include "platform/recommend/top_items.h"

namespace perennial {
namespace {

/// Users ranked at a time: their clicked things' weights beside all candidates are in memory at once.
constexpr std::size_t users_at_once = 128;
constexpr std::size_t users_read_at_once = 4, block_of_things = 8;

class Ranking {
 public:
  Ranking(const DinModel& model, const ClickHistories& histories, std::size_t history,
          const RankRequest& request)
      : model_(model), histories_(histories), history_(history), request_(request), index_(request) {
    const auto count = static_cast<Eigen::Index>(request.candidates.size());
    candidates_.resize(count, model.width());
    for (Eigen::Index i = 0; i < count; ++i) {
      const ItemId item = request.candidates[static_cast<std::size_t>(i)];
      const auto& items = request.items;
      const bool ids_only = model.parts().size() == 1;
      model.vector(
          {item, ids_only ? no_creator : items.creator[item], ids_only ? no_genre : items.genre[item]},
          candidates_.row(i).data());
    }
    of_candidates_ = model.head().of_queries(candidates_);
  }

  void rank(std::size_t begin, std::size_t end, Slates& best) {
    weigh_things(begin, end);
    request_.workers.for_blocks(end - begin, users_read_at_once, [&](std::size_t first, std::size_t last) {
      DinHead::Layers layers;
      std::vector<float> logits(index_.size());
      for (std::size_t row = begin + first; row < begin + last; ++row) {
        score(request_.users[row], layers, logits);
        TopItems top(index_, request_.depth);
        top.offer(logits, 0);
        top.write(best.row(row), best.row_scores(row));
      }
    });
  }

 private:
  std::span<const std::uint32_t> history_of(std::size_t row) const {
    return histories_.latest(request_.users[row], history_);
  }

  /// Fills weights_, one row per distinct thing that users [begin, end) clicked.
  void weigh_things(std::size_t begin, std::size_t end) {
    place_of_.assign(histories_.things().size(), AttentionBatch::unknown);
    things_.clear();
    for (std::size_t row = begin; row < end; ++row) {
      for (const std::uint32_t thing : history_of(row)) {
        if (place_of_[thing] != AttentionBatch::unknown) continue;
        place_of_[thing] = static_cast<std::uint32_t>(things_.size());
        things_.push_back(thing);
      }
    }
    const auto count = static_cast<Eigen::Index>(things_.size());
    vectors_.resize(count, candidates_.cols());
    weights_.resize(count, candidates_.rows());
    request_.workers.for_blocks(things_.size(), block_of_things, [&](std::size_t first, std::size_t last) {
      AttentionPooling::Layers layers;
      for (auto i = static_cast<Eigen::Index>(first); i < static_cast<Eigen::Index>(last); ++i) {
        model_.vector(histories_.things()[things_[static_cast<std::size_t>(i)]], vectors_.row(i).data());
        model_.attention().weigh(candidates_, vectors_.row(i), layers, weights_.row(i).data());
      }
    });
  }

  /// The user's logits for all candidates; minus infinity for what it was shown.
  void score(UserId user, DinHead::Layers& layers, std::span<float> logits) const {
    const auto history = histories_.latest(user, history_);
    const auto length = static_cast<Eigen::Index>(history.size());
    Matrix vectors(length, vectors_.cols()), weights(length, weights_.cols());
    for (Eigen::Index h = 0; h < length; ++h) {
      const auto place = place_of_[history[static_cast<std::size_t>(h)]];
      vectors.row(h) = vectors_.row(place);
      weights.row(h) = weights_.row(place);
    }
    layers.first = of_candidates_.rowwise() + model_.head().of_user(model_.user_vector(user));
    if (length > 0) layers.first.noalias() += weights.transpose() * model_.head().of_pooled(vectors);
    model_.head().finish(layers, logits);
    for (const ItemId item : request_.shown.row(user)) {
      const std::size_t position = index_.position_of(item);
      if (position != CandidateIndex::npos) logits[position] = -std::numeric_limits<float>::infinity();
    }
  }

  const DinModel& model_;
  const ClickHistories& histories_;
  std::size_t history_;
  const RankRequest& request_;
  CandidateIndex index_;
  Matrix candidates_, of_candidates_;    // per candidate: its vector; what it adds to the head's first layer
  std::vector<std::uint32_t> things_;    // clicked by the users at hand
  std::vector<std::uint32_t> place_of_;  // per thing of the histories: its row below
  Matrix vectors_, weights_;             // per clicked thing: its vector; its weight beside each candidate
};

}  // namespace

void rank_by_din(DinModel& model, const ClickHistories& histories, std::size_t history,
                 const RankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  if (request.candidates.empty()) return;
  model.grow(request.items);
  Ranking ranking(model, histories, history, request);
  for (std::size_t begin = 0; begin < request.users.size(); begin += users_at_once)
    ranking.rank(begin, std::min(begin + users_at_once, request.users.size()), best);
}

}  // namespace perennial
