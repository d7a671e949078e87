#include "report/fork_report.h"

#include <fmt/format.h>

#include "report/answers.h"
#include "report/fork_charts.h"
#include "report/page.h"
#include "report/palette.h"
#include "report/texts.h"
#include "report/words.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_creator_tables = 3;

/// "+123 clicks (+80.1 to +166)".
std::string gain_words(const ForkedPaths& forked, std::size_t path, std::size_t base) {
  const auto& policies = forked.paths.policies;
  const auto gain = paired_difference(seed_values(policies[path], Metric::cumulative_clicks),
                                      seed_values(policies[base], Metric::cumulative_clicks));
  const std::string words = fmt::format("{} clicks", signed_words(gain.mean));
  return forked.paths.seeds.size() < 2 ? words : fmt::format("{} ({})", words, signed_range_words(gain));
}

std::vector<std::string> lead_of(const ForkedPaths& forked, std::size_t base) {
  std::vector<std::string> lead;
  const auto& policies = forked.paths.policies;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (i == base) continue;
    lead.push_back(fmt::format("`{}` instead of `{}`: {} in {}.", policies[i].shown(), policies[base].shown(),
                               gain_words(forked, i, base), count_words(forked.paths.rounds, "round")));
  }
  if (forked.paths.seeds.size() < 2)
    lead.emplace_back(
        "One future was played, on the run's own coins: this is what would have happened there, and no more. "
        "`--futures 20` says what to expect.");
  return lead;
}

Json facts_json(const ForkedPaths& forked) {
  Json facts = Json::array();
  const auto add = [&](const char* name, const std::string& value) { facts.push_back({name, value}); };
  add("Run", forked.run);
  add("Under", forked.run_policy);
  add("Forked after round", whole_words(forked.at));
  add("Rounds on each path", whole_words(forked.paths.rounds));
  add("Futures", whole_words(forked.paths.seeds.size()));
  add("World", forked.paths.world);
  add("Setting", forked.paths.setting);
  add("Recommender", forked.paths.recommender);
  add("Users", whole_words(forked.paths.users));
  add("Creators", whole_words(forked.paths.creators));
  add("Seed", fmt::format("{}", forked.paths.seeds.front()));
  add("Result", forked.paths.result_hash);
  return facts;
}

Json series_json(const ForkedPaths& forked) {
  const auto slots = colour_slots(forked.paths);
  Json series = Json::array();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const ComparedPolicy& path = forked.paths.policies[i];
    const bool own = path.name == forked.run_policy;
    series.push_back({{"name", path.shown()},
                      {"badge", path.uses_truth ? "uses the truth"
                                : own           ? "the run's own"
                                                : ""},
                      {"slot", slots[i]},
                      {"dashed", path.uses_truth}});
  }
  return series;
}

Json notes_block() {
  return {
      {"kind", "notes"},
      {"title", "How to read this"},
      {"items",
       {"All paths start from the same bytes: the same people, items, counts, trust and ranker. The run's "
        "own "
        "policy goes on with what it has learned; any other takes over new to the platform, reading the "
        "platform's counts like a policy switched on that day.",
        "A future is a set of coins for everything from the fork on. On all paths of a future the same users "
        "arrive, and a user shown the same item answers alike, so differences are taken future by future. "
        "The "
        "first future is the run's own coins.",
        "Intervals are over futures of this one moment. They say nothing of another run, seed or "
        "platform."}}};
}

}  // namespace

std::size_t baseline_of(const ForkedPaths& forked) {
  const auto& policies = forked.paths.policies;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (policies[i].name == forked.run_policy) return i;
  }
  return 0;
}

std::string fork_headline(const ForkedPaths& forked) {
  const auto& policies = forked.paths.policies;
  const std::size_t base = baseline_of(forked);
  if (policies.size() < 2)
    return fmt::format("{} from round {} on: {} clicks a round", policies[0].shown(), forked.at + 1,
                       number_words(interval_of(seed_values(policies[0], Metric::clicks)).mean));
  const std::size_t other = base == 0 ? 1 : 0;
  return fmt::format("{} instead of {} from round {} on: {} in {}", policies[other].shown(),
                     policies[base].shown(), forked.at + 1, gain_words(forked, other, base),
                     count_words(forked.paths.rounds, "round"));
}

std::string render_fork_report(const ForkedPaths& forked) {
  const std::size_t base = baseline_of(forked);
  Json blocks = Json::array({fork_clicks_block(forked)});
  const auto add = [&](Json block) {
    if (!block.is_null()) blocks.push_back(std::move(block));
  };
  add(fork_gains_block(forked, base));
  add(fork_metrics_table(forked, base));
  std::size_t tables = 0;
  for (std::size_t i = 0; i < forked.paths.policies.size(); ++i) {
    if (i != base && tables++ < most_creator_tables) add(fork_creators_table_block(forked, base, i));
  }
  add(fork_genres_block(forked));
  add(answers_block(forked.paths));
  add(policies_explained(forked.paths));
  add(notes_block());
  add(settings_block(forked.paths));
  const std::string title =
      fmt::format("fork of {}: {} world, {} setting", forked.run, forked.paths.world, forked.paths.setting);
  const Json data{
      {"title", title},
      {"headline", fork_headline(forked)},
      {"warnings", answers_warnings(forked.paths)},
      {"lead", lead_of(forked, base)},
      {"facts", facts_json(forked)},
      {"palette", {{"light", light_colours}, {"dark", dark_colours}}},
      {"series", series_json(forked)},
      {"blocks", blocks},
      {"footer",
       "A simulated platform, not a real one. Beside this page: `summary.json`, `rounds.parquet`, "
       "`creators.parquet`, `config.toml`."}};
  return fill_page("Perennial " + title, data);
}

}  // namespace perennial
