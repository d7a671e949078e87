#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "statistics/feedback.h"
#include "statistics/play.h"

// Newcomers come back after their first item with a probability set by what it drew: 15% where nobody liked it, else
// 22, 32, 40% by third of the feedback (real communities). Counted from outside: who had one item and then either made a
// second or left.

namespace perennial {
namespace {

struct Returns {
  std::array<double, 4> asked{}, came_back{};  // unliked, lowest, middle, highest third
};

Returns returns_under(const SimulationOptions& options, int seeds) {
  Returns found;
  for (int s = 0; s < seeds; ++s) {
    Standings before;
    play(options, "silent", first_test_seed + static_cast<std::uint64_t>(s), 150,
         [&](const Simulation& simulation, const RoundMetrics&) {
           const auto& e = simulation.ecosystem();
           for (std::size_t c = 0; c < before.size(); ++c) {
             const auto& was = before[c];
             if (e.creators.joined[c] == 0 || !was.present || was.items != 1) continue;
             const bool left = e.creators.left[c] != 0;
             const bool back = e.records.items_made(static_cast<CreatorId>(c)) == 2;
             if (!left && !back) continue;  // did not arrive
             const std::size_t group = was.clicks == 0 ? 0 : 1 + static_cast<std::size_t>(was.liked_rank * 3);
             ++found.asked[group];
             found.came_back[group] += back ? 1 : 0;
           }
           before.take(e);
         });
  }
  return found;
}

// Four binomial standard errors per group: a false alarm once in 4,000 runs of all four, were the seeds not fixed.
void expect_rates(const Returns& found, const std::array<double, 4>& set) {
  const std::array<const char*, 4> names = {"drew no click", "lowest third", "middle third", "highest third"};
  for (std::size_t g = 0; g < 4; ++g) {
    const double rate = found.came_back[g] / found.asked[g];
    fmt::print("{:<14} set {:.2f}  here {:.3f}  of {:.0f}\n", names[g], set[g], rate, found.asked[g]);
    EXPECT_GT(found.asked[g], 150) << names[g];
    EXPECT_NEAR(rate, set[g], 4 * std::sqrt(set[g] * (1 - set[g]) / found.asked[g])) << names[g];
  }
}

TEST(Newcomers, ComeBackAfterTheirFirstItemAsOftenAsItsFeedbackSays) {
  expect_rates(returns_under(setting("open", {{"test", "joining.per_round", 6.0},
                                              {"test", "leaving.after", std::int64_t{0}}}),
                             4),
               {0.15, 0.22, 0.32, 0.40});
}

TEST(Newcomers, ComeBackAsTheOtherCommunitySays) {
  expect_rates(returns_under(setting("open", {{"test", "joining.per_round", 6.0},
                                              {"test", "leaving.after", std::int64_t{0}},
                                              {"test", "joining.return_low", 0.43},
                                              {"test", "joining.return_middle", 0.57},
                                              {"test", "joining.return_high", 0.69}}),
                             4),
               {0.15, 0.43, 0.57, 0.69});
}

// 8 runs of 150 rounds at 3 a round: 3,600 expected, a standard error of 60.
TEST(Newcomers, ArriveAtTheRateThatWasSet) {
  for (const double rate : {0.3, 3.0}) {
    double newcomers = 0;
    for (std::uint64_t s = 0; s < 8; ++s) {
      Simulation const* last = nullptr;
      std::size_t creators = 0;
      play(setting("open", {{"test", "joining.per_round", rate}}), "silent", first_test_seed + s, 150,
           [&](const Simulation& simulation, const RoundMetrics&) {
             last = &simulation, creators = simulation.ecosystem().creators.size();
           });
      ASSERT_NE(last, nullptr);
      newcomers += static_cast<double>(creators - 50);
    }
    EXPECT_NEAR(newcomers, 8 * 150 * rate, 4 * std::sqrt(8 * 150 * rate)) << rate;
  }
}

}  // namespace
}  // namespace perennial
