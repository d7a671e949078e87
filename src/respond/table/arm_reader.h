#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "respond/table/creator_table.h"

namespace perennial {

/// What an arm is called without a mapping: "treatment", "1", "true", .. in any case; nothing for other words.
std::optional<Arm> arm_of_name(std::string_view value);

/// Turns the arm column's texts into arms, by a mapping or by their names, and keeps count of what it met.
class ArmReader {
 public:
  ArmReader(std::string column, std::map<std::string, Arm> mapping);

  /// Nothing for a row to leave out: a missing arm, or a value that the mapping does not have.
  std::optional<Arm> read(std::string_view value);

  /// To be called when all is read; appends sentences for rows left out. Throws Error(invalid_data) for values that do not
  /// tell themselves apart, mapped values that never came, and fewer than `fewest` creators in treatment or control.
  void finish(std::size_t fewest, std::vector<std::string>& warnings) const;

 private:
  void refuse_unknown() const;
  void require_mapped() const;
  void require_both(std::size_t fewest) const;
  std::string values_met() const;

  struct Met {
    std::optional<Arm> arm;
    std::uint64_t rows = 0;
  };
  std::string column_;
  std::map<std::string, Arm> mapping_;
  std::map<std::string, Met, std::less<>> met_;
  std::uint64_t missing_ = 0;
};

}  // namespace perennial
