#include "report/levers_summary.h"

#include <cmath>

#include "report/summary_json.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json path_json(const LeverEnvironment& environment, std::size_t p) {
  const LeverPath& path = lever_paths[p];
  Json json{{"name", path.name}, {"summary", path.summary}, {"uses_truth", path.uses_truth()}};
  for (std::size_t m = 0; m < lever_measure_count; ++m) {
    std::vector<double> values;
    for (const auto& seed : environment.seeds) values.push_back(seed.paths[p].measures[m]);
    json[std::string(name_of(static_cast<LeverMeasure>(m)))] = interval_json(interval_of(values));
  }
  return json;
}

Json contrast_json(const LeverContrast& contrast, const ContrastResult& result) {
  Json json{{"name", contrast.name}, {"paths", Json::object()}};
  for (const auto& [path, weight] : contrast.weights) json["paths"][std::string(path)] = weight;
  for (std::size_t m = 0; m < lever_measure_count; ++m) {
    auto of_measure = interval_json(result.absolute[m]);
    of_measure["relative"] = interval_json(result.relative[m]);
    json[std::string(name_of(static_cast<LeverMeasure>(m)))] = of_measure;
  }
  return json;
}

template <class Of>
Json over_seeds(const LeverEnvironment& environment, Of of) {
  std::vector<double> values;
  for (const auto& seed : environment.seeds) values.push_back(of(seed.experiment));
  return interval_json(interval_of(values));
}

Json experiment_json(const LeverEnvironment& environment) {
  const auto& power = environment.power;
  return {{"lift", interval_json(power.lift)},
          {"posts_effect", over_seeds(environment, [](const auto& e) { return e.posts.mean; })},
          {"clicks_effect", over_seeds(environment, [](const auto& e) { return e.clicks.mean; })},
          {"control_posts", over_seeds(environment, [](const auto& e) { return e.control_posts; })},
          {"cv", power.design.cv},
          {"correlation", power.design.correlation},
          {"creators_for_effect", number_or_null(power.creators)},
          {"creators_for_halves", number_or_null(power.for_halves)},
          {"score_spearman", over_seeds(environment, [](const auto& e) { return e.spearman; })},
          {"effect_spearman", over_seeds(environment, [](const auto& e) { return e.effect_spearman; })}};
}

Json environment_json(const LeverEnvironment& environment) {
  Json json{{"name", environment.name},   {"recommender", environment.recommender},
            {"users", environment.users}, {"creators", environment.creators},
            {"slate", environment.slate}, {"paths", Json::array()},
            {"contrasts", Json::array()}, {"experiment", experiment_json(environment)},
            {"settings", Json::object()}};
  for (std::size_t p = 0; p < lever_paths.size(); ++p) json["paths"].push_back(path_json(environment, p));
  for (std::size_t i = 0; i < environment.contrasts.size(); ++i)
    json["contrasts"].push_back(contrast_json(lever_contrasts()[i], environment.contrasts[i]));
  for (const auto& [key, value] : environment.settings) json["settings"][key] = value;
  return json;
}

}  // namespace

Json levers_summary(const LeversStudy& study) {
  Json json{{"command", "study levers"},
            {"world", study.world},
            {"rounds", study.rounds},
            {"seeds", study.seeds},
            {"verdicts", lever_verdicts(study)},
            {"environments", Json::array()},
            {"levers", Json::object()},
            {"wall_seconds", study.wall_seconds},
            {"result_hash", study.result_hash}};
  for (const auto& environment : study.environments)
    json["environments"].push_back(environment_json(environment));
  LeversSettings levers = study.levers;
  for (const auto& field : levers.fields().all()) json["levers"][field.name] = to_toml(Fields::value(field));
  return json;
}

}  // namespace perennial
