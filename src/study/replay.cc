#include "study/replay.h"

#include "base/check.h"

namespace perennial {
namespace {

constexpr std::size_t remembered_items = 10;

PlatformTables first_tables(const PlatformLogs& logs) {
  PlatformTables tables;
  tables.genres = logs.genres.size();
  tables.user_genre = logs.user_genre;
  tables.genre.resize(tables.genres);
  tables.recent_clicks.resize(tables.genres);
  tables.made.resize(tables.genres);
  return tables;
}

}  // namespace

Replay::Replay(const PlatformLogs& logs, const TrustPredictor& trust)
    : logs_(logs),
      records_(logs.genres.size(), remembered_items),
      tables_(first_tables(logs)),
      trust_(trust) {}

bool Replay::next() {
  finish_round();
  if (round_ == logs_.rounds.size()) return false;
  ++round_;
  finished_ = false;
  add_newcomers();
  return true;
}

void Replay::add_newcomers() {
  while (records_.size() < logs_.joined.size() && logs_.joined[records_.size()] <= round_) {
    records_.add_creator(logs_.history[records_.size()]);
    tables_.creator.emplace_back();
  }
  trust_.grow(records_.size());
}

void Replay::finish_round() {
  if (finished_) return;
  finished_ = true;
  const RoundLog& round = log();
  for (std::size_t i = 0; i < round.made.size(); ++i) {
    const GenreId genre = logs_.item_genre[round.made[i]];
    items_.add(round.active_creators[i], genre, round.round);
    records_.made_item(round.active_creators[i], round.made[i], genre);
  }
  for (std::size_t i = 0; i < round.shown.items.size(); ++i) {
    const ItemId item = round.shown.items[i];
    if (item == no_item) continue;
    ++items_.shown[item];
    if (round.clicked[i] == 0) continue;
    ++items_.clicked[item];
    records_.got_clicks(items_.creator[item], items_.genre[item], 1);
  }
  tables_.account(round, items_);
  trust_.learn(round);
}

SuggestionRequest Replay::request(Workers& workers) const {
  check(!finished_, "a replay's request is asked for after next() and before finish_round()");
  return {.round = log().round,
          .creators = log().active_creators,
          .records = records_,
          .items = items_,
          .tables = tables_,
          .predicted_trust = trust_.predicted(),
          .truth = nullptr,
          .draws = Draws(0, Purpose::suggestion, log().round),
          .workers = workers};
}

PlatformShape shape_of(const PlatformLogs& logs) {
  std::size_t creators = 0;
  while (creators < logs.joined.size() && logs.joined[creators] == 0) ++creators;
  return {.users = logs.users(),
          .creators = creators,
          .genres = logs.genres.size(),
          .slate = logs.slate,
          .recency = logs.recency,
          .seed = 0};
}

void imitate_logs(const PlatformLogs& logs, const TrustPredictor& trust, SuggestionPolicy& policy,
                  Workers& workers) {
  LearnedPolicy* learned = policy.learned();
  check(learned != nullptr, "only a policy that learns can imitate");
  learned->update_alone(false);
  for (Replay replay(logs, trust); replay.next();) {
    learned->imitate(replay.request(workers), replay.log().suggested);
    replay.finish_round();
    policy.learn(replay.log(), replay.items(), replay.tables(), workers);
  }
}

}  // namespace perennial
