#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace perennial {

/// respond/units.csv, of which the values in respond/expected.txt were computed.
struct RespondUnits {
  std::vector<double> outcome;        ///< y
  std::vector<std::uint8_t> treated;  ///< w
  std::vector<double> score;          ///< s
  std::vector<double> before;         ///< pre
};

inline RespondUnits read_respond_units() {
  std::ifstream file(PERENNIAL_SOURCE_DIR "/tests/golden/respond/units.csv");
  if (!file) throw std::runtime_error("tests/golden/respond/units.csv is missing");
  RespondUnits units;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<double> values;
    for (std::string cell; std::getline(cells, cell, ',');)
      values.push_back(std::strtod(cell.c_str(), nullptr));
    units.outcome.push_back(values.at(0));
    units.treated.push_back(static_cast<std::uint8_t>(values.at(1)));
    units.score.push_back(values.at(2));
    units.before.push_back(values.at(4));
  }
  return units;
}

}  // namespace perennial
