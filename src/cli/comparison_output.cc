#include "cli/comparison_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/json_file.h"
#include "report/picture.h"
#include "report/report.h"
#include "report/summary.h"
#include "report/tables.h"
#include "report/verdict.h"
#include "report/words.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

std::string with_interval(const Interval& interval) {
  return fmt::format("{:8.1f} [{:.1f}, {:.1f}]", interval.mean, interval.low, interval.high);
}

/// "+12.3 [+10.1, +14.5]" against another policy, or nothing where there is none to pair with.
std::string against(const Comparison& comparison, const ComparedPolicy& policy, const char* other) {
  const auto* baseline = find_policy(comparison, other);
  if (!baseline || baseline == &policy) return "";
  const auto d =
      paired_difference(seed_values(policy, Metric::clicks), seed_values(*baseline, Metric::clicks));
  return fmt::format("{:+.1f} [{:+.1f}, {:+.1f}]", d.mean, d.low, d.high);
}

}  // namespace

void write_comparison(RunFolder& folder, const Comparison& comparison) {
  folder.write_parquet("rounds.parquet", rounds_table(comparison));
  folder.write_parquet("creators.parquet", creators_table(comparison));
  folder.write_text("summary.json", json_text(summary_of(comparison)));
  folder.write_text("picture.svg", render_picture(comparison));
  folder.write_text("report.html", render_report(comparison));
}

void print_comparison(const Comparison& comparison, const std::filesystem::path& report) {
  std::size_t width = 26;
  for (const auto& policy : comparison.policies) width = std::max(width, policy.name.size() + 2);
  fmt::print("{:<{}}{:<28}{:<26}{}\n", "policy", width, "clicks per round, 95%", "against silent",
             "against random");
  for (const auto& policy : comparison.policies) {
    fmt::print("{:<{}}{:<28}{:<26}{}\n", policy.name + (policy.uses_truth ? " (uses the truth)" : ""), width,
               with_interval(interval_of(seed_values(policy, Metric::clicks))),
               against(comparison, policy, "silent"), against(comparison, policy, "random"));
  }
  fmt::print("\n{}\n", verdict_of(comparison).headline);
  fmt::print("{} x {} rounds, {:.1f} s of CPU time, result {}\n",
             count_words(comparison.seeds.size(), "seed"), comparison.rounds, comparison.cpu_seconds,
             comparison.result_hash);
  fmt::print("report: {}\n", std::filesystem::absolute(report).lexically_normal().string());
}

void print_summary(const Comparison& comparison) {
  fmt::print("{}", json_text(summary_of(comparison)));
}

}  // namespace perennial
