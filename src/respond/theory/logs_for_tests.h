#pragma once

#include <fmt/format.h>

#include <string>

#include "io/temporary_folder.h"
#include "respond/theory/diagnosis_for_tests.h"

namespace perennial {

/// Event logs as CSV texts: 8 periods of 10 time units.
struct LogsForTests {
  std::string posts = "post_id,creator_id,created_at\n";
  std::string impressions = "creator_id,user_id,created_at\n";
  std::string likes = "post_id,user_id,created_at\n";

  /// Puts them in a folder.
  void write(const TemporaryFolder& folder) const {
    folder.write("posts.csv", posts);
    folder.write("impressions.csv", impressions);
    folder.write("likes.csv", likes);
  }
};

/// Creators post 1 to 3 times a period and, for each like of the period before, `response` times more on average. Each has 5 fans who
/// like its first post; later likes come from a fan, or with probability `others` from somebody who was never there before.
inline LogsForTests simulate_logs(std::uint64_t seed, double response, double others,
                                  std::uint32_t creators = 200) {
  LogsForTests logs;
  const Draws draws(seed, Purpose::world);
  std::uint32_t post = 0;
  for (std::uint32_t c = 0; c < creators; ++c) {
    const double usual = 1 + 2 * draws.uniform(c, 0, 1);
    double received = 3 * usual;
    std::uint32_t stranger = 0;
    for (std::uint32_t t = 0; t < 8; ++t) {
      const auto made = std::max(t == 0 ? 1.0 : 0.0, poisson(draws, usual + response * received, c, t, 2));
      const double luck = .5 + draws.uniform(c, t, 3);
      received = 0;
      for (std::uint32_t k = 0; k < made; ++k, ++post) {
        logs.posts += fmt::format("{},c{},{}\n", post, c, 10 * t + 1);
        for (std::uint32_t i = 0; i < 20; ++i)
          logs.impressions += fmt::format("c{},s{},{}\n", c, i, 10 * t + 2);
        const bool first = t == 0 && k == 0;
        const double likes = first ? 5 : poisson(draws, 3 * luck, c, post, 4);
        received += likes;
        for (std::uint32_t l = 0; l < likes; ++l) {
          const bool is_fan = first || !draws.coin(others, post, l, 5);
          const auto fan = first ? l : draws.below(5, post, l, 6);
          const auto user = is_fan ? fmt::format("f{}-{}", c, fan) : fmt::format("x{}-{}", c, stranger++);
          logs.likes += fmt::format("{},{},{}\n", post, user, 10 * t + 3);
        }
      }
    }
  }
  logs.impressions += "c0,s0,79\n";  // the eighth period's end
  return logs;
}

}  // namespace perennial
