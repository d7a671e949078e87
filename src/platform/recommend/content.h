#pragma once

#include <vector>

#include "platform/recommend/recommender.h"

namespace perennial {

/// Ranks by counts alone, without training: score(u, i) = the user's smoothed click rate in the item's genre, times a
/// factor of its creator, times a factor of the item itself. Both factors are smoothed click rates relative to the
/// average, so 1 for what is new.
///
/// The factors are shared by all users, so the best candidates of each genre are found once a round, as many as anybody
/// can need (what it was shown lately plus its slate), and a user's slate is a merge of its genres' lists: cost grows with
/// users x depth, and with candidates only by one pass over them.
class ContentRecommender final : public Recommender {
 public:
  Fields fields() override;
  void start(const World& world, std::span<const PastInteraction> past, std::uint64_t seed) override;
  void rank(const RankRequest& request, Slates& best) override;
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive& archive) override {
    if (archive.reading()) ties_.clear();  // they are the items' of the run that was
  }

 private:
  /// One candidate in its genre's list.
  struct Entry {
    float factor;
    std::uint32_t tie;
    ItemId item;
    bool operator<(const Entry& other) const {  // better first
      return factor != other.factor ? factor > other.factor
             : tie != other.tie     ? tie < other.tie
                                    : item < other.item;
    }
  };
  /// The best candidate left of one genre, for one user.
  struct Head {
    float score;
    std::uint32_t tie;
    GenreId genre;
    std::uint32_t position;
  };
  void draw_ties(const RankRequest& request);
  void score_candidates(const RankRequest& request);
  void keep_best(const RankRequest& request);
  void merge(const RankRequest& request, std::size_t row, std::vector<Head>& heads, Slates& best) const;
  float rate_of(const PlatformTables& tables, UserId user, GenreId genre) const;

  double user_smoothing_ = 2;
  double creator_smoothing_ = 100;
  double item_smoothing_ = 20;

  std::size_t genres_ = 0;
  std::vector<std::vector<Entry>> by_genre_;  // scratch of the current round, best first
  std::vector<float> genre_rate_;             // scratch: click rate per genre over all users
  std::vector<std::uint32_t> ties_;           // an addressed draw per item; made when first needed
};

}  // namespace perennial
