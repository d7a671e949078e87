#include "respond/experiment/assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "respond/table/creator_hash.h"

namespace perennial {
namespace {

void require_options(const Creators& creators, const AssignmentOptions& options) {
  if (options.salt.empty())
    throw Error(ErrorCode::invalid_argument,
                "the salt is empty: name this experiment, as no other was named");
  if (!(options.treatment_share > 0 && options.control_share > 0 &&
        options.treatment_share + options.control_share <= 1)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("treatment share {} and control share {}: must be above 0 and at most 1 together",
                            options.treatment_share, options.control_share));
  }
  if (!(options.evaluation_share >= 0 && options.evaluation_share < 1))
    throw Error(ErrorCode::invalid_argument,
                fmt::format("evaluation share {}: must be at least 0 and below 1", options.evaluation_share));
  if (!(options.multiplier > 0) || options.multiplier == 1 || !std::isfinite(options.multiplier))
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("multiplier {}: must be positive and not 1, which changes nothing", options.multiplier));
  if (!creators.strata.empty() && !creators.clusters.empty())
    throw Error(ErrorCode::invalid_argument,
                "strata and clusters together: whole clusters cannot be balanced within strata");
  if (creators.ids.size() == 0) throw Error(ErrorCode::invalid_argument, "there are no creators to assign");
}

/// What is randomised: the creator, or its cluster.
std::string_view unit_of(const Creators& creators, std::size_t i) {
  return creators.clusters.empty() ? creators.ids[i] : creators.cluster_names[creators.clusters[i]];
}

Arm arm_at(double u, const AssignmentOptions& options) {
  if (u < options.treatment_share) return Arm::treatment;
  return u >= 1 - options.control_share ? Arm::control : Arm::untouched;
}

/// Every third, tenth, .. of a row: true for `share` of all calls, as evenly as whole numbers can.
class Even {
 public:
  Even(double share, double start) : share_(share), sum_(start) {}
  bool next() {
    sum_ += share_;
    if (sum_ < 1) return false;
    sum_ -= 1;
    return true;
  }

 private:
  double share_, sum_;
};

/// Arms by even dealing along (stratum, hash); `to_deal` are the creators without one.
void deal(const Creators& creators, const AssignmentOptions& options, std::vector<std::uint32_t> to_deal,
          std::vector<Arm>& arms) {
  std::vector<double> hash(creators.ids.size());
  for (const auto i : to_deal) hash[i] = creator_hash(creators.ids[i], options.salt, HashUse::assignment);
  std::sort(to_deal.begin(), to_deal.end(), [&](auto a, auto b) {
    if (creators.strata[a] != creators.strata[b])
      return creators.stratum_names[creators.strata[a]] < creators.stratum_names[creators.strata[b]];
    if (hash[a] != hash[b]) return hash[a] < hash[b];
    return creators.ids[a] < creators.ids[b];
  });
  const double both = options.treatment_share + options.control_share;
  Even chosen(both, creator_hash("first", options.salt, HashUse::assignment));
  Even treated(options.treatment_share / both, creator_hash("second", options.salt, HashUse::assignment));
  for (const auto i : to_deal) {
    if (!chosen.next()) continue;
    arms[i] = treated.next() ? Arm::treatment : Arm::control;
  }
}

void assign_arms(const Creators& creators, const AssignmentOptions& options, Assignment& assignment) {
  std::vector<std::uint32_t> to_deal;
  assignment.arms.assign(creators.ids.size(), Arm::untouched);
  for (std::size_t i = 0; i < creators.ids.size(); ++i) {
    const auto kept =
        options.kept.empty() ? options.kept.end() : options.kept.find(std::string(creators.ids[i]));
    if (kept != options.kept.end()) {
      assignment.arms[i] = kept->second;
      ++assignment.kept;
    } else if (creators.strata.empty()) {
      assignment.arms[i] =
          arm_at(creator_hash(unit_of(creators, i), options.salt, HashUse::assignment), options);
    } else {
      to_deal.push_back(static_cast<std::uint32_t>(i));
    }
  }
  if (!to_deal.empty()) deal(creators, options, std::move(to_deal), assignment.arms);
}

void count_strata(const Creators& creators, Assignment& assignment) {
  if (creators.strata.empty()) {
    assignment.strata.resize(1);
  } else {
    for (const auto& name : creators.stratum_names) assignment.strata.push_back({.name = name});
  }
  for (std::size_t i = 0; i < assignment.arms.size(); ++i) {
    StratumCounts& counts = assignment.strata[creators.strata.empty() ? 0 : creators.strata[i]];
    if (assignment.arms[i] == Arm::treatment) ++counts.treatment;
    if (assignment.arms[i] == Arm::control) ++counts.control;
    if (assignment.arms[i] == Arm::untouched) ++counts.untouched;
  }
}

}  // namespace

StratumCounts Assignment::total() const {
  StratumCounts sum;
  for (const auto& counts : strata) {
    sum.treatment += counts.treatment;
    sum.control += counts.control;
    sum.untouched += counts.untouched;
  }
  return sum;
}

Assignment assign_creators(const Creators& creators, const AssignmentOptions& options) {
  require_options(creators, options);
  Assignment assignment;
  assign_arms(creators, options, assignment);
  count_strata(creators, assignment);
  for (std::size_t i = 0; i < creators.ids.size(); ++i) {
    const bool held_out = in_evaluation_share(unit_of(creators, i), options.salt, options.evaluation_share);
    assignment.evaluation.push_back(held_out ? 1 : 0);
    assignment.evaluation_creators += held_out ? 1 : 0;
  }
  return assignment;
}

}  // namespace perennial
