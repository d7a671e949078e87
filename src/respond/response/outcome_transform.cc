#include "respond/response/outcome_transform.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/error.h"
#include "base/names.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

constexpr double winsor_level = 0.999;

std::string name_for(std::span<const double> outcomes) {
  const auto all = [&](auto rule) { return std::all_of(outcomes.begin(), outcomes.end(), rule); };
  if (all([](double y) { return y == 0 || y == 1; })) return "raw";
  return all([](double y) { return y >= 0 && y == std::floor(y); }) ? "log1p" : "winsor";
}

}  // namespace

const std::vector<std::string>& transform_names() {
  static const std::vector<std::string> names = {"auto", "log1p", "winsor", "raw", "any"};
  return names;
}

OutcomeTransform::OutcomeTransform(std::string_view name, std::span<const double> training) {
  const std::string chosen = name == "auto" ? name_for(training) : std::string(name);
  if (chosen == "raw") {
    kind_ = TransformKind::raw;
  } else if (chosen == "any") {
    kind_ = TransformKind::any;
  } else if (chosen == "winsor") {
    kind_ = TransformKind::winsor;
    cap_ = quantile(training, winsor_level);
  } else if (chosen == "log1p") {
    kind_ = TransformKind::log1p;
    const auto least = std::min_element(training.begin(), training.end());
    if (least != training.end() && *least < 0)
      throw Error(
          ErrorCode::invalid_argument,
          fmt::format(
              "transform log1p: needs an outcome that is never negative; it is {} somewhere; try winsor",
              *least));
  } else {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("no such transform: '{}'{}", name, name_hint(name, transform_names())));
  }
}

std::string OutcomeTransform::name() const {
  switch (kind_) {
    case TransformKind::raw:
      return "raw";
    case TransformKind::log1p:
      return "log1p";
    case TransformKind::winsor:
      return "winsor";
    case TransformKind::any:
      return "any";
  }
  check(false, "a transform has a name");
  return {};
}

double OutcomeTransform::operator()(double outcome) const {
  switch (kind_) {
    case TransformKind::raw:
      return outcome;
    // A creator seen later may go below what the training part knew.
    case TransformKind::log1p:
      return std::log1p(std::max(outcome, 0.0));
    case TransformKind::winsor:
      return std::min(outcome, cap_);
    case TransformKind::any:
      return outcome > 0 ? 1 : 0;
  }
  return outcome;
}

std::vector<double> OutcomeTransform::operator()(std::span<const double> outcomes) const {
  std::vector<double> values;
  values.reserve(outcomes.size());
  for (const double outcome : outcomes) values.push_back((*this)(outcome));
  return values;
}

void OutcomeTransform::fit_expansion(std::span<const double> outcomes, std::span<const double> predicted) {
  check(outcomes.size() == predicted.size(), "a prediction for each outcome");
  double sum = 0, base = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (kind_ == TransformKind::log1p) {
      sum += 1 + outcomes[i];
      base += std::exp(predicted[i]);
    } else if (kind_ == TransformKind::any && outcomes[i] > 0) {
      sum += outcomes[i];
      base += 1;
    }
  }
  if (base > 0) factor_ = sum / base;
}

double OutcomeTransform::in_outcome_units(double score, double control_outcome) const {
  if (kind_ == TransformKind::log1p) return factor_ * std::exp(control_outcome) * std::expm1(score);
  return kind_ == TransformKind::any ? factor_ * score : score;
}

}  // namespace perennial
