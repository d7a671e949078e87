#include <gtest/gtest.h>

#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

constexpr const char* kind = "trust_predictor.kind";

SimulationOptions lively_with(const std::vector<std::pair<std::string, FieldValue>>& changes) {
  auto options = lively("lockin");
  for (const auto& [key, value] : changes) set_options(options, {{"test", key, value}});
  return options;
}

/// What 25 rounds under water-filling, which reads predicted trust, leave behind.
std::uint64_t played(const SimulationOptions& options, std::size_t threads = 1) {
  Workers workers(threads);
  Simulation simulation(options, small_world(), "water-filling", 2000, workers);
  play_rounds(simulation, 25);
  return state_hash(simulation);
}

TEST(TrustKinds, SettingsOfTheNetworkChangeNothingWhileBetaPredicts) {
  const auto usual = played(lively("lockin"));
  EXPECT_EQ(played(lively_with({{kind, std::string("beta")}})), usual);
  EXPECT_EQ(played(lively_with({{"trust_predictor.hidden", std::int64_t{3}},
                                {"trust_predictor.embedding", std::int64_t{2}},
                                {"trust_predictor.epochs", std::int64_t{50}},
                                {"trust_predictor.learning_rate", 0.5}})),
            usual);
}

TEST(TrustKinds, TheNetworkIsPlayedWhenAskedForWithItsOwnSettings) {
  const auto network = played(lively_with({{kind, std::string("network")}}));
  EXPECT_NE(network, played(lively("lockin")));
  EXPECT_NE(network,
            played(lively_with({{kind, std::string("network")}, {"trust_predictor.learning_rate", 0.5}})));
}

TEST(TrustKinds, TheNetworkGivesTheSameBytesAtAnyNumberOfThreads) {
  const auto options = lively_with({{kind, std::string("network")}});
  const auto alone = played(options);
  for (const std::size_t threads : {2, 3, 7}) EXPECT_EQ(played(options, threads), alone) << threads;
}

TEST(TrustKinds, TheNetworkGoesOnAfterSavingAsIfItHadNotStopped) {
  const auto options = lively_with({{kind, std::string("network")}});
  Workers workers(1);
  Simulation first(options, small_world(), "water-filling", 2000, workers);
  play_rounds(first, 11);
  Archive saved;
  first.persist(saved);
  Archive opened(saved.bytes());
  Simulation second(options, small_world(), "water-filling", 2000, workers);
  second.persist(opened);
  EXPECT_TRUE(opened.at_end());
  play_rounds(second, 14);
  EXPECT_EQ(state_hash(second), played(options));
}

}  // namespace
}  // namespace perennial
