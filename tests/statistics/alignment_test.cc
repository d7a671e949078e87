#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "people/users/interest.h"
#include "statistics/play.h"

// Published alignment of language-model users (CreAgent, appendix): a user is shown 20 items, one it likes to m it was
// drawn at random, and says which it would watch. Here an item it likes is of one of its interests, a random one is any of
// the creators' past items; about a fifth of those are of its interests too and count as negatives all the same.
//
// Recall is then p1, whatever m. The published recalls lie between 0.520 and 0.740: more than 0.2 apart, so no p1 is within
// 0.1 of all of them (0.63 is within 0.11). p1 = 0.68 is within 0.1 of 1:1 and 1:9 and 0.16 too high at 1:2 and 1:3.
// Accuracy, precision and F1 follow from p1, p0 and m; the published ones are averages over users that contradict each
// other (at 1:9 a recall of 0.740 and an accuracy of 0.653 leave a precision of 0.18, not 0.276), so no pair meets them all.

namespace perennial {
namespace {

struct Alignment {
  double accuracy = 0, precision = 0, recall = 0, f1 = 0;
};

struct Published {
  std::size_t negatives_per_positive;
  Alignment rates;
};

constexpr std::array<Published, 4> published = {{{1, {.630, .658, .603, .589}},
                                                 {2, {.598, .461, .523, .460}},
                                                 {3, {.622, .373, .520, .404}},
                                                 {9, {.653, .276, .740, .358}}}};
constexpr std::size_t list_length = 20;

struct Counts {
  double true_positive = 0, false_positive = 0, positives = 0, negatives = 0;
};

/// Averages over users of a world, each with one list.
Alignment aligned(const World& world, InterestUsers& model, std::size_t negatives_per_positive,
                  std::uint64_t seed) {
  std::vector<double> catalogue(world.genres.size());
  for (const auto& [genre, count] : world.creators.history.values()) catalogue[genre] += count;
  const Draws lists(seed, Purpose::history), answers(seed, Purpose::click);
  const std::size_t positives = std::max<std::size_t>(1, list_length / (1 + negatives_per_positive));
  Alignment mean;
  for (UserId user = 0; user < world.users.size(); ++user) {
    const auto interests = world.users.interests[user];
    Counts n;
    for (std::uint32_t place = 0; place < list_length; ++place) {
      const bool liked = place < positives;
      const GenreId genre = liked ? interests[place % interests.size()]
                                  : static_cast<GenreId>(lists.pick(catalogue, user, place));
      const bool yes = answers.coin(model.probability_of(world.users, user, genre, 1), user, place);
      (liked ? n.positives : n.negatives) += 1;
      (liked ? n.true_positive : n.false_positive) += yes ? 1 : 0;
    }
    const double precision = n.true_positive / std::max(1.0, n.true_positive + n.false_positive);
    const double recall = n.true_positive / n.positives;
    mean.accuracy += (n.true_positive + n.negatives - n.false_positive) / list_length;
    mean.precision += precision;
    mean.recall += recall;
    mean.f1 += precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
  const auto users = static_cast<double>(world.users.size());
  return {mean.accuracy / users, mean.precision / users, mean.recall / users, mean.f1 / users};
}

void print(std::size_t m, const Alignment& here, const Alignment& known) {
  const auto cell = [](double a, double b) { return fmt::format("{:.3f} ({:.3f}, {:+.3f})", a, b, a - b); };
  fmt::print("1:{}  accuracy {}  precision {}  recall {}  F1 {}\n", m, cell(here.accuracy, known.accuracy),
             cell(here.precision, known.precision), cell(here.recall, known.recall), cell(here.f1, known.f1));
}

// 4,000 users: the standard error of a mean recall is at most 0.006 at 1:9 (two positives each), 0.0025 at 1:1.
TEST(Alignment, RecallOfUsersIsNearThePublishedAsFarAsOneProbabilityCan) {
  const World world = open_world("youtube").make(4000, 400, first_test_seed);
  InterestUsers model;
  model.start(world.users, world.genres.size());
  fmt::print("here (published, difference)\n");
  for (const auto& [m, known] : published) {
    const auto here = aligned(world, model, m, first_test_seed);
    print(m, here, known);
    EXPECT_NEAR(here.recall, 0.68, 0.024) << "recall is the click probability within interests";
    const double tolerance = m == 1 || m == 9 ? 0.1 : 0.18;
    EXPECT_NEAR(here.recall, known.recall, tolerance) << "1:" << m;
    EXPECT_NEAR(here.accuracy, known.accuracy, 0.17) << "1:" << m;
    EXPECT_NEAR(here.precision, known.precision, 0.17) << "1:" << m;
    EXPECT_NEAR(here.f1, known.f1, 0.17) << "1:" << m;
  }
}

TEST(Alignment, NoProbabilityIsWithinATenthOfEveryPublishedRecall) {
  double least = 1, most = 0;
  for (const auto& [m, known] : published) {
    least = std::min(least, known.recall);
    most = std::max(most, known.recall);
  }
  EXPECT_GT(most - least, 0.2);
}

TEST(Alignment, AFifthOfRandomItemsAreOfAUsersInterests) {
  const World world = open_world("youtube").make(2000, 400, first_test_seed);
  std::vector<double> catalogue(world.genres.size());
  double all = 0, within = 0;
  for (const auto& [genre, count] : world.creators.history.values()) catalogue[genre] += count, all += count;
  for (UserId user = 0; user < world.users.size(); ++user) {
    for (const GenreId genre : world.users.interests[user]) within += catalogue[genre] / all;
  }
  fmt::print("share of random items within interests: {:.3f}\n",
             within / static_cast<double>(world.users.size()));
  EXPECT_NEAR(within / static_cast<double>(world.users.size()), 0.2, 0.1);
}

}  // namespace
}  // namespace perennial
