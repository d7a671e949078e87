#include "respond/learners/regressor.h"

#include <algorithm>

#include "base/error.h"
#include "base/names.h"
#include "respond/learners/losses.h"
#include "respond/learners/net_regressor.h"
#include "respond/learners/tree_regressor.h"

namespace perennial {
namespace {

/// The weighted mean of the targets.
class ConstantRegressor : public Regressor {
 public:
  ConstantRegressor() = default;
  explicit ConstantRegressor(double value) : value_(value) {}
  std::string kind() const override { return "constant"; }
  void predict(std::span<const float>, std::span<double> to) const override {
    std::fill(to.begin(), to.end(), value_);
  }
  std::vector<double> gains(std::size_t columns) const override { return std::vector<double>(columns); }
  void add_contributions(std::span<const float>, std::size_t, double, std::span<double>) const override {}
  std::size_t size() const override { return 0; }
  bool stopping_loss(double&, double&) const override { return false; }
  void persist(Archive& archive) override { archive(value_); }

 private:
  double value_ = 0;
};

[[noreturn]] void refuse_kind(std::string_view kind) {
  const std::vector<std::string> kinds = {"trees", "net", "constant"};
  throw Error(ErrorCode::invalid_argument,
              "no such kind of model: '" + std::string(kind) + "'" + name_hint(kind, kinds));
}

}  // namespace

std::unique_ptr<Regressor> fit_regressor(std::string_view kind, const RegressionRows& rows, Loss loss,
                                         const LearnerOptions& options, std::uint32_t number,
                                         const FitProgress& progress) {
  if (kind == "trees") return std::make_unique<TreeRegressor>(rows, loss, options, number, progress);
  if (kind == "net") return std::make_unique<NetRegressor>(rows, loss, options, number, progress);
  if (kind != "constant") refuse_kind(kind);
  if (progress) progress(1);
  return std::make_unique<ConstantRegressor>(mean_target(rows.targets, rows.weights));
}

std::unique_ptr<Regressor> make_regressor(std::string_view kind) {
  if (kind == "trees") return std::make_unique<TreeRegressor>();
  if (kind == "net") return std::make_unique<NetRegressor>();
  if (kind == "constant") return std::make_unique<ConstantRegressor>();
  refuse_kind(kind);
}

}  // namespace perennial
