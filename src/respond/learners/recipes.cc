#include "respond/learners/recipes.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/names.h"
#include "respond/learners/learner_options.h"

namespace perennial {
namespace {

/// One line of the list of learners.
struct Named {
  const char* name;
  Recipe recipe;
};

/// T, S, X: Kuenzel et al., PNAS 2019. R: Nie and Wager, Biometrika 2021. DR: Kennedy, EJS 2023.
const std::vector<Named>& recipes() {
  using N = NuisanceModels;
  using E = EffectRule;
  using F = FinalModel;
  static const std::vector<Named> list = {
      {"three-model", {N::arms, false, E::imputed_x, F::pooled, true}},
      {"t", {N::arms, false, E::none, F::difference}},
      {"s", {N::joint, false, E::none, F::difference}},
      {"x", {N::arms, false, E::imputed_x, F::by_arm}},
      {"r", {N::outcome, true, E::residual, F::pooled}},
      {"dr", {N::arms, true, E::doubly_robust, F::pooled}},
      {"constant", {N::none, false, E::none, F::mean}},
  };
  return list;
}

}  // namespace

const std::vector<std::string>& learner_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& entry : recipes()) all.emplace_back(entry.name);
    return all;
  }();
  return names;
}

Recipe recipe_of(std::string_view learner, std::string_view imputation) {
  const auto& list = recipes();
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Named& entry) { return learner == entry.name; });
  if (found == list.end()) {
    throw Error(ErrorCode::invalid_argument,
                "no such learner: '" + std::string(learner) + "'" + name_hint(learner, learner_names()));
  }
  Recipe recipe = found->recipe;
  if (imputation != "x" && imputation != "model") {
    const std::vector<std::string> names = {"x", "model"};
    throw Error(ErrorCode::invalid_argument,
                "no such imputation: '" + std::string(imputation) + "'" + name_hint(imputation, names));
  }
  if (learner == "three-model" && imputation == "model") recipe.rule = EffectRule::imputed_model;
  return recipe;
}

}  // namespace perennial
