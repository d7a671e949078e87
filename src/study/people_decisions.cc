#include "study/people_decisions.h"

#include <algorithm>

#include "simulate/population.h"

namespace perennial {
namespace {

/// What a creator knows of itself just before it decides.
struct Outlooks {
  std::vector<CreatorDecision> decision;           // by active creator
  std::vector<GenreId> last;                       // the same
  std::vector<std::vector<double>> known_weights;  // the same, by genre; they add up to 1, or are all 0
  GenreId trending;
};

/// Average perceived clicks of the other genres it knows, as shares; alike when none of them has drawn any.
std::vector<double> known_weights_of(const Ecosystem& e, CreatorId creator, GenreId last) {
  std::vector<double> weights(e.records.genres()), alike(e.records.genres());
  double total = 0, known = 0;
  for (std::size_t g = 0; g < weights.size(); ++g) {
    const auto genre = static_cast<GenreId>(g);
    if (genre == last || !e.records.knows(creator, genre)) continue;
    total += weights[g] = e.perceived.average(e.records, creator, genre);
    known += alike[g] = 1;
  }
  auto& shares = total > 0 ? weights : alike;
  const double sum = total > 0 ? total : known;
  for (double& share : shares) share = sum > 0 ? share / sum : 0;
  return shares;
}

std::uint32_t known_genres(const Ecosystem& e, CreatorId creator) {
  std::uint32_t known = 0;
  for (std::size_t g = 0; g < e.records.genres(); ++g)
    known += e.records.knows(creator, static_cast<GenreId>(g)) ? 1 : 0;
  return known;
}

Outlooks look_around(const Ecosystem& e) {
  Outlooks outlooks{.decision = {}, .last = {}, .known_weights = {}, .trending = trending_genre(e.tables)};
  const auto latest = latest_clicks(e);
  const auto genres = static_cast<std::uint32_t>(e.records.genres());
  for (const CreatorId creator : e.log.active_creators) {
    const GenreId last = e.records.last_genre(creator);
    const std::uint32_t known = known_genres(e, creator);
    const auto fifth = std::min(4.0, 5 * feedback_rank(e, latest, creator));
    outlooks.last.push_back(last);
    outlooks.known_weights.push_back(known_weights_of(e, creator, last));
    outlooks.decision.push_back({.person = creator,
                                 .fifth = static_cast<std::uint8_t>(fifth),
                                 .repeated = false,
                                 .made_trending = false,
                                 .trending = outlooks.trending != no_genre,
                                 .knew = false,
                                 .known_weight = 0,
                                 .known_other = known - (e.records.knows(creator, last) ? 1U : 0U),
                                 .unknown = genres - known});
  }
  return outlooks;
}

void note_creators(const Ecosystem& e, Outlooks& outlooks, std::vector<CreatorDecision>& decisions) {
  for (std::size_t i = 0; i < outlooks.decision.size(); ++i) {
    CreatorDecision& decision = outlooks.decision[i];
    if (e.followed[i] != 0 || decision.known_other + decision.unknown == 0) continue;
    const GenreId made = e.items.genre[e.log.made[i]];
    decision.repeated = made == outlooks.last[i];
    decision.made_trending = made == outlooks.trending;
    decision.known_weight = outlooks.known_weights[i][made];
    decision.knew = decision.repeated || e.records.history(decision.person, made) > 0 ||
                    e.records.made(decision.person, made) > 1;
    decisions.push_back(decision);
  }
}

void note_users(const Ecosystem& e, PeopleDecisions& decisions) {
  const auto& shown = e.log.shown;
  double clicks = 0;
  for (std::size_t row = 0; row < e.log.active_users.size(); ++row) {
    const UserId user = e.log.active_users[row];
    const auto interests = e.world.users.interests[user];
    for (std::size_t place = 0; place < shown.width && shown.row(row)[place] != no_item; ++place) {
      const ItemId item = shown.row(row)[place];
      const bool interested = std::ranges::binary_search(interests, e.items.genre[item]);
      auto& of = interested ? decisions.users[user].in_interest : decisions.users[user].out_of_interest;
      const bool clicked = e.log.clicked[row * shown.width + place] != 0;
      ++of.items;
      of.clicked += clicked ? 1 : 0;
      of.quality += e.quality[item];
      clicks += clicked ? 1 : 0;
    }
  }
  decisions.clicks.push_back(clicks);
}

}  // namespace

PeopleDecisions observe_decisions(Simulation& simulation, std::uint32_t rounds,
                                  const std::function<void()>& played) {
  PeopleDecisions decisions;
  const Ecosystem& e = simulation.ecosystem();
  decisions.users.resize(e.world.users.size());
  for (std::uint32_t round = 0; round < rounds; ++round) {
    simulation.begin_round();
    auto outlooks = look_around(e);
    simulation.finish_round();
    note_creators(e, outlooks, decisions.creators);
    note_users(e, decisions);
    if (played) played();
  }
  return decisions;
}

void PeopleDecisions::append(const PeopleDecisions& other) {
  std::uint32_t people = 0;
  for (const auto& decision : creators) people = std::max(people, decision.person + 1);
  for (auto decision : other.creators) {
    decision.person += people;
    creators.push_back(decision);
  }
  users.insert(users.end(), other.users.begin(), other.users.end());
}

}  // namespace perennial
