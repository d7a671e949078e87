#include "platform/recommend/recommenders.h"

#include "platform/recommend/bpr.h"
#include "platform/recommend/content.h"
#include "platform/recommend/din.h"
#include "platform/recommend/mf.h"
#include "platform/recommend/popularity.h"
#include "platform/recommend/random.h"

namespace perennial {

std::span<const Plugin<Recommender>> recommenders() {
  static const std::vector<Plugin<Recommender>> list = {
      {"random", "shows anything to anybody; the floor that every ranker must beat",
       make_plugin<Recommender, RandomRecommender>},
      {"popularity", "shows everybody the items with the highest smoothed click rate",
       make_plugin<Recommender, PopularityRecommender>},
      {"content", "smoothed click rates by user and genre, creator and item; fast, needs no training",
       make_plugin<Recommender, ContentRecommender>},
      {"mf", "matrix factorisation fitted to clicks and skips; learns tastes that genres do not tell",
       make_plugin<Recommender, MatrixFactorization>},
      {"bpr", "the same vectors as mf, fitted to put what a user clicked above what it did not",
       make_plugin<Recommender, BayesianPersonalizedRanking>},
      {"din", "deep interest network: attends to what the user clicked last; slow, for reproductions",
       make_plugin<Recommender, DeepInterestNetwork>},
  };
  return list;
}

}  // namespace perennial
