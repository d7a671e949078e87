#include "respond/theory/long_run_solver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "respond/theory/rankings.h"
#include "respond/theory/theorem.h"
#include "respond/theory/two_period_example.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TwoPeriodExample, ShowsOneViewerTheSecondCreatorSoThatBothGetSomethingLater) {
  const auto problem = TwoPeriodExample{}.problem();
  const auto blind = short_run_optimum(problem);
  EXPECT_THAT(blind.rankings[0], ElementsAre(ShownItems{0}, ShownItems{0}));
  EXPECT_THAT(blind.rankings[1], ElementsAre(IsEmpty(), IsEmpty()));
  EXPECT_DOUBLE_EQ(blind.value, 2);

  const auto wise = long_run_optimum(problem);
  EXPECT_THAT(wise.rankings[0], ElementsAre(ShownItems{0}, ShownItems{1})) << "it costs viewer 2 least";
  EXPECT_THAT(wise.rankings[1], ElementsAre(ShownItems{1}, ShownItems{1}));
  EXPECT_DOUBLE_EQ(wise.value, 1 + .8 + .9 * (.6 + .8));
}

TEST(TwoPeriodExample, StaysWithTheShortRunWhereTheFutureCountsForTooLittle) {
  TwoPeriodExample example{.first_creator = {1, 1}, .second_creator = {.5, .25}, .gamma = .5};
  EXPECT_FALSE(example.long_run_differs()) << "the loss of .5 is above .5 x .75";
  EXPECT_DOUBLE_EQ(long_run_optimum(example.problem()).value, 2);
  example.gamma = .75;
  EXPECT_TRUE(example.long_run_differs());
  EXPECT_DOUBLE_EQ(long_run_optimum(example.problem()).value, 1.5 + .75 * .75);
}

RC_GTEST_PROP(TwoPeriodExample, DiffersExactlyWhereItsInequalitySays, ()) {
  const auto eighths = [](int below) { return *rc::gen::inRange(1, below) / 8.0; };
  TwoPeriodExample example;
  example.first_creator = {1, eighths(9)};
  for (std::size_t viewer = 0; viewer < 2; ++viewer)
    example.second_creator[viewer] = example.first_creator[viewer] * *rc::gen::inRange(1, 8) / 8.0;
  example.gamma = *rc::gen::inRange(0, 9) / 8.0;
  const auto problem = example.problem();
  RC_ASSERT((long_run_optimum(problem).value > short_run_optimum(problem).value) ==
            example.long_run_differs());
}

/// Evenly in [from, below), whatever the size rapidcheck is at.
std::size_t whole(std::size_t from, std::size_t below) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, below));
}

/// When an item is there: in the first period, and later when item `needs` was shown to that many users in the period before
/// (0: whatever was shown).
struct PostingRule {
  bool at_first = true;
  std::uint32_t needs = 0;
  std::size_t shown_times = 0;
};

ShownItems posted(const std::vector<PostingRule>& rules, const RankingHistory& history) {
  ShownItems items;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    std::size_t shown = 0;
    if (!history.empty()) {
      for (const auto& slate : history.back())
        shown += static_cast<std::size_t>(std::count(slate.begin(), slate.end(), rules[i].needs));
    }
    if (history.empty() ? rules[i].at_first : shown >= rules[i].shown_times)
      items.push_back(static_cast<std::uint32_t>(i));
  }
  return items;
}

/// Values are eighths and gamma quarters, so that sums are exact and ties frequent.
LongRunProblem random_problem() {
  const auto users = whole(1, 3);
  const auto items = whole(2, 4);
  LongRunProblem problem{.users = users,
                         .periods = std::min<std::size_t>(whole(1, 6), 3),
                         .positions = whole(1, 3),
                         .gamma = static_cast<double>(std::min<std::size_t>(whole(0, 9), 4)) / 4,
                         .values = {},
                         .available = {}};
  for (std::size_t u = 0; u < users; ++u) {
    problem.values.emplace_back();
    for (std::size_t i = 0; i < items; ++i) problem.values[u].push_back(static_cast<double>(whole(0, 9)) / 8);
  }
  std::vector<PostingRule> rules;
  for (std::size_t i = 0; i < items; ++i) {
    // One in six posts whatever happens, one in six never again.
    const auto kind = whole(0, 6);
    const auto shown_times = kind == 0 ? 0 : kind == 1 ? users + 1 : whole(1, users + 1);
    rules.push_back({whole(0, 4) > 0, static_cast<std::uint32_t>(whole(0, items)), shown_times});
  }
  problem.available = [rules](const RankingHistory& history) { return posted(rules, history); };
  return problem;
}

/// Every whole plan, laid out flat.
std::vector<RankingHistory> all_plans(const LongRunProblem& problem) {
  std::vector<RankingHistory> plans = {{}};
  for (std::size_t t = 0; t < problem.periods; ++t) {
    std::vector<RankingHistory> longer;
    for (const auto& plan : plans) {
      for (const auto& ranking : rankings_after(problem, plan)) {
        longer.push_back(plan);
        longer.back().push_back(ranking);
      }
    }
    plans = std::move(longer);
  }
  return plans;
}

/// Written out again, so as not to check a sum by itself.
double worth(const LongRunProblem& problem, const RankingHistory& plan) {
  double sum = 0, weight = 1;
  for (const auto& ranking : plan) {
    for (std::size_t u = 0; u < problem.users; ++u) {
      for (const auto item : ranking[u]) sum += weight * problem.values[u][item];
    }
    weight *= problem.gamma;
  }
  return sum;
}

RC_GTEST_PROP(LongRunOptimum, IsTheMostValuableOfAllPlans, ()) {
  const auto problem = random_problem();
  double most = 0;
  for (const auto& plan : all_plans(problem)) most = std::max(most, worth(problem, plan));
  const auto optimum = long_run_optimum(problem);
  RC_ASSERT(optimum.value == most);
  RC_ASSERT(worth(problem, optimum.rankings) == most);
}

RC_GTEST_PROP(ShortRunOptimum, GivesEveryUserItsBestItemsOfEachPeriod, ()) {
  const auto problem = random_problem();
  for (const Tie tie : {Tie::first, Tie::kindest}) {
    const auto plan = short_run_optimum(problem, tie);
    RC_ASSERT(plan.value == worth(problem, plan.rankings));
    RankingHistory before;
    for (const auto& ranking : plan.rankings) {
      for (std::size_t u = 0; u < problem.users; ++u) {
        std::vector<double> on_offer, shown;
        for (const auto item : problem.available(before)) on_offer.push_back(problem.values[u][item]);
        for (const auto item : ranking[u]) shown.push_back(problem.values[u][item]);
        std::sort(on_offer.rbegin(), on_offer.rend());
        std::sort(shown.rbegin(), shown.rend());
        on_offer.resize(std::min(on_offer.size(), problem.positions));
        RC_ASSERT(shown == on_offer);
      }
      before.push_back(ranking);
    }
  }
}

/// About one random platform in ten is one where the long run differs, so several are looked at per case.
constexpr int platforms_per_case = 10;

void holds_exactly_when_the_optima_differ(const LongRunProblem& problem) {
  const double best = long_run_optimum(problem).value;
  for (const Tie tie : {Tie::first, Tie::kindest}) {
    const auto short_run = short_run_optimum(problem, tie);
    const auto theorem = theorem_one(problem, short_run);
    RC_ASSERT(theorem.holds() == (best > short_run.value));
    if (theorem.paying_departure) RC_ASSERT(theorem.availability_depends_on_rankings);
  }
}

RC_GTEST_PROP(TheoremOne, HoldsExactlyWhenTheLongRunOptimumIsWorthMore, ()) {
  for (int i = 0; i < platforms_per_case; ++i) holds_exactly_when_the_optima_differ(random_problem());
}

RC_GTEST_PROP(TheoremOne, NamesADepartureThatIsWorthTheWholeDifference, ()) {
  for (int i = 0; i < platforms_per_case; ++i) {
    const auto problem = random_problem();
    const auto short_run = short_run_optimum(problem);
    const auto departure = theorem_one(problem, short_run).paying_departure;
    double pays = 0;
    if (departure) {
      RC_ASSERT(departure->short_run_loss >= 0);
      pays = departure->later_gain - departure->short_run_loss;
      for (std::size_t t = 0; t < departure->period; ++t) pays *= problem.gamma;
    }
    RC_ASSERT(short_run.value + pays == long_run_optimum(problem).value);
  }
}

RC_GTEST_PROP(TheoremOne, NeverHoldsWhereNothingDependsOnRankings, ()) {
  auto problem = random_problem();
  problem.available = [all = problem.available({})](const RankingHistory&) { return all; };
  const auto theorem = theorem_one(problem, short_run_optimum(problem));
  RC_ASSERT(!theorem.availability_depends_on_rankings);
  RC_ASSERT(!theorem.holds());
}

TEST(TheoremOne, DependentAvailabilityAloneDoesNotMakeTheOptimaDiffer) {
  // The best creator now is also the one that posts again.
  LongRunProblem problem{
      .users = 1, .periods = 2, .positions = 1, .gamma = 1, .values = {{1, .5}}, .available = {}};
  problem.available = [](const RankingHistory& history) {
    return history.empty() ? ShownItems{0, 1} : history.front().front();
  };
  const auto theorem = theorem_one(problem, short_run_optimum(problem));
  EXPECT_TRUE(theorem.availability_depends_on_rankings);
  EXPECT_FALSE(theorem.paying_departure.has_value());
  EXPECT_EQ(long_run_optimum(problem).value, short_run_optimum(problem).value);
}

TEST(TheoremOne, SeesAnInvestmentThatPaysOnlyWhenItIsMadeTwice) {
  // Item 1 (worth .5 against 1) must be shown in both of the first periods to bring item 2, worth 4, in the third: going
  // back to the short run after the first departure would gain nothing.
  LongRunProblem problem{
      .users = 1, .periods = 3, .positions = 1, .gamma = 1, .values = {{1, .5, 4}}, .available = {}};
  problem.available = [](const RankingHistory& history) {
    const bool twice =
        history.size() == 2 && history[0].front() == ShownItems{1} && history[1].front() == ShownItems{1};
    return twice ? ShownItems{0, 1, 2} : ShownItems{0, 1};
  };
  const auto short_run = short_run_optimum(problem);
  EXPECT_EQ(short_run.value, 3);
  EXPECT_EQ(long_run_optimum(problem).value, 5);
  const auto departure = theorem_one(problem, short_run).paying_departure;
  ASSERT_TRUE(departure.has_value());
  EXPECT_EQ(departure->period, 0U);
  EXPECT_EQ(departure->short_run_loss, .5);
  EXPECT_EQ(departure->later_gain, 2.5);
}

TEST(ShortRunOptimum, BreaksTiesAsAsked) {
  // Both items are worth the same now; only showing item 1 brings it back.
  LongRunProblem problem{
      .users = 1, .periods = 2, .positions = 1, .gamma = 1, .values = {{1, 1}}, .available = {}};
  problem.available = [](const RankingHistory& history) {
    if (history.empty()) return ShownItems{0, 1};
    return history.front().front() == ShownItems{1} ? ShownItems{1} : ShownItems{};
  };
  EXPECT_EQ(short_run_optimum(problem, Tie::first).value, 1);
  EXPECT_EQ(short_run_optimum(problem, Tie::kindest).value, 2);
}

TEST(LongRunProblem, TooLargeToEnumerateIsRefusedBeforeAnythingIsDone) {
  LongRunProblem problem{
      .users = 10, .periods = 5, .positions = 2, .gamma = 1, .values = {}, .available = {}};
  problem.values.assign(10, std::vector<double>(6, 1.0));
  try {
    long_run_optimum(problem);
    FAIL() << "15^50 plans";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr("more than the 1e+07 that enumeration takes on"));
  }
}

TEST(LongRunProblem, NeedsAValueOfEveryItemForEveryUser) {
  LongRunProblem problem{
      .users = 2, .periods = 1, .positions = 1, .gamma = 1, .values = {{1, 2}, {1}}, .available = {}};
  EXPECT_THROW(long_run_optimum(problem), Error);
}

}  // namespace
}  // namespace perennial
