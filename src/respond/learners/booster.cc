#include "respond/learners/booster.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <exception>

#include "base/check.h"
#include "base/error.h"

namespace perennial {
namespace {

void try_xgboost(int status) {
  if (status == 0) return;
  std::string words = XGBGetLastError();
  // "[time] file:line: Check failed: .."; a stack trace follows.
  words = words.substr(0, words.find('\n'));
  throw Error(ErrorCode::invalid_data, "XGBoost refuses: " + words);
}

/// Once, before anything can be said.
void silence() {
  static const int done = XGBSetGlobalConfig(R"({"verbosity": 0})");
  try_xgboost(done);
}

/// How XGBoost is shown numbers in memory: rows x columns of 32-bit reals.
std::string array_of(std::span<const float> values, std::size_t columns) {
  return fmt::format(
      R"({{"data": [{}, true], "shape": [{}, {}], "strides": null, "typestr": "<f4", "version": 3}})",
      reinterpret_cast<std::uintptr_t>(values.data()), values.size() / columns, columns);
}

std::shared_ptr<void> proxy_matrix() {
  DMatrixHandle proxy = nullptr;
  try_xgboost(XGProxyDMatrixCreate(&proxy));
  return {proxy, [](void* matrix) { XGDMatrixFree(matrix); }};
}

/// What XGBoost pulls blocks out of. An exception must not cross its C frames: it waits here.
struct BlockFeed {
  const std::vector<FeatureKind>& kinds;
  const BinnedMatrix::NextBlock& next;
  std::shared_ptr<void> proxy;
  bool at_end = false;
  std::exception_ptr failure;

  void show(std::span<const float> block) {
    try_xgboost(XGProxyDMatrixSetDataDense(proxy.get(), array_of(block, kinds.size()).c_str()));
    std::vector<const char*> types;
    for (const auto kind : kinds) types.push_back(kind == FeatureKind::categorical ? "c" : "q");
    try_xgboost(XGDMatrixSetStrFeatureInfo(proxy.get(), "feature_type", types.data(), types.size()));
  }

  static int pull(DataIterHandle self) {
    auto& feed = *static_cast<BlockFeed*>(self);
    if (feed.failure) return 0;
    try {
      const auto block = feed.next();
      feed.at_end = block.empty();
      if (!block.empty()) feed.show(block);
      return block.empty() ? 0 : 1;
    } catch (...) {
      feed.failure = std::current_exception();
      return 0;
    }
  }

  /// The blocks start again by themselves after their end; a pass that XGBoost leaves early is played to its end.
  static void reset(DataIterHandle self) {
    auto& feed = *static_cast<BlockFeed*>(self);
    if (feed.failure) return;
    try {
      while (!feed.at_end) feed.at_end = feed.next().empty();
      feed.at_end = false;
    } catch (...) {
      feed.failure = std::current_exception();
    }
  }
};

std::shared_ptr<void> booster_of(const std::vector<DMatrixHandle>& matrices) {
  silence();
  BoosterHandle handle = nullptr;
  try_xgboost(XGBoosterCreate(matrices.data(), matrices.size(), &handle));
  return {handle, [](void* booster) { XGBoosterFree(booster); }};
}

constexpr const char* predict_margins =
    R"({"type": 1, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false,
        "cache_id": 0, "missing": NaN})";
constexpr const char* predict_cached =
    R"({"type": 1, "training": true, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})";
constexpr const char* predict_contributions =
    R"({"type": 2, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})";

}  // namespace

BinnedMatrix::BinnedMatrix(const std::vector<FeatureKind>& kinds, const NextBlock& next, std::size_t threads,
                           const BinnedMatrix* bins_of) {
  silence();
  BlockFeed feed{.kinds = kinds, .next = next, .proxy = proxy_matrix(), .at_end = true, .failure = {}};
  const auto config = fmt::format(R"({{"missing": NaN, "nthread": {}, "max_bin": 256}})", threads);
  DMatrixHandle handle = nullptr;
  const int status =
      XGQuantileDMatrixCreateFromCallback(&feed, feed.proxy.get(), bins_of ? bins_of->handle() : nullptr,
                                          &BlockFeed::reset, &BlockFeed::pull, config.c_str(), &handle);
  if (handle != nullptr) handle_ = {handle, [](void* matrix) { XGDMatrixFree(matrix); }};
  if (feed.failure) std::rethrow_exception(feed.failure);
  try_xgboost(status);
}

std::size_t BinnedMatrix::rows() const {
  bst_ulong rows = 0;
  try_xgboost(XGDMatrixNumRow(handle_.get(), &rows));
  return rows;
}

Booster::Booster(const Settings& settings, double base, const BinnedMatrix& train,
                 const BinnedMatrix* stopping) {
  std::vector<DMatrixHandle> matrices = {train.handle()};
  if (stopping != nullptr) matrices.push_back(stopping->handle());
  handle_ = booster_of(matrices);
  for (const auto& [name, value] : settings)
    try_xgboost(XGBoosterSetParam(handle_.get(), name.c_str(), value.c_str()));
  // reg:squarederror leaves margins as they are; its slopes are never asked for.
  try_xgboost(XGBoosterSetParam(handle_.get(), "objective", "reg:squarederror"));
  try_xgboost(XGBoosterSetParam(handle_.get(), "base_score", fmt::format("{:.9g}", base).c_str()));
}

void Booster::grow(const BinnedMatrix& train, LossSlopes& slopes) {
  check(slopes.slope.size() == train.rows() && slopes.curvature.size() == train.rows(),
        "a slope for each row");
  try_xgboost(XGBoosterBoostOneIter(handle_.get(), train.handle(), slopes.slope.data(),
                                    slopes.curvature.data(), slopes.slope.size()));
}

std::span<const float> Booster::margins(const BinnedMatrix& rows) const {
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  try_xgboost(XGBoosterPredictFromDMatrix(handle_.get(), rows.handle(), predict_cached, &shape, &dimensions,
                                          &result));
  return {result, rows.rows()};
}

void Booster::margins(std::span<const float> values, std::span<float> to) const {
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  const auto array = array_of(values, values.size() / to.size());
  try_xgboost(XGBoosterPredictFromDense(handle_.get(), array.c_str(), predict_margins, nullptr, &shape,
                                        &dimensions, &result));
  std::copy_n(result, to.size(), to.begin());
}

void Booster::add_contributions(std::span<const float> values, std::size_t columns, double weight,
                                std::span<double> to) const {
  const std::size_t rows = values.size() / columns;
  DMatrixHandle matrix = nullptr;
  try_xgboost(XGDMatrixCreateFromDense(array_of(values, columns).c_str(), R"({"missing": NaN, "nthread": 1})",
                                       &matrix));
  const std::shared_ptr<void> owner(matrix, [](void* m) { XGDMatrixFree(m); });
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  try_xgboost(XGBoosterPredictFromDMatrix(handle_.get(), matrix, predict_contributions, &shape, &dimensions,
                                          &result));
  // One more column at the end is the mean margin.
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column)
      to[row * columns + column] += weight * result[row * (columns + 1) + column];
  }
}

std::vector<double> Booster::gains(std::size_t columns) const {
  bst_ulong names = 0, dimensions = 0;
  const char** name = nullptr;
  const bst_ulong* shape = nullptr;
  const float* score = nullptr;
  try_xgboost(XGBoosterFeatureScore(handle_.get(), R"({"importance_type": "total_gain"})", &names, &name,
                                    &dimensions, &shape, &score));
  std::vector<double> gains(columns);
  for (bst_ulong i = 0; i < names; ++i) {
    const auto column = static_cast<std::size_t>(std::stoul(name[i] + 1));  // "f12"
    check(column < columns, "a gain of a column that exists");
    gains[column] = score[i];
  }
  return gains;
}

std::size_t Booster::trees() const {
  int rounds = 0;
  try_xgboost(XGBoosterBoostedRounds(handle_.get(), &rounds));
  return static_cast<std::size_t>(rounds);
}

Booster Booster::first(std::size_t trees) const {
  BoosterHandle handle = nullptr;
  try_xgboost(XGBoosterSlice(handle_.get(), 0, static_cast<int>(trees), 1, &handle));
  Booster part;
  part.handle_ = {handle, [](void* booster) { XGBoosterFree(booster); }};
  part.settle();
  return part;
}

std::vector<std::byte> Booster::bytes() const {
  bst_ulong size = 0;
  const char* data = nullptr;
  try_xgboost(XGBoosterSaveModelToBuffer(handle_.get(), R"({"format": "ubj"})", &size, &data));
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  return {begin, begin + size};
}

Booster Booster::of_bytes(std::span<const std::byte> bytes) {
  Booster booster;
  booster.handle_ = booster_of({});
  try_xgboost(XGBoosterLoadModelFromBuffer(booster.handle_.get(), bytes.data(), bytes.size()));
  booster.settle();
  return booster;
}

/// One thread, because a wake-up costs more than a small block; and XGBoost's own preparation before the first prediction,
/// so that several threads may predict afterwards.
void Booster::settle() {
  try_xgboost(XGBoosterSetParam(handle_.get(), "nthread", "1"));
  bst_ulong columns = 0;
  try_xgboost(XGBoosterGetNumFeature(handle_.get(), &columns));
  const std::vector<float> row(columns);
  float margin = 0;
  margins(row, {&margin, 1});
}

}  // namespace perennial
