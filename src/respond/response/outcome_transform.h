#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What an outcome is learned and evaluated as.
enum class TransformKind : std::uint8_t {
  raw,
  log1p,   ///< log(1 + y)
  winsor,  ///< no more than the 99.9% quantile of the training part
  any,     ///< 1 where y > 0
};

/// An outcome's scale: decided on the training part, then the same wherever the model goes. A few creators decide a raw
/// mean; on a tamer scale differences between creators can be learned.
class OutcomeTransform {
 public:
  OutcomeTransform() = default;

  /// `name`: "raw", "log1p", "winsor", "any", or "auto": raw for an outcome of 0 and 1, log1p for other whole numbers from
  /// 0, else winsor. `training`: outcomes of the training part. Throws Error(invalid_argument) for another name and for
  /// log1p of a negative outcome.
  OutcomeTransform(std::string_view name, std::span<const double> training);

  TransformKind kind() const { return kind_; }
  std::string name() const;
  /// winsor: the cap; otherwise 0.
  double cap() const { return cap_; }
  double operator()(double outcome) const;
  std::vector<double> operator()(std::span<const double> outcomes) const;

  /// Fits the way back to units of the outcome (posts): `outcomes` and `predicted` (mu_0, transformed) of control creators
  /// of the training part.
  void fit_expansion(std::span<const double> outcomes, std::span<const double> predicted);

  /// Effect in units of the outcome of a score, given the creator's control_outcome mu_0 (both transformed):
  ///   raw, winsor  score (winsor: on the capped outcome)
  ///   log1p        f (exp(mu_0 + score) - exp(mu_0)), f = mean(1 + y) / mean exp(mu_0) over training controls: Duan's
  ///                smearing (JASA 1983), which assumes that treatment does not change the spread of log1p
  ///   any          f score, f = mean outcome of training controls that have any
  double in_outcome_units(double score, double control_outcome) const;

  template <class Archive>
  void persist(Archive& archive) {
    archive(kind_, cap_, factor_);
  }

 private:
  TransformKind kind_ = TransformKind::raw;
  double cap_ = 0;
  double factor_ = 1;
};

/// "auto", "log1p", "winsor", "raw", "any".
const std::vector<std::string>& transform_names();

}  // namespace perennial
