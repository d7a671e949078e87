#include <algorithm>

#include "simulate/population.h"
#include "simulate/round.h"

namespace perennial {
namespace {

/// The genre that drew most clicks in the last round (ties: lowest id); no_genre before any click.
GenreId trending_genre(const PlatformTables& tables) {
  const auto& clicks = tables.recent_clicks;
  const auto most = std::max_element(clicks.begin(), clicks.end());
  return *most == 0 ? no_genre : static_cast<GenreId>(most - clicks.begin());
}

/// What those who do not follow make: one genre per creator of `alone`.
std::vector<GenreId> decide_alone(Stage& stage, const std::vector<CreatorId>& alone) {
  auto& e = stage.ecosystem;
  std::vector<double> ranks(alone.size());
  const auto latest = latest_clicks(e);
  for (std::size_t i = 0; i < alone.size(); ++i) ranks[i] = feedback_rank(e, latest, alone[i]);
  std::vector<GenreId> made(alone.size());
  stage.players.creators->decide({.round = e.round,
                                  .creators = alone,
                                  .records = e.records,
                                  .items = e.items,
                                  .perceived = e.perceived,
                                  .trending = trending_genre(e.tables),
                                  .feedback_rank = ranks,
                                  .draws = stage.draws(Purpose::creation)},
                                 made);
  return made;
}

void add_item(Stage& stage, CreatorId creator, GenreId genre) {
  auto& e = stage.ecosystem;
  const auto item = static_cast<ItemId>(e.items.size());
  e.quality.push_back(static_cast<float>(
      stage.options.skill.of_new_item(e.records, creator, genre, stage.draws(Purpose::quality))));
  e.items.add(creator, genre, e.round);
  e.records.made_item(creator, item, genre);
  e.log.made.push_back(item);
}

}  // namespace

void create(Stage& stage) {
  auto& e = stage.ecosystem;
  auto& log = e.log;
  const auto coins = stage.draws(Purpose::follow);
  std::vector<std::uint8_t> follows(log.active_creators.size());
  std::vector<CreatorId> alone;
  for (std::size_t i = 0; i < follows.size(); ++i) {
    const CreatorId creator = log.active_creators[i];
    follows[i] = log.suggested[i] != no_genre && coins.coin(e.creators.trust[creator], creator);
    if (!follows[i]) alone.push_back(creator);
  }
  const auto own = decide_alone(stage, alone);
  const bool by_match = stage.options.platform.observe == "match";
  log.followed.resize(follows.size());
  for (std::size_t i = 0, next = 0; i < follows.size(); ++i) {
    const GenreId genre = follows[i] ? log.suggested[i] : own[next++];
    log.followed[i] = by_match ? genre == log.suggested[i] : follows[i];
    add_item(stage, log.active_creators[i], genre);
  }
  e.followed = std::move(follows);
}

}  // namespace perennial
