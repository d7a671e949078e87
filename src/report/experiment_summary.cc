#include "report/experiment_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json interval(double low, double high) {
  return Json::array({number(low), number(high)});
}

Json estimate_json(const Estimate& estimate) {
  return {{"mean", number(estimate.mean)},
          {"ci95", interval(estimate.low, estimate.high)},
          {"se", number(estimate.se)},
          {"z", number(estimate.z)},
          {"p", estimate.p}};
}

Json lift_json(const std::optional<Lift>& lift) {
  if (!lift) return nullptr;
  Json json = estimate_json(lift->estimate);
  json["interval"] = lift->fieller ? "fieller" : "delta";
  return json;
}

Json chi_square_json(const std::optional<ChiSquare>& test) {
  if (!test) return nullptr;
  return {{"chi_square", test->statistic}, {"degrees", test->degrees}, {"p", test->p}};
}

const char* arm_key(Arm arm) {
  return arm == Arm::treatment ? "treatment" : arm == Arm::control ? "control" : "untouched";
}

const char* verdict_key(SampleRatio::Verdict verdict) {
  switch (verdict) {
    case SampleRatio::Verdict::fine:
      return "fine";
    case SampleRatio::Verdict::warning:
      return "warning";
    case SampleRatio::Verdict::failure:
      return "failure";
    case SampleRatio::Verdict::too_few:
      return "too-few";
  }
  return "";
}

Json sample_ratio_json(const SampleRatio& ratio) {
  Json counts = Json::object(), shares = Json::object();
  for (std::size_t a = 0; a < ratio.arms.size(); ++a) {
    counts[arm_key(ratio.arms[a])] = ratio.counts[a];
    shares[arm_key(ratio.arms[a])] = ratio.shares[a];
  }
  return {{"verdict", verdict_key(ratio.verdict)},
          {"of", ratio.counts_clusters ? "clusters" : "creators"},
          {"counts", std::move(counts)},
          {"shares", std::move(shares)},
          {"test", chi_square_json(ratio.test)}};
}

Json balance_json(const CovariateBalance& balance) {
  Json covariates = Json::array();
  for (const auto& covariate : balance.covariates) {
    covariates.push_back({{"name", covariate.name},
                          {"treatment_mean", covariate.treatment_mean},
                          {"control_mean", covariate.control_mean},
                          {"standardised_difference", covariate.standardised}});
  }
  return {{"omnibus", chi_square_json(balance.omnibus)},
          {"beyond_a_tenth", balance.beyond_a_tenth},
          {"covariates", std::move(covariates)}};
}

Json effect_json(const OutcomeEffect& effect) {
  Json cuped = nullptr;
  if (effect.cuped) {
    cuped = {{"theta", effect.cuped->theta},
             {"variance_ratio", effect.cuped->variance_ratio},
             {"difference", estimate_json(effect.cuped->difference)},
             {"lift", lift_json(effect.cuped->lift)}};
  }
  return {{"outcome", effect.outcome},
          {"form", form_name(effect.form)},
          {"treatment_mean", effect.treatment_mean},
          {"control_mean", effect.control_mean},
          {"difference", estimate_json(effect.difference)},
          {"lift", lift_json(effect.lift)},
          {"cuped", std::move(cuped)},
          {"primary", effect.cuped ? "cuped" : "difference"},
          {"sequential_ci95", interval(effect.sequential.low, effect.sequential.high)},
          {"p_holm", effect.p_holm},
          {"p_bh", effect.p_benjamini_hochberg}};
}

Json elasticity_json(const EngagementElasticity& found) {
  const Elasticity& elasticity = found.elasticity;
  return {{"outcome", found.outcome},
          {"per", found.engagement},
          {"wald", estimate_json(elasticity.estimate)},
          {"anderson_rubin_ci95", interval(elasticity.anderson_rubin.low, elasticity.anderson_rubin.high)},
          {"anderson_rubin_bounded", elasticity.anderson_rubin.bounded},
          {"first_stage_f", number(elasticity.first_stage_f)},
          {"weak", elasticity.weak}};
}

Json contamination_json(const Contamination& found) {
  return {{"outcome", found.outcome},
          {"control_mean", found.control_mean},
          {"untouched_mean", found.untouched_mean},
          {"difference", estimate_json(found.difference)},
          {"lift", lift_json(found.lift)}};
}

Json dose_json(const ExposureDose& dose) {
  return {{"exposure", dose.exposure},
          {"treatment_mean", dose.treatment_mean},
          {"control_mean", dose.control_mean},
          {"lift", lift_json(dose.lift)}};
}

template <class Items, class Say>
Json list(const Items& items, Say say) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(say(item));
  return json;
}

template <class Items, class Get>
std::vector<double> reals(const Items& items, Get get) {
  std::vector<double> values;
  values.reserve(items.size());
  for (const auto& item : items) values.push_back(get(item));
  return values;
}

template <class Items, class Get>
std::vector<std::string> texts(const Items& items, Get get) {
  std::vector<std::string> values;
  values.reserve(items.size());
  for (const auto& item : items) values.push_back(get(item));
  return values;
}

double of_lift(const OutcomeEffect& effect, double Estimate::*field) {
  const auto& lift = effect.primary_lift();
  return lift ? lift->estimate.*field : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Json experiment_plan_summary(const ExperimentPlan& plan) {
  const PowerDesign& design = plan.design;
  return {{"command", "experiment plan"},
          {"creators_treatment", std::llround(plan.treated)},
          {"creators_control", std::llround(plan.control)},
          {"relative_effect", plan.effect},
          {"power", plan.power},
          {"alpha", design.alpha},
          {"half_width_95", plan.half_width},
          {"cv", design.cv},
          {"correlation_with_past", design.correlation},
          {"control_per_treatment", design.control_ratio},
          {"cluster_size", design.cluster_size},
          {"icc", design.icc},
          {"design_effect", design_effect(design)},
          {"creators_treatment_for_0.17_percent", std::llround(plan.paper_treated)},
          {"sentences", plan.sentences}};
}

Table power_curve_table(const ExperimentPlan& plan) {
  Table table;
  table.add("creators_treatment", reals(plan.curve, [](const auto& point) { return point.treated; }))
      .add("creators_control", reals(plan.curve, [](const auto& point) { return point.control; }))
      .add("relative_effect", reals(plan.curve, [](const auto& point) { return point.effect; }))
      .add("power", reals(plan.curve, [](const auto& point) { return point.power; }));
  return table;
}

Json assignment_summary(const Assignment& assignment, const AssignmentOptions& options, bool clustered,
                        bool stratified) {
  const auto counts = [](const StratumCounts& arms) {
    return Json{{"treatment", arms.treatment}, {"control", arms.control}, {"untouched", arms.untouched}};
  };
  Json json{{"command", "experiment assign"},
            {"creators", assignment.arms.size()},
            {"arms", counts(assignment.total())},
            {"evaluation_creators", assignment.evaluation_creators},
            {"kept", assignment.kept},
            {"salt", options.salt},
            {"treatment_share", options.treatment_share},
            {"control_share", options.control_share},
            {"evaluation_share", options.evaluation_share},
            {"multiplier", options.multiplier},
            {"randomised", clustered ? "clusters" : "creators"},
            {"strata", nullptr}};
  if (!stratified) return json;
  auto strata = assignment.strata;
  std::sort(strata.begin(), strata.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  json["strata"] = list(strata, [&](const StratumCounts& arms) {
    Json stratum{{"name", arms.name}};
    stratum.update(counts(arms));
    return stratum;
  });
  return json;
}

Table assignment_table(const Creators& creators, const Assignment& assignment,
                       const AssignmentOptions& options) {
  std::vector<std::string> ids;
  std::vector<double> multipliers;
  ids.reserve(assignment.arms.size());
  for (std::size_t i = 0; i < assignment.arms.size(); ++i) {
    ids.emplace_back(creators.ids[i]);
    multipliers.push_back(assignment.arms[i] == Arm::treatment ? options.multiplier : 1);
  }
  Table table;
  table.add("creator_id", std::move(ids))
      .add("arm", texts(assignment.arms, arm_key))
      .add("evaluation",
           std::vector<std::int64_t>(assignment.evaluation.begin(), assignment.evaluation.end()))
      .add("multiplier", std::move(multipliers));
  return table;
}

Json experiment_analysis_summary(const ExperimentAnalysis& analysis) {
  return {{"command", "experiment analyze"},
          {"warnings", analysis.warnings},
          {"creators",
           {{"treatment", analysis.treatment_creators},
            {"control", analysis.control_creators},
            {"untouched", analysis.untouched_creators}}},
          {"clusters", analysis.clusters == 0 ? Json(nullptr) : Json(analysis.clusters)},
          {"planned_creators", std::llround(analysis.planned_creators)},
          {"sample_ratio", sample_ratio_json(analysis.sample_ratio)},
          {"balance", balance_json(analysis.balance)},
          {"dose", list(analysis.doses, dose_json)},
          {"effects", list(analysis.effects, effect_json)},
          {"elasticity", list(analysis.elasticities, elasticity_json)},
          {"contamination", list(analysis.contaminations, contamination_json)}};
}

Table effects_table(const ExperimentAnalysis& analysis) {
  const auto& effects = analysis.effects;
  const auto real = [&](auto get) { return reals(effects, get); };
  Table table;
  table.add("outcome", texts(effects, [](const auto& e) { return e.outcome; }))
      .add("form", texts(effects, [](const auto& e) { return form_name(e.form); }))
      .add("treatment_mean", real([](const auto& e) { return e.treatment_mean; }))
      .add("control_mean", real([](const auto& e) { return e.control_mean; }))
      .add("raw_difference", real([](const auto& e) { return e.difference.mean; }))
      .add("raw_se", real([](const auto& e) { return e.difference.se; }))
      .add("difference", real([](const auto& e) { return e.primary().mean; }))
      .add("difference_se", real([](const auto& e) { return e.primary().se; }))
      .add("difference_low", real([](const auto& e) { return e.primary().low; }))
      .add("difference_high", real([](const auto& e) { return e.primary().high; }))
      .add("p", real([](const auto& e) { return e.primary().p; }))
      .add("p_holm", real([](const auto& e) { return e.p_holm; }))
      .add("p_bh", real([](const auto& e) { return e.p_benjamini_hochberg; }))
      .add("sequential_low", real([](const auto& e) { return e.sequential.low; }))
      .add("sequential_high", real([](const auto& e) { return e.sequential.high; }))
      .add("lift", real([](const auto& e) { return of_lift(e, &Estimate::mean); }))
      .add("lift_low", real([](const auto& e) { return of_lift(e, &Estimate::low); }))
      .add("lift_high", real([](const auto& e) { return of_lift(e, &Estimate::high); }));
  return table;
}

Table balance_table(const ExperimentAnalysis& analysis) {
  const auto& covariates = analysis.balance.covariates;
  Table table;
  table.add("covariate", texts(covariates, [](const auto& c) { return c.name; }))
      .add("treatment_mean", reals(covariates, [](const auto& c) { return c.treatment_mean; }))
      .add("control_mean", reals(covariates, [](const auto& c) { return c.control_mean; }))
      .add("standardised_difference", reals(covariates, [](const auto& c) { return c.standardised; }));
  return table;
}

}  // namespace perennial
