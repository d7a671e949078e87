#include "respond/table/arm_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/error.h"

namespace perennial {
namespace {

constexpr std::size_t most_values = 1000;  // an arm column with more is another column

constexpr std::string_view treatment_names[] = {"treatment", "treated", "treat", "test", "boost",
                                                "boosted",   "true",    "t",     "1"};
constexpr std::string_view control_names[] = {"control", "controls", "false", "c", "f", "0"};
constexpr std::string_view untouched_names[] = {"untouched", "outside"};

bool is_one_of(std::string_view value, std::span<const std::string_view> names) {
  return std::ranges::find(names, value) != names.end();
}

/// A whole number that the engine wrote as a real, "1.0", is the number.
std::string_view without_zero(std::string_view value) {
  if (value == "1.0" || value == "0.0") value.remove_suffix(2);
  return value;
}

}  // namespace

std::optional<Arm> arm_of_name(std::string_view value) {
  std::string lower(without_zero(value));
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (is_one_of(lower, treatment_names)) return Arm::treatment;
  if (is_one_of(lower, control_names)) return Arm::control;
  if (is_one_of(lower, untouched_names)) return Arm::untouched;
  return std::nullopt;
}

ArmReader::ArmReader(std::string column, std::map<std::string, Arm> mapping)
    : column_(std::move(column)), mapping_(std::move(mapping)) {}

std::optional<Arm> ArmReader::read(std::string_view value) {
  if (value.empty()) {
    ++missing_;
    return std::nullopt;
  }
  auto met = met_.find(value);
  if (met == met_.end()) {
    if (met_.size() == most_values) refuse_unknown();
    met = met_.emplace(std::string(value), Met{}).first;
    if (mapping_.empty()) {
      met->second.arm = arm_of_name(value);
    } else if (const auto mapped = mapping_.find(std::string(without_zero(value)));
               mapped != mapping_.end()) {
      met->second.arm = mapped->second;
    } else if (const auto exact = mapping_.find(std::string(value)); exact != mapping_.end()) {
      met->second.arm = exact->second;
    }
  }
  ++met->second.rows;
  return met->second.arm;
}

std::string ArmReader::values_met() const {
  std::string names;
  std::size_t named = 0;
  for (const auto& [value, met] : met_) {
    if (++named > 6) break;
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", value);
  }
  return met_.size() > 6 ? fmt::format("{} and {} more", names, met_.size() - 6) : names;
}

void ArmReader::refuse_unknown() const {
  throw Error(ErrorCode::invalid_data,
              fmt::format("column '{}' holds {}, which do not say which is which: map them, as in "
                          "--arm-values treatment=X,control=Y",
                          column_, values_met()));
}

void ArmReader::require_mapped() const {
  for (const auto& mapped : mapping_) {
    const std::string& value = mapped.first;
    const auto same = [&](const auto& met) { return met.first == value || without_zero(met.first) == value; };
    if (std::ranges::any_of(met_, same)) continue;
    throw Error(ErrorCode::invalid_data,
                fmt::format("column '{}' never holds '{}', which --arm-values maps; it holds {}", column_,
                            value, values_met()));
  }
}

void ArmReader::require_both(std::size_t fewest) const {
  std::uint64_t rows[3] = {};
  for (const auto& [value, met] : met_) {
    if (met.arm) rows[static_cast<std::size_t>(*met.arm)] += met.rows;
  }
  for (const auto& [arm, name, other] : {std::tuple{Arm::treatment, "treatment", "control"},
                                         std::tuple{Arm::control, "control", "treatment"}}) {
    const auto found = rows[static_cast<std::size_t>(arm)];
    if (found == 0) {
      throw Error(ErrorCode::invalid_data, fmt::format("column '{}' puts nobody into {}: there is nothing to "
                                                       "compare {} with",
                                                       column_, name, other));
    }
    if (found < fewest) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("only {} creators in {}: too few to tell anything, at least {} are needed in "
                              "each arm",
                              found, name, fewest));
    }
  }
}

void ArmReader::finish(std::size_t fewest, std::vector<std::string>& warnings) const {
  if (mapping_.empty() && std::ranges::any_of(met_, [](const auto& met) { return !met.second.arm; })) {
    refuse_unknown();
  }
  require_mapped();
  require_both(fewest);
  for (const auto& [value, met] : met_) {
    if (met.arm) continue;
    warnings.push_back(
        fmt::format("{} rows with {} '{}' are left out: it stands for no arm", met.rows, column_, value));
  }
  if (missing_ > 0) {
    warnings.push_back(fmt::format("{} rows without {} are left out", missing_, column_));
  }
}

}  // namespace perennial
