#include "platform/suggest/suggestion_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "nn/categorical.h"
#include "platform/suggest/suggestion_features.h"

namespace perennial {
namespace {

/// Features drawn at random, with one genre planned per decision and the last row for nothing.
Matrix features_of(std::size_t decisions, std::size_t options, std::uint64_t seed = 5) {
  Matrix features(static_cast<Eigen::Index>(decisions * options), static_cast<Eigen::Index>(feature_count));
  const Draws draws(seed, Purpose::world);
  for (Eigen::Index row = 0; row < features.rows(); ++row) {
    const auto option = static_cast<std::size_t>(row) % options;
    const auto decision = static_cast<std::uint32_t>(static_cast<std::size_t>(row) / options);
    for (Eigen::Index f = 0; f < features.cols(); ++f)
      features(row, f) = static_cast<float>(
          draws.uniform(static_cast<std::uint32_t>(row), 7 + static_cast<std::uint32_t>(f)));
    features(row, static_cast<Eigen::Index>(Feature::nothing)) = option + 1 == options ? 1 : 0;
    const auto planned = draws.below(static_cast<std::uint32_t>(options) - 1, decision, 3);
    features(row, static_cast<Eigen::Index>(Feature::planned)) = option == planned ? 1 : 0;
  }
  return features;
}

/// Decisions drawn from the network's own odds.
Decisions decide(const SuggestionNetwork& network, const Matrix& features, std::size_t options,
                 std::uint32_t round = 0) {
  Workers workers;
  const Matrix odds = network.log_probabilities(features, options, workers);
  Decisions made;
  made.options = options;
  made.features.assign(features.data(), features.data() + features.size());
  const Draws draws(6, Purpose::suggestion, round);
  for (Eigen::Index i = 0; i < odds.rows(); ++i) {
    const std::span row(odds.data() + static_cast<std::size_t>(i) * options, options);
    const auto chosen = sample(row, draws.uniform(static_cast<std::uint32_t>(i)));
    made.chosen.push_back(static_cast<std::uint32_t>(chosen));
    made.log_probability.push_back(row[chosen]);
    made.round.push_back(round);
    made.credit.push_back(0);
    made.weight.push_back(1);
  }
  return made;
}

std::vector<std::byte> saved(SuggestionNetwork network) {
  Archive archive;
  network.persist(archive);
  return archive.bytes();
}

Matrix odds_of(const SuggestionNetwork& network, const Matrix& features, std::size_t options) {
  Workers workers;
  return network.log_probabilities(features, options, workers);
}

TEST(SuggestionNetwork, GivesProbabilities) {
  const SuggestionNetwork network(16, 5, 1);
  const Matrix odds = odds_of(network, features_of(300, 4), 4);
  ASSERT_EQ(odds.rows(), 300);
  for (Eigen::Index i = 0; i < 300; ++i) EXPECT_NEAR(odds.row(i).array().exp().sum(), 1, 1e-5);
}

TEST(SuggestionNetwork, UntrainedLeansTowardsThePlanAsFarAsItsPriorSays) {
  const Matrix features = features_of(200, 4);
  for (const double prior : {0.0, 2.0, 5.0}) {
    const Matrix odds = odds_of(SuggestionNetwork(16, prior, 1), features, 4);
    double planned = 0;
    for (Eigen::Index i = 0; i < odds.rows(); ++i) {
      for (Eigen::Index o = 0; o < 3; ++o)
        planned +=
            features(i * 4 + o, static_cast<Eigen::Index>(Feature::planned)) * std::exp(odds(i, o)) / 200;
    }
    EXPECT_NEAR(planned, std::exp(prior) / (std::exp(prior) + 3), 0.1) << prior;
  }
}

TEST(SuggestionNetwork, AnswersUnderOtherNamesWithTheSameOdds) {
  const std::size_t decisions = 20, options = 5;
  const std::vector<Eigen::Index> genre_name = {2, 0, 3, 1, 4};  // nothing stays last
  const SuggestionNetwork network(16, 3, 1);
  const Matrix features = features_of(decisions, options), odds = odds_of(network, features, options);
  Matrix renamed = features;
  const auto creator_name = [&](Eigen::Index i) { return (3 * i + 7) % Eigen::Index{decisions}; };
  for (Eigen::Index i = 0; i < odds.rows(); ++i) {
    for (Eigen::Index o = 0; o < odds.cols(); ++o)
      renamed.row(creator_name(i) * odds.cols() + genre_name[static_cast<std::size_t>(o)]) =
          features.row(i * odds.cols() + o);
  }
  const Matrix other = odds_of(network, renamed, options);
  for (Eigen::Index i = 0; i < odds.rows(); ++i) {
    for (Eigen::Index o = 0; o < odds.cols(); ++o)
      EXPECT_NEAR(other(creator_name(i), genre_name[static_cast<std::size_t>(o)]), odds(i, o), 1e-5);
  }
}

TEST(SuggestionNetwork, HasRatioOneAndNoClippingInTheFirstEpoch) {
  SuggestionNetwork network(16, 2, 1);
  const auto decisions = decide(network, features_of(300, 4), 4);
  std::vector<double> advantages;
  double mean = 0;
  for (std::uint32_t i = 0; i < 300; ++i) {
    advantages.push_back(Draws(8, Purpose::world).normal(i) + 0.5);
    mean += advantages.back() / 300;
  }
  Workers workers;
  // So small a clip that a ratio that is not 1 would run into it.
  const auto report = network.update(decisions, advantages, {.clip = 1e-4, .epochs = 1}, workers);
  EXPECT_EQ(report.clip_share, 0);
  EXPECT_NEAR(report.policy_loss, -mean, 1e-6);
  const auto later = network.update(decisions, advantages, {.clip = 1e-4, .epochs = 1}, workers);
  EXPECT_GT(later.clip_share, 0.1);
}

/// Updates on decisions whose genre 1 earns 1 and everything else nothing; the mean probability of genre 1 afterwards.
double learned_on_two_genres(double prior, GenreId planned) {
  SuggestionNetwork network(16, prior, 3);
  Workers workers;
  Matrix features = Matrix::Zero(50 * 3, feature_count);
  for (Eigen::Index i = 0; i < 50; ++i) {
    features(3 * i + 1, static_cast<Eigen::Index>(Feature::worth)) = 1;
    features(3 * i + 2, static_cast<Eigen::Index>(Feature::nothing)) = 1;
    features(3 * i + planned, static_cast<Eigen::Index>(Feature::planned)) = 1;
  }
  for (std::uint32_t update = 0; update < 40; ++update) {
    const auto decisions = decide(network, features, 3, update);
    std::vector<double> advantages;
    for (const auto chosen : decisions.chosen) advantages.push_back(chosen == 1 ? 1 : -0.5);
    network.update(decisions, advantages, {}, workers);
  }
  return odds_of(network, features, 3).col(1).array().exp().mean();
}

TEST(SuggestionNetwork, ReachesTheBetterOfTwoGenres) {
  EXPECT_GT(learned_on_two_genres(0, 1), 0.95);
  EXPECT_GT(learned_on_two_genres(5, 1), 0.95);
}

TEST(SuggestionNetwork, ReachesTheBetterOfTwoGenresAgainstAPlanThatIsWrong) {
  EXPECT_GT(learned_on_two_genres(2, 0), 0.95);
}

TEST(SuggestionNetwork, KeepsChoicesOpenWhereThatIsRewarded) {
  std::vector<double> entropies;
  for (const double weight : {0.0, 0.5}) {
    SuggestionNetwork network(16, 2, 1);
    Workers workers;
    const auto decisions = decide(network, features_of(100, 4), 4);
    PpoReport report;
    for (int i = 0; i < 20; ++i)
      report = network.update(decisions, std::vector<double>(100), {.entropy = weight}, workers);
    entropies.push_back(report.entropy_nats);
  }
  EXPECT_GT(entropies[1], entropies[0] + 0.1);
  EXPECT_GT(entropies[1], 0.98 * std::log(4));
}

TEST(SuggestionNetwork, WithoutAdvantageOrRewardForOpennessStaysAsItIs) {
  SuggestionNetwork network(16, 2, 1);
  Workers workers;
  const Matrix features = features_of(50, 4), before = odds_of(network, features, 4);
  network.update(decide(network, features, 4), std::vector<double>(50), {}, workers);
  EXPECT_EQ(odds_of(network, features, 4), before);
}

TEST(SuggestionNetwork, ImitatesChoices) {
  SuggestionNetwork network(16, 2, 1);
  Workers workers;
  const Matrix features = features_of(100, 4);
  auto decisions = decide(network, features, 4);
  for (std::size_t i = 0; i < 100; ++i) {  // whatever has the most trust
    std::uint32_t best = 0;
    for (std::uint32_t o = 1; o < 4; ++o) {
      const auto trust = static_cast<Eigen::Index>(Feature::trust);
      const auto row = static_cast<Eigen::Index>(4 * i);
      if (features(row + o, trust) > features(row + best, trust)) best = o;
    }
    decisions.chosen[i] = best;
  }
  const double before = network.imitate(decisions, {.epochs = 1}, workers);
  const double after = network.imitate(decisions, {.epochs = 300}, workers);
  EXPECT_GT(before, std::log(4));
  EXPECT_LT(after, 0.2);
}

TEST(SuggestionNetwork, ReasonsAreWhatTheLogitLosesWithoutThem) {
  const SuggestionNetwork network(16, 3, 1);
  const Matrix features = features_of(10, 4);
  Matrix changed = features;
  const auto quality = static_cast<Eigen::Index>(Feature::quality);
  const Eigen::Index row = 4 * 7 + 2;
  changed(row, quality) = features.middleRows(4 * 7, 3).col(quality).mean();
  const Matrix odds = odds_of(network, features, 4), other = odds_of(network, changed, 4);
  const double push = (odds(7, 2) - odds(7, 0)) - (other(7, 2) - other(7, 0));
  bool found = false;
  for (const auto& reason : network.reasons(features, 4, 7, 2)) {
    if (reason.feature != title_of(Feature::quality)) continue;
    found = true;
    EXPECT_FLOAT_EQ(static_cast<float>(reason.value), features(row, quality));
    EXPECT_NEAR(reason.moves_logit, push, 1e-5);
  }
  EXPECT_TRUE(found);
}

TEST(SuggestionNetwork, ReasonsComeInOrderOfTheirPushAndLeaveOutWhatIsTheSameForAllGenres) {
  const SuggestionNetwork network(16, 3, 1);
  Matrix features = features_of(10, 4);
  features.col(static_cast<Eigen::Index>(Feature::trust)).setConstant(0.5F);
  for (std::size_t i = 0; i < 10; ++i) {
    const auto reasons = network.reasons(features, 4, i, 1);
    ASSERT_GT(reasons.size(), 5U);
    for (std::size_t r = 0; r < reasons.size(); ++r) {
      EXPECT_NE(reasons[r].feature, title_of(Feature::trust));
      EXPECT_NE(reasons[r].moves_logit, 0);
      const double before = reasons[r > 0 ? r - 1 : 0].moves_logit;
      EXPECT_LE(std::abs(reasons[r].moves_logit), std::abs(before));
    }
  }
}

TEST(SuggestionNetwork, LearnsTheSameBitsAtAnyNumberOfThreads) {
  const Matrix features = features_of(700, 5);
  std::vector<std::vector<std::byte>> weights;
  for (const std::size_t threads : {1, 2, 3}) {
    SuggestionNetwork network(16, 2, 1);
    Workers workers(threads);
    const auto decisions = decide(network, features, 5);
    std::vector<double> advantages;
    for (const auto chosen : decisions.chosen) advantages.push_back(chosen == 0 ? 1 : -1);
    network.update(decisions, advantages, {}, workers);
    network.imitate(decisions, {}, workers);
    weights.push_back(saved(network));
    EXPECT_EQ(network.log_probabilities(features, 5, workers), odds_of(network, features, 5));
  }
  EXPECT_EQ(weights[0], weights[1]);
  EXPECT_EQ(weights[0], weights[2]);
}

TEST(SuggestionNetwork, ServesAnyNumberOfGenresAndNobody) {
  const SuggestionNetwork network(16, 2, 1);
  for (const std::size_t options : {2, 3, 40}) {
    EXPECT_EQ(odds_of(network, features_of(6, options), options).cols(), static_cast<Eigen::Index>(options));
    EXPECT_EQ(odds_of(network, Matrix(0, feature_count), options).rows(), 0);
  }
}

}  // namespace
}  // namespace perennial
