#include "report/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "report/answers.h"
#include "report/words.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json cell(const Comparison& comparison, const Interval& interval) {
  const bool is_point =
      comparison.seeds.size() < 2 || number_words(interval.low) == number_words(interval.high);
  return {{"text", number_words(interval.mean)}, {"under", is_point ? "" : range_words(interval)}};
}

Json cell(const Comparison& comparison, const ComparedPolicy& policy, Metric metric,
          std::size_t rounds = all_rounds) {
  return cell(comparison, interval_of(seed_values(policy, metric, rounds)));
}

Json difference_cell(const Comparison& comparison, const ComparedPolicy& policy, const ComparedPolicy& base) {
  if (&policy == &base) return {{"text", "\u2013"}, {"under", ""}};
  const Interval difference =
      paired_difference(seed_values(policy, Metric::clicks), seed_values(base, Metric::clicks));
  const bool has_interval = comparison.seeds.size() > 1;
  return {{"text", signed_words(difference.mean)},
          {"under", has_interval ? signed_range_words(difference) : ""}};
}

struct MetricColumn {
  Metric metric;
  const char* title;
  const char* help;
};

constexpr std::array metric_columns = {
    MetricColumn{Metric::content_diversity_bits, "Content diversity", "bits"},
    MetricColumn{Metric::active_creators, "Active creators", "per round"},
    MetricColumn{Metric::genres_per_creator, "Genres per creator", "at the end"},
    MetricColumn{Metric::mean_trust, "Mean trust", "0 to 1"},
};

std::vector<const ComparedPolicy*> baselines(const Comparison& comparison) {
  std::vector<const ComparedPolicy*> found;
  if (comparison.policies.size() < 2) return found;
  for (const char* name : {"silent", "random"}) {
    if (const ComparedPolicy* base = find_policy(comparison, name)) found.push_back(base);
  }
  return found;
}

Json columns_of(const Comparison& comparison) {
  const auto last = std::min<std::size_t>(50, comparison.rounds);
  Json columns = Json::array();
  columns.push_back({{"title", "Policy"}, {"help", ""}});
  columns.push_back({{"title", "Clicks per round"}, {"help", "whole run"}});
  columns.push_back(
      {{"title", "Clicks per round"}, {"help", fmt::format("last {}", count_words(last, "round"))}});
  for (const ComparedPolicy* base : baselines(comparison)) {
    columns.push_back({{"title", fmt::format("Against {}", base->name)}, {"help", "per round"}});
  }
  for (const MetricColumn& column : metric_columns)
    columns.push_back({{"title", column.title}, {"help", column.help}});
  return columns;
}

Json row_of(const Comparison& comparison, std::size_t series) {
  const ComparedPolicy& policy = comparison.policies[series];
  Json cells = Json::array();
  cells.push_back(cell(comparison, policy, Metric::clicks));
  cells.push_back(cell(comparison, policy, Metric::clicks, 50));
  for (const ComparedPolicy* base : baselines(comparison))
    cells.push_back(difference_cell(comparison, policy, *base));
  for (const MetricColumn& column : metric_columns) cells.push_back(cell(comparison, policy, column.metric));
  return {{"series", series}, {"cells", cells}};
}

/// Indices of the policies, most clicks first.
std::vector<std::size_t> by_clicks(const Comparison& comparison) {
  std::vector<double> means;
  for (const ComparedPolicy& policy : comparison.policies) {
    means.push_back(interval_of(seed_values(policy, Metric::clicks)).mean);
  }
  std::vector<std::size_t> order(means.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return means[a] > means[b]; });
  return order;
}

}  // namespace

Json policies_table(const Comparison& comparison) {
  Json rows = Json::array();
  for (const std::size_t series : by_clicks(comparison)) rows.push_back(row_of(comparison, series));
  const std::string note =
      comparison.seeds.size() > 1
          ? fmt::format(
                "Means over {}, most clicks first; below each its 95% confidence interval. Differences are "
                "paired by seed.",
                count_words(comparison.seeds.size(), "seed"))
          : "One seed, most clicks first. There are no intervals.";
  return {{"kind", "table"},
          {"title", "The policies in numbers"},
          {"note", note},
          {"columns", columns_of(comparison)},
          {"rows", rows}};
}

Json policies_explained(const Comparison& comparison) {
  Json entries = Json::array();
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    entries.push_back({{"series", i}, {"text", sentence_words(comparison.policies[i].summary)}});
  }
  return {{"kind", "definitions"}, {"title", "What each policy is"}, {"entries", entries}};
}

Json reading_notes(const Comparison& comparison) {
  Json items = Json::array();
  items.push_back(
      "In every round the platform may suggest to each creator what to make next. A policy decides what. "
      "Welfare of a round is the number of clicks of all users in it.");
  if (comparison.seeds.size() > 1) {
    items.push_back(
        fmt::format("Every policy plays the same {} seeds: the same users, creators and coins wherever the "
                    "policies leave them the same. Differences are therefore taken seed by seed, and their "
                    "intervals can be narrower than those of the two means suggest.",
                    comparison.seeds.size()));
    items.push_back(
        fmt::format("Intervals are 95% confidence intervals of a mean over seeds (Student's t, {} degrees of "
                    "freedom). They cover chance between seeds in this world and setting. They say nothing "
                    "about another world, another setting or a real platform.",
                    comparison.seeds.size() - 1));
    items.push_back(
        "The best of several policies is picked after the fact, so its lead is a little flattered.");
  }
  if (std::ranges::any_of(comparison.policies, &ComparedPolicy::uses_truth)) {
    items.push_back(
        "Dashed lines and the mark \"uses the truth\": the policy reads users' true interests or creators' "
        "true trust. Only a simulator knows them, so such a policy is a yardstick and no choice.");
  }
  items.push_back(
      "Content diversity is the entropy of the genres of all items made, in bits. Active creators made an "
      "item in a round. Trust is the probability with which a creator follows a suggestion.");
  return {{"kind", "notes"}, {"title", "How to read this"}, {"items", items}};
}

Json settings_block(const Comparison& comparison) {
  Json rows = Json::array();
  for (const auto& [key, value] : comparison.settings) rows.push_back({key, value});
  return {{"kind", "settings"},
          {"title", "Settings"},
          {"note", "Everything that was in effect, as in `config.toml` beside this page."},
          {"rows", rows}};
}

Json command_block(const Comparison& comparison) {
  const char* from_cache = asked_language_models(comparison) ? " --llm-cache only" : "";
  return {
      {"kind", "command"},
      {"title", "Play it again"},
      {"note",
       fmt::format("In this page's folder. Gives the same numbers to the last bit, at any number of threads: "
                   "result hash `{}`.",
                   comparison.result_hash)},
      {"text",
       fmt::format("perennial {} --config config.toml --out again{}", comparison.command, from_cache)}};
}

Json facts_of(const Comparison& comparison) {
  Json facts = Json::array();
  const auto add = [&](const char* name, const std::string& value) { facts.push_back({name, value}); };
  add("World", comparison.world);
  add("Setting", comparison.setting);
  add("Recommender", comparison.recommender);
  if (comparison.reranker != "none") add("Re-ranker", comparison.reranker);
  if (comparison.incentive != "none") add("Incentive", comparison.incentive);
  add("Users", fmt::format("{} ({})", whole_words(comparison.users), comparison.user_model));
  add("Creators", fmt::format("{} ({})", whole_words(comparison.creators), comparison.creator_model));
  add("Slate", count_words(comparison.slate, "item"));
  add("Rounds", whole_words(comparison.rounds));
  add("Seeds", seed_words(comparison.seeds));
  if (comparison.cpu_seconds > 0) {
    const double speed = static_cast<double>(comparison.impressions) / comparison.cpu_seconds;
    add("Impressions per CPU second", number_words(speed));
  }
  return facts;
}

}  // namespace perennial
