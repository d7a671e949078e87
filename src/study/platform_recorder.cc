#include "study/platform_recorder.h"

#include <algorithm>

#include "base/check.h"

namespace perennial {
namespace {

void log_newcomers(const Ecosystem& e, PlatformLogs& logs) {
  for (std::size_t c = logs.joined.size(); c < e.creators.size(); ++c) {
    std::vector<GenreCount> history;
    for (std::size_t g = 0; g < e.records.genres(); ++g) {
      const auto count = e.records.history(static_cast<CreatorId>(c), static_cast<GenreId>(g));
      if (count > 0) history.push_back({static_cast<GenreId>(g), count});
    }
    logs.joined.push_back(e.creators.joined[c]);
    logs.history.push_back(history);
  }
}

}  // namespace

PlatformLogs begin_logs(const Ecosystem& ecosystem, const SimulationOptions& options) {
  check(ecosystem.round == 0, "logs begin before the first round");
  PlatformLogs logs;
  logs.genres = ecosystem.world.genres;
  logs.slate = static_cast<std::size_t>(options.platform.slate);
  logs.recency = static_cast<std::uint32_t>(options.platform.recency);
  logs.user_genre = ecosystem.tables.user_genre;
  log_newcomers(ecosystem, logs);
  return logs;
}

void log_round(const Ecosystem& ecosystem, PlatformLogs& logs) {
  check(ecosystem.round == logs.rounds.size() + 1, "logs lack a round");
  log_newcomers(ecosystem, logs);
  const auto& genres = ecosystem.items.genre;
  logs.item_genre.insert(logs.item_genre.end(),
                         genres.begin() + static_cast<std::ptrdiff_t>(logs.item_genre.size()), genres.end());
  auto& log = logs.rounds.emplace_back(ecosystem.log);
  std::fill(log.shown.scores.begin(), log.shown.scores.end(), 0.0F);
  std::fill(log.next_best_score.begin(), log.next_best_score.end(), 0.0F);
}

}  // namespace perennial
