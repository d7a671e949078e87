#include "simulate/population.h"
#include "simulate/round.h"

namespace perennial {
namespace {

/// What those who decide make: one genre per creator of `deciding`. `suggested`: what each was told, where they hear it.
std::vector<GenreId> decide(Stage& stage, const std::vector<CreatorId>& deciding,
                            std::span<const GenreId> suggested) {
  auto& e = stage.ecosystem;
  std::vector<double> ranks(deciding.size()), trust(deciding.size());
  const auto latest = latest_clicks(e);
  for (std::size_t i = 0; i < deciding.size(); ++i) {
    ranks[i] = feedback_rank(e, latest, deciding[i]);
    trust[i] = e.creators.trust[deciding[i]];
  }
  std::vector<GenreId> made(deciding.size());
  auto asking = asking_of(stage, e.creator_answers);
  stage.players.creators->decide({.round = e.round,
                                  .creators = deciding,
                                  .records = e.records,
                                  .items = e.items,
                                  .perceived = e.perceived,
                                  .trending = trending_genre(e.tables),
                                  .feedback_rank = ranks,
                                  .suggested = suggested,
                                  .trust = trust,
                                  .genre_names = e.world.genres,
                                  .texts = e.texts,
                                  .draws = stage.draws(Purpose::creation),
                                  .asking = asking ? &*asking : nullptr},
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

/// Who follows by its coin, and what each active creator makes.
std::vector<GenreId> follow_or_decide(Stage& stage, std::vector<std::uint8_t>& follows) {
  const auto& log = stage.ecosystem.log;
  const auto coins = stage.draws(Purpose::follow);
  std::vector<CreatorId> alone;
  for (std::size_t i = 0; i < follows.size(); ++i) {
    const CreatorId creator = log.active_creators[i];
    follows[i] = log.suggested[i] != no_genre && coins.coin(stage.ecosystem.creators.trust[creator], creator);
    if (!follows[i]) alone.push_back(creator);
  }
  const auto own = decide(stage, alone, {});
  std::vector<GenreId> made(follows.size());
  for (std::size_t i = 0, next = 0; i < made.size(); ++i)
    made[i] = follows[i] ? log.suggested[i] : own[next++];
  return made;
}

/// The same where creators hear suggestions and decide on them themselves.
std::vector<GenreId> hear_and_decide(Stage& stage, std::vector<std::uint8_t>& follows) {
  const auto& log = stage.ecosystem.log;
  auto made = decide(stage, log.active_creators, log.suggested);
  for (std::size_t i = 0; i < made.size(); ++i)
    follows[i] = log.suggested[i] != no_genre && made[i] == log.suggested[i];
  return made;
}

void write_texts(Stage& stage) {
  auto& e = stage.ecosystem;
  auto asking = asking_of(stage, e.creator_answers);
  stage.players.creators->write({.round = e.round,
                                 .creators = e.log.active_creators,
                                 .made = e.log.made,
                                 .records = e.records,
                                 .items = e.items,
                                 .genre_names = e.world.genres,
                                 .asking = asking ? &*asking : nullptr},
                                e.texts);
}

}  // namespace

void create(Stage& stage) {
  auto& e = stage.ecosystem;
  auto& log = e.log;
  std::vector<std::uint8_t> follows(log.active_creators.size());
  const bool hear = stage.players.creators->hears_suggestions();
  const auto made = hear ? hear_and_decide(stage, follows) : follow_or_decide(stage, follows);
  const bool by_match = stage.options.platform.observe == "match";
  log.followed.resize(follows.size());
  for (std::size_t i = 0; i < follows.size(); ++i) {
    log.followed[i] = by_match ? made[i] == log.suggested[i] : follows[i];
    add_item(stage, log.active_creators[i], made[i]);
  }
  e.followed = std::move(follows);
  write_texts(stage);
}

}  // namespace perennial
