#include <fmt/format.h>
#include <gtest/gtest.h>

#include "statistics/play.h"
#include "statistics/told_platform.h"
#include "study/interval.h"

// What a suggestion is credited with (difference_reward.h), beside the clicks it truly adds: a platform is forked, one
// creator that follows everything is told to make an item of a genre, told nothing, or rests, every coin is shared, and the
// forks' clicks over the credit's window are subtracted.
//
// The youtube world, 100 users, 50 creators, and one more genre that nobody is interested in. 1,200 forks in rounds 11 to
// 40 of 20 seeds; intervals over seeds. Bounds lie four standard errors or more from what was measured: a false alarm once
// in 1,000 on other seeds.

namespace perennial {
namespace {

constexpr std::size_t users = 100, creators = 50;
constexpr std::uint32_t seeds = 20, first_fork = 11, last_fork = 40, forks_per_round = 2;

enum class Towards { under_served, nobody };

/// What the platform suggests before the fork: nothing, or any genre to everybody.
enum class Before { silence, random };

struct Case {
  std::string setting;
  Before before = Before::random;
  Towards towards = Towards::under_served;
  std::uint32_t window = 2;
  Rates rates = Rates::estimated;
  double out_of_interest = 0.15;
};

/// Clicks per suggestion.
struct Found {
  Interval credit, truth, excess;                ///< against its creator resting; excess = credit - truth
  Interval credit_over_alone, truth_over_alone;  ///< against its creator deciding alone
  Interval excess_over_alone;
};

World world_of(std::uint64_t seed) {
  static const WorldSource source = open_world("youtube");
  World world = source.make(users, creators, seed);
  world.genres.emplace_back("nobody's");
  return world;
}

GenreId nobodys(const Ecosystem& e) {
  return static_cast<GenreId>(e.world.genres.size() - 1);
}

/// The genre with most interested users per item on offer.
GenreId under_served(const Ecosystem& e) {
  std::vector<double> supply(e.world.genres.size(), 1), wanted(supply.size());
  for (const ItemId item : e.candidates) supply[e.items.genre[item]] += 1;
  for (const GenreId genre : e.world.users.interests.values()) wanted[genre] += 1;
  std::size_t best = 0;
  for (std::size_t g = 1; g < supply.size(); ++g) {
    if (wanted[g] / supply[g] > wanted[best] / supply[best]) best = g;
  }
  return static_cast<GenreId>(best);
}

struct Branch {
  double clicks = 0, credit = 0;
};

/// One way for `creator` to spend the next round, and the window under silence after it, in which it rests.
Branch branch(ToldPlatform platform, std::uint32_t window, CreatorId creator, bool rests,
              const std::map<CreatorId, GenreId>& told) {
  Branch branch;
  platform.set_activity(creator, rests ? 0 : 1);
  branch.clicks = platform.play(told);
  platform.set_activity(creator, 0);
  for (std::uint32_t later = 1; later < window; ++later) branch.clicks += platform.play({});
  if (!rests) branch.credit = platform.policy().credit(creator);
  return branch;
}

struct Sums {
  double credit = 0, truth = 0, credit_over_alone = 0, truth_over_alone = 0, forks = 0;
};

void fork(const Case& of, const ToldPlatform& platform, CreatorId creator, Sums& sums) {
  const Ecosystem& e = platform.ecosystem();
  const GenreId genre = of.towards == Towards::nobody ? nobodys(e) : under_served(e);
  const Branch told = branch(platform, of.window, creator, false, {{creator, genre}});
  const Branch alone = branch(platform, of.window, creator, false, {});
  const Branch resting = branch(platform, of.window, creator, true, {});
  sums.credit += told.credit;
  sums.truth += told.clicks - resting.clicks;
  sums.credit_over_alone += told.credit - alone.credit;
  sums.truth_over_alone += told.clicks - alone.clicks;
  sums.forks += 1;
}

Sums forked(const Case& of, std::uint64_t seed) {
  const auto options = setting(of.setting, {{"test", "trust.mean", 1.0},
                                            {"test", "trust.spread", 0.0},
                                            {"test", "leaving.after", std::int64_t{0}},
                                            {"test", "user_model.out_of_interest", of.out_of_interest}});
  ToldPlatform platform(options, world_of(seed), of.window, of.rates, seed);
  constexpr std::uint32_t lane_of_genres = 1;
  Sums sums;
  for (std::uint32_t round = 1; round <= last_fork; ++round) {
    const Draws draws(seed, Purpose::suggestion, round);
    for (std::uint32_t i = 0; round >= first_fork && i < forks_per_round; ++i)
      fork(of, platform, draws.below(creators, i), sums);
    std::map<CreatorId, GenreId> told;
    for (CreatorId c = 0; of.before == Before::random && c < creators; ++c)
      told[c] = static_cast<GenreId>(draws.below(nobodys(platform.ecosystem()), c, 0, lane_of_genres));
    platform.play(told);
  }
  return sums;
}

std::string shown(const Interval& x) {
  return fmt::format("{:+.2f} [{:+.2f}, {:+.2f}]", x.mean, x.low, x.high);
}

Found measured(const Case& of) {
  std::vector<double> credit, truth, excess, credit_over, truth_over, excess_over;
  for (std::uint64_t s = 0; s < seeds; ++s) {
    const Sums sums = forked(of, first_test_seed + s);
    credit.push_back(sums.credit / sums.forks);
    truth.push_back(sums.truth / sums.forks);
    excess.push_back(credit.back() - truth.back());
    credit_over.push_back(sums.credit_over_alone / sums.forks);
    truth_over.push_back(sums.truth_over_alone / sums.forks);
    excess_over.push_back(credit_over.back() - truth_over.back());
  }
  const Found found{interval_of(credit),      interval_of(truth),      interval_of(excess),
                    interval_of(credit_over), interval_of(truth_over), interval_of(excess_over)};
  fmt::print("{:<7} {} before, towards {}, window {}, {} rates\n", of.setting,
             of.before == Before::random ? "random" : "silent",
             of.towards == Towards::nobody ? "nobody's" : "under-served", of.window,
             of.rates == Rates::true_ones ? "true" : "estimated");
  fmt::print("  against resting: credit {} truth {} excess {}\n", shown(found.credit), shown(found.truth),
             shown(found.excess));
  fmt::print("  against alone:   credit {} truth {} excess {}\n", shown(found.credit_over_alone),
             shown(found.truth_over_alone), shown(found.excess_over_alone));
  return found;
}

// Credit is 0 to -1.1 clicks, the truth 0 to -0.3: what such an item displaces is shown a round later instead.
TEST(Credit, OfASuggestionTowardsAGenreNobodyWantsIsAtMostZero) {
  for (const char* setting : {"lockin", "open"}) {
    for (const Before before : {Before::silence, Before::random}) {
      const auto found =
          measured({.setting = setting, .before = before, .towards = Towards::nobody, .out_of_interest = 0});
      EXPECT_LE(found.credit.mean, 0) << setting;
      EXPECT_LT(found.truth.mean, 0.15) << setting;
      EXPECT_LT(found.credit_over_alone.high, 0) << setting;
      EXPECT_LT(found.truth_over_alone.high, 0) << setting;
    }
  }
}

// Now one click in seven is there to be had by mistake, and credit is within a third of a click of the truth: +0.03
// [-0.07, +0.13] where -0.29 is true, against resting; against being left alone -1.20 where -1.45 is true.
TEST(Credit, OfASuggestionTowardsAGenreNobodyPrefersIsNotAboveZero) {
  const auto found = measured({.setting = "lockin", .towards = Towards::nobody});
  EXPECT_LT(found.credit.low, 0);
  EXPECT_LT(found.credit.mean, 0.15);
  EXPECT_NEAR(found.excess.mean, 0, 0.45);
  EXPECT_LT(found.credit_over_alone.high, 0);
}

// The arithmetic is right: excess is +0.05 to +0.14 over one round, where only what is displaced can differ. Over two it is
// -0.19 to +0.25, since what was displaced comes up again, which credit does not see.
TEST(Credit, WithTrueClickRatesIsTheTrueMarginalClicks) {
  for (const char* setting : {"lockin", "open"}) {
    for (const Before before : {Before::silence, Before::random}) {
      const auto at_once =
          measured({.setting = setting, .before = before, .window = 1, .rates = Rates::true_ones});
      EXPECT_GT(at_once.truth.low, 0.5) << setting;
      EXPECT_NEAR(at_once.excess.mean, 0, 0.3) << setting;
      const auto later = measured({.setting = setting, .before = before, .rates = Rates::true_ones});
      EXPECT_NEAR(later.excess.mean, 0, 0.6) << setting;
      EXPECT_NEAR(later.excess_over_alone.mean, 0, 0.7) << setting;
    }
  }
}

// With the platform's estimates, calibrated by how often users were shown a genre (rate_calibration.h): excess is +0.03
// [-0.10, +0.17] of 2.9 clicks in lockin and +0.17 of 3.5 in open. Uncalibrated it was -1.4 and -1.5.
TEST(Credit, OfAnUnderServedGenreIsItsTrueMarginalClicks) {
  for (const char* setting : {"lockin", "open"}) {
    const auto found = measured({.setting = setting});
    EXPECT_GT(found.truth.low, 2) << setting;
    EXPECT_NEAR(found.excess.mean, 0, 0.45) << setting;
    EXPECT_NEAR(found.excess_over_alone.mean, 0, 0.45) << setting;
  }
}

// Where nothing was ever suggested, most users were hardly shown most genres, and what they would do there is known least: in
// lockin the first suggestions out of the crowd are credited with 1.75 clicks where they add 1.80.
TEST(Credit, AfterSilenceIsAtMostAClickBelowTheTruthAndStillPositive) {
  for (const char* setting : {"lockin", "open"}) {
    const auto found = measured({.setting = setting, .before = Before::silence});
    EXPECT_GT(found.truth.low, 0.7) << setting;
    EXPECT_GT(found.credit.low, 0.5) << setting;
    EXPECT_GT(found.excess.mean, -1) << setting;
    EXPECT_LT(found.excess.mean, 0.5) << setting;
  }
}

}  // namespace
}  // namespace perennial
