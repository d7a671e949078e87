#include "respond/experiment/sample_ratio.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace perennial {
namespace {

constexpr double failure_p = 0.001;
constexpr double warning_p = 0.01;
constexpr std::uint8_t nobody = 255;
constexpr std::uint8_t mixed = 254;

/// The arm of each cluster; `mixed` where it has creators of several, `nobody` where it has none in these arms.
std::vector<std::uint8_t> arms_of_clusters(const CreatorTable& table, std::size_t arms) {
  std::vector<std::uint8_t> found;
  for (std::size_t i = 0; i < table.clusters.size(); ++i) {
    const auto arm = static_cast<std::uint8_t>(table.arms[i]);
    const std::size_t cluster = table.clusters[i];
    if (cluster >= found.size()) found.resize(cluster + 1, nobody);
    if (arm >= arms) continue;
    if (found[cluster] == nobody) found[cluster] = arm;
    if (found[cluster] != arm) found[cluster] = mixed;
  }
  return found;
}

SampleRatio::Verdict verdict_of(const std::optional<ChiSquare>& test) {
  if (!test) return SampleRatio::Verdict::too_few;
  if (test->p < failure_p) return SampleRatio::Verdict::failure;
  return test->p < warning_p ? SampleRatio::Verdict::warning : SampleRatio::Verdict::fine;
}

const char* arm_name(Arm arm) {
  switch (arm) {
    case Arm::control:
      return "control";
    case Arm::treatment:
      return "treatment";
    case Arm::untouched:
      return "untouched";
  }
  return "";
}

}  // namespace

SampleRatio sample_ratio(const CreatorTable& table, const std::vector<double>& shares) {
  check(shares.size() == 2 || shares.size() == 3, "shares are of two or three arms");
  SampleRatio ratio;
  ratio.arms = {Arm::treatment, Arm::control, Arm::untouched};
  ratio.arms.resize(shares.size());
  const auto clusters = arms_of_clusters(table, shares.size());
  ratio.counts_clusters =
      !clusters.empty() && std::find(clusters.begin(), clusters.end(), mixed) == clusters.end();
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (std::size_t a = 0; a < shares.size(); ++a) {
    const Arm arm = ratio.arms[a];
    const auto count = ratio.counts_clusters
                           ? std::count(clusters.begin(), clusters.end(), static_cast<std::uint8_t>(arm))
                           : std::count(table.arms.begin(), table.arms.end(), arm);
    ratio.counts.push_back(static_cast<std::uint64_t>(count));
    ratio.shares.push_back(shares[a] / all);
  }
  ratio.test = sample_ratio_test(ratio.counts, ratio.shares);
  ratio.verdict = verdict_of(ratio.test);
  return ratio;
}

std::string SampleRatio::sentence() const {
  const auto n = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  std::string text;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    text +=
        fmt::format("{}{} {} (due {:.0f})", a == 0 ? "" : ", ", arm_name(arms[a]), counts[a], n * shares[a]);
  }
  const char* units = counts_clusters ? "clusters" : "creators";
  if (!test) return fmt::format("{}: {}; too few to tell whether the design's shares were kept", units, text);
  const char* meaning = verdict == Verdict::failure   ? "not by chance"
                        : verdict == Verdict::warning ? "hardly by chance"
                                                      : "as by chance";
  return fmt::format("{}: {}; p = {:.2g}, {}", units, text, test->p, meaning);
}

}  // namespace perennial
