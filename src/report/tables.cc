#include "report/tables.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

/// Calls visit(policy, seed, run) for every run.
template <class Visit>
void each_run(const Comparison& comparison, Visit visit) {
  for (const ComparedPolicy& policy : comparison.policies) {
    for (std::size_t i = 0; i < policy.runs.size(); ++i) {
      visit(policy, static_cast<std::int64_t>(comparison.seeds[i]), policy.runs[i]);
    }
  }
}

/// A column of one field of every creator's outcome.
template <class Value, class Field>
std::vector<Value> outcomes(const Comparison& comparison, Field field) {
  std::vector<Value> values;
  each_run(comparison, [&](const ComparedPolicy&, std::int64_t, const RunResult& run) {
    for (const CreatorOutcome& creator : run.creators) values.push_back(static_cast<Value>(creator.*field));
  });
  return values;
}

}  // namespace

Table rounds_table(const Comparison& comparison) {
  Texts policies;
  Integers seeds, rounds;
  std::vector<Reals> metrics(metric_count);
  each_run(comparison, [&](const ComparedPolicy& policy, std::int64_t seed, const RunResult& run) {
    for (std::size_t i = 0; i < run.rounds.size(); ++i) {
      policies.push_back(policy.name);
      seeds.push_back(seed);
      rounds.push_back(static_cast<std::int64_t>(i) + 1);
      for (std::size_t m = 0; m < metric_count; ++m) metrics[m].push_back(run.rounds[i][m]);
    }
  });
  Table table;
  table.add("policy", std::move(policies)).add("seed", std::move(seeds)).add("round", std::move(rounds));
  for (std::size_t m = 0; m < metric_count; ++m) {
    table.add(std::string(name_of(static_cast<Metric>(m))), std::move(metrics[m]));
  }
  return table;
}

Table creators_table(const Comparison& comparison) {
  Texts policies;
  Integers seeds;
  each_run(comparison, [&](const ComparedPolicy& policy, std::int64_t seed, const RunResult& run) {
    policies.insert(policies.end(), run.creators.size(), policy.name);
    seeds.insert(seeds.end(), run.creators.size(), seed);
  });
  Table table;
  table.add("policy", std::move(policies)).add("seed", std::move(seeds));
  table.add("creator", outcomes<std::int64_t>(comparison, &CreatorOutcome::creator));
  table.add("joined", outcomes<std::int64_t>(comparison, &CreatorOutcome::joined));
  table.add("left", outcomes<std::int64_t>(comparison, &CreatorOutcome::left));
  table.add("items", outcomes<std::int64_t>(comparison, &CreatorOutcome::items));
  table.add("genres", outcomes<std::int64_t>(comparison, &CreatorOutcome::genres));
  table.add("impressions", outcomes<std::int64_t>(comparison, &CreatorOutcome::impressions));
  table.add("clicks", outcomes<std::int64_t>(comparison, &CreatorOutcome::clicks));
  table.add("trust", outcomes<double>(comparison, &CreatorOutcome::trust));
  table.add("predicted_trust", outcomes<double>(comparison, &CreatorOutcome::predicted_trust));
  return table;
}

}  // namespace perennial
