#include "respond/experiment/analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "respond/statistics/multiple_testing.h"

namespace perennial {
namespace {

constexpr double contamination_p = 0.01;
constexpr double imbalance_p = 0.001;
constexpr std::uint64_t few_clusters = 40;

/// Creators of two arms, and their values one after the other.
class Compared {
 public:
  Compared(const CreatorTable& table, Arm treatment, Arm control) : table_(table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (table.arms[i] != treatment && table.arms[i] != control) continue;
      rows_.push_back(static_cast<std::uint32_t>(i));
      treated_.push_back(table.arms[i] == treatment ? 1 : 0);
      if (!table.clusters.empty()) clusters_.push_back(table.clusters[i]);
    }
  }

  TwoArms arms() const { return {treated_, clusters_}; }
  const std::vector<std::uint32_t>& rows() const { return rows_; }

  std::vector<double> of(const std::vector<double>& values) const {
    std::vector<double> taken;
    taken.reserve(rows_.size());
    for (const auto row : rows_) taken.push_back(values[row]);
    return taken;
  }
  std::vector<double> outcome(const std::string& name) const { return of(table_.outcome(name)); }

  /// Empty where the table has none.
  std::vector<double> past(const std::string& name) const {
    for (const NamedValues& before : table_.pre_outcomes)
      if (before.name == name) return of(before.values);
    return {};
  }

  /// Creators, or clusters with a creator, in treatment (1) or control (0).
  std::size_t units(std::uint8_t treated) const {
    if (clusters_.empty())
      return static_cast<std::size_t>(std::count(treated_.begin(), treated_.end(), treated));
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < treated_.size(); ++i)
      if (treated_[i] == treated) found.push_back(clusters_[i]);
    std::sort(found.begin(), found.end());
    return static_cast<std::size_t>(std::unique(found.begin(), found.end()) - found.begin());
  }

  std::size_t clusters() const {
    auto found = clusters_;
    std::sort(found.begin(), found.end());
    return static_cast<std::size_t>(std::unique(found.begin(), found.end()) - found.begin());
  }

  bool enough() const { return units(0) > 1 && units(1) > 1; }

 private:
  const CreatorTable& table_;
  std::vector<std::uint32_t> rows_, clusters_;
  std::vector<std::uint8_t> treated_;
};

void require_two_arms(const Compared& compared, bool by_clusters) {
  for (const std::uint8_t treated : std::array<std::uint8_t, 2>{1, 0}) {
    const std::size_t units = compared.units(treated);
    if (units > 1) continue;
    throw Error(ErrorCode::invalid_data,
                fmt::format("the {} arm has {} {}{}; an effect needs two or more in each arm",
                            treated != 0 ? "treatment" : "control", units,
                            by_clusters ? "cluster" : "creator", units == 1 ? "" : "s"));
  }
}

/// What a failed check means, and what to do.
std::string failure_sentence(const SampleRatio& ratio) {
  return fmt::format(
      "the arms do not hold the creators that the design gave them ({}): creators were lost, added or moved "
      "between the arms, and no effect can be trusted until the cause is found",
      ratio.sentence());
}

void check_sample_ratio(ExperimentAnalysis& analysis, bool force) {
  const SampleRatio& ratio = analysis.sample_ratio;
  if (ratio.verdict == SampleRatio::Verdict::failure) {
    if (!force)
      throw Error(ErrorCode::invalid_data,
                  failure_sentence(ratio) +
                      "; are the shares those of the design? --force-sample-ratio analyzes all the same");
    analysis.warnings.insert(analysis.warnings.begin(), "forced: " + failure_sentence(ratio));
  } else if (ratio.verdict == SampleRatio::Verdict::warning) {
    analysis.warnings.push_back("the arms' sizes are hardly those of the design: " + ratio.sentence());
  }
}

void add_outcome(ExperimentAnalysis& analysis, const Compared& compared, const std::string& name) {
  const auto values = compared.outcome(name);
  const auto past = compared.past(name);
  auto raw = outcome_effect(name, OutcomeForm::raw, values, past, compared.arms(), analysis.planned_creators);
  if (!raw) {
    analysis.warnings.push_back(fmt::format(
        "outcome '{}' is {} for every creator in treatment and control: left out", name, values.front()));
    return;
  }
  analysis.effects.push_back(std::move(*raw));
  for (const auto form : {OutcomeForm::winsorised, OutcomeForm::log1p, OutcomeForm::any}) {
    if (auto effect = outcome_effect(name, form, values, past, compared.arms(), analysis.planned_creators))
      analysis.effects.push_back(std::move(*effect));
  }
}

void add_ratio(ExperimentAnalysis& analysis, const Compared& compared, const RatioMetric& metric) {
  const auto above = compared.outcome(metric.numerator);
  const auto below = compared.outcome(metric.denominator);
  double sums[2] = {0, 0};
  for (std::size_t i = 0; i < below.size(); ++i) sums[compared.arms().treated[i]] += below[i];
  const auto name = metric.numerator + "/" + metric.denominator;
  for (const int arm : {1, 0}) {
    if (sums[arm] != 0) continue;
    throw Error(ErrorCode::invalid_data, fmt::format("ratio '{}': '{}' sums to 0 in the {} arm", name,
                                                     metric.denominator, arm == 1 ? "treatment" : "control"));
  }
  analysis.effects.push_back(ratio_effect(name, above, below, compared.arms(), analysis.planned_creators));
}

OutcomeForm family_of(OutcomeForm form) {
  return form == OutcomeForm::ratio ? OutcomeForm::raw : form;
}

void correct_for_many(std::vector<OutcomeEffect>& effects) {
  for (const auto family :
       {OutcomeForm::raw, OutcomeForm::winsorised, OutcomeForm::log1p, OutcomeForm::any}) {
    std::vector<OutcomeEffect*> members;
    std::vector<double> p;
    for (auto& effect : effects) {
      if (family_of(effect.form) != family) continue;
      members.push_back(&effect);
      p.push_back(effect.primary().p);
    }
    const auto by_holm = holm(p), by_rate = benjamini_hochberg(p);
    for (std::size_t i = 0; i < members.size(); ++i) {
      members[i]->p_holm = by_holm[i];
      members[i]->p_benjamini_hochberg = by_rate[i];
    }
  }
}

void add_dose(ExperimentAnalysis& analysis, const Compared& compared, const std::string& name) {
  const ArmMeans means = arm_means(compared.outcome(name), compared.arms());
  ExposureDose dose{name, means.treatment, means.control, {}};
  if (means.control != 0) dose.lift = relative_lift(means);
  if (difference(means).p > 0.05) {
    analysis.warnings.push_back(fmt::format(
        "the treated did not see more or less of '{}' than the controls: did the treatment happen?", name));
  }
  analysis.doses.push_back(std::move(dose));
}

void add_elasticities(ExperimentAnalysis& analysis, const Compared& compared,
                      const AnalysisOptions& options) {
  const auto received = compared.outcome(options.engagement);
  for (const auto& name : options.outcomes) {
    if (name == options.engagement) continue;
    const auto differences = paired_differences(compared.outcome(name), received, compared.arms());
    if (differences.second == 0) {
      analysis.warnings.push_back(fmt::format(
          "'{}' has the same mean in both arms: {} per unit of it cannot be told", options.engagement, name));
      continue;
    }
    analysis.elasticities.push_back({name, options.engagement, elasticity(differences)});
  }
}

void add_contamination(ExperimentAnalysis& analysis, const Compared& others, const std::string& name) {
  const ArmMeans means = arm_means(others.outcome(name), others.arms());
  Contamination found{name, means.treatment, means.control, difference(means), {}};
  if (means.control != 0) found.lift = relative_lift(means);
  if (found.difference.p < contamination_p) {
    analysis.warnings.push_back(fmt::format(
        "controls' mean {} is {:.4g} where the untouched have {:.4g} (p = {:.2g}): the treatment of others "
        "reached them, and treatment against control says too much or too little by that",
        name, found.control_mean, found.untouched_mean, found.difference.p));
  }
  analysis.contaminations.push_back(std::move(found));
}

void add_contaminations(ExperimentAnalysis& analysis, const CreatorTable& table,
                        const AnalysisOptions& options) {
  if (analysis.untouched_creators == 0) {
    analysis.warnings.emplace_back(
        "no untouched arm: what the treatment of others did to the controls cannot be measured");
    return;
  }
  const Compared others(table, Arm::control, Arm::untouched);
  if (!others.enough()) {
    analysis.warnings.emplace_back("too few untouched creators to measure what reached the controls");
    return;
  }
  for (const auto& name : options.exposures) add_contamination(analysis, others, name);
  for (const auto& name : options.outcomes) add_contamination(analysis, others, name);
}

void add_balance(ExperimentAnalysis& analysis, const CreatorTable& table, const Compared& compared) {
  analysis.balance = covariate_balance(table, compared.rows(), compared.arms());
  const auto& omnibus = analysis.balance.omnibus;
  if (omnibus && omnibus->p < imbalance_p) {
    analysis.warnings.push_back(fmt::format(
        "the arms differed before the experiment (all covariates at once: p = {:.2g}), most in '{}'",
        omnibus->p, analysis.balance.covariates.front().name));
  }
}

ExperimentAnalysis counted(const CreatorTable& table, const AnalysisOptions& options) {
  ExperimentAnalysis analysis;
  analysis.warnings = table.warnings;
  const auto count = [&](Arm arm) {
    return static_cast<std::uint64_t>(std::count(table.arms.begin(), table.arms.end(), arm));
  };
  analysis.treatment_creators = count(Arm::treatment);
  analysis.control_creators = count(Arm::control);
  analysis.untouched_creators = count(Arm::untouched);
  const auto compared = static_cast<double>(analysis.treatment_creators + analysis.control_creators);
  analysis.planned_creators = options.planned_creators > 0 ? options.planned_creators : compared;
  return analysis;
}

}  // namespace

ExperimentAnalysis analyze_experiment(const CreatorTable& table, const AnalysisOptions& options) {
  ExperimentAnalysis analysis = counted(table, options);
  const Compared compared(table, Arm::treatment, Arm::control);
  require_two_arms(compared, !table.clusters.empty());
  analysis.clusters = compared.clusters();
  if (analysis.clusters > 0 && analysis.clusters < few_clusters) {
    analysis.warnings.push_back(
        fmt::format("only {} clusters: with fewer than about {} their standard errors come out too small",
                    analysis.clusters, few_clusters));
  }
  analysis.sample_ratio = sample_ratio(table, options.shares);
  check_sample_ratio(analysis, options.force);
  add_balance(analysis, table, compared);
  for (const auto& name : options.exposures) add_dose(analysis, compared, name);
  for (const auto& name : options.outcomes) add_outcome(analysis, compared, name);
  if (analysis.effects.empty())
    throw Error(
        ErrorCode::invalid_data,
        "every outcome is the same for all creators in treatment and control: there is nothing to compare");
  for (const auto& metric : options.ratios) add_ratio(analysis, compared, metric);
  correct_for_many(analysis.effects);
  if (!options.engagement.empty()) add_elasticities(analysis, compared, options);
  add_contaminations(analysis, table, options);
  return analysis;
}

}  // namespace perennial
