#include "platform/recommend/content.h"

#include <algorithm>

namespace perennial {
namespace {

constexpr std::size_t users_ranked_at_once = 256;

/// A smoothed click rate relative to `average`; 1 while nothing was shown.
double relative_rate(std::uint32_t clicked, std::uint32_t shown, double smoothing, double average) {
  return (clicked / average + smoothing) / (shown + smoothing);
}

}  // namespace

Fields ContentRecommender::fields() {
  Fields fields;
  fields
      .real("user_smoothing", user_smoothing_, {0.001, 1e6},
            "impressions that the genre's overall click rate counts for in a user's")
      .real("creator_smoothing", creator_smoothing_, {0.001, 1e9},
            "impressions that the average counts for in a creator's factor")
      .real("item_smoothing", item_smoothing_, {0.001, 1e9},
            "impressions that the average counts for in an item's factor");
  return fields;
}

void ContentRecommender::start(const World& world, std::span<const PastInteraction>, std::uint64_t) {
  genres_ = world.genres.size();
  by_genre_.assign(genres_, {});
  genre_rate_.assign(genres_, 0.0F);
  ties_.clear();
}

float ContentRecommender::rate_of(const PlatformTables& tables, UserId user, GenreId genre) const {
  const auto& own = tables.of(user, genre);
  const auto smoothing = static_cast<float>(user_smoothing_);
  return (static_cast<float>(own.clicked) + smoothing * genre_rate_[genre]) /
         (static_cast<float>(own.shown) + smoothing);
}

void ContentRecommender::draw_ties(const RankRequest& request) {
  const auto& items = request.items;
  for (std::size_t item = ties_.size(); item < items.size(); ++item) {
    ties_.push_back(
        Draws(request.draws.seed(), Purpose::ranking, items.born[item]).bits(items.creator[item])[0]);
  }
}

void ContentRecommender::score_candidates(const RankRequest& request) {
  const auto& tables = request.tables;
  const double average =
      (static_cast<double>(tables.all.clicked) + 1.0) / (static_cast<double>(tables.all.shown) + 3.0);
  for (std::size_t g = 0; g < genres_; ++g) {
    const auto& genre = tables.genre[g];
    genre_rate_[g] = static_cast<float>((static_cast<double>(genre.clicked) + 10 * average) /
                                        (static_cast<double>(genre.shown) + 10.0));
  }
  for (auto& list : by_genre_) list.clear();
  for (const ItemId item : request.candidates) {
    const auto& creator = tables.creator[request.items.creator[item]];
    const double factor =
        relative_rate(creator.clicked, creator.shown, creator_smoothing_, average) *
        relative_rate(request.items.clicked[item], request.items.shown[item], item_smoothing_, average);
    by_genre_[request.items.genre[item]].push_back({static_cast<float>(factor), ties_[item], item});
  }
}

void ContentRecommender::keep_best(const RankRequest& request) {
  const std::size_t needed = request.shown.length() + request.depth;
  request.workers.for_blocks(genres_, 1, [&](std::size_t g, std::size_t) {
    auto& list = by_genre_[g];
    if (list.size() > needed) {
      std::nth_element(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(needed), list.end());
      list.resize(needed);
    }
    std::sort(list.begin(), list.end());
  });
}

void ContentRecommender::merge(const RankRequest& request, std::size_t row, std::vector<Head>& heads,
                               Slates& best) const {
  const UserId user = request.users[row];
  const auto worse = [](const Head& a, const Head& b) {
    return a.score != b.score ? a.score < b.score : a.tie != b.tie ? a.tie > b.tie : a.genre > b.genre;
  };
  const auto head_at = [&](GenreId genre, std::uint32_t position, float rate) {
    const Entry& entry = by_genre_[genre][position];
    return Head{rate * entry.factor, entry.tie, genre, position};
  };
  heads.clear();
  for (std::size_t g = 0; g < genres_; ++g) {
    const auto genre = static_cast<GenreId>(g);
    if (!by_genre_[g].empty()) heads.push_back(head_at(genre, 0, rate_of(request.tables, user, genre)));
  }
  std::make_heap(heads.begin(), heads.end(), worse);
  for (std::size_t place = 0; place < request.depth && !heads.empty();) {
    std::pop_heap(heads.begin(), heads.end(), worse);
    const Head head = heads.back();
    heads.pop_back();
    const auto& list = by_genre_[head.genre];
    if (!request.shown.contains(user, list[head.position].item)) {
      best.row(row)[place] = list[head.position].item;
      best.row_scores(row)[place++] = head.score;
    }
    if (head.position + 1 < list.size()) {
      heads.push_back(head_at(head.genre, head.position + 1, rate_of(request.tables, user, head.genre)));
      std::push_heap(heads.begin(), heads.end(), worse);
    }
  }
}

void ContentRecommender::rank(const RankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  draw_ties(request);
  score_candidates(request);
  keep_best(request);
  request.workers.for_blocks(request.users.size(), users_ranked_at_once,
                             [&](std::size_t begin, std::size_t end) {
                               std::vector<Head> heads;
                               for (std::size_t row = begin; row < end; ++row)
                                 merge(request, row, heads, best);
                             });
}

}  // namespace perennial
