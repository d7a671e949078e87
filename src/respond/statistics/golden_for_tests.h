#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "paths_for_tests.h"

namespace perennial {

/// A CSV of numbers with a header line, from tests/golden/respond, by column. The tests' own, so short.
inline std::map<std::string, std::vector<double>> golden_columns(const std::string& name) {
  std::ifstream file(PERENNIAL_SOURCE_DIR "/tests/golden/respond/" + name);
  EXPECT_TRUE(file) << name << " is missing";
  std::string line, cell;
  std::vector<std::string> names;
  std::getline(file, line);
  for (std::istringstream cells(line); std::getline(cells, cell, ',');) names.push_back(cell);
  std::map<std::string, std::vector<double>> columns;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    for (std::size_t i = 0; i < names.size() && std::getline(cells, cell, ','); ++i) {
      if (cell.find_first_not_of(" 0123456789+-.eE") == std::string::npos)
        columns[names[i]].push_back(std::stod(cell));
    }
  }
  return columns;
}

/// The 4,000 units of an experiment that golden values are of: y outcome, w treated, s score, st the score with ties, pre
/// outcome before, cl cluster, dr doubly robust score.
inline const std::map<std::string, std::vector<double>>& golden_units() {
  static const auto columns = golden_columns("units.csv");
  return columns;
}

}  // namespace perennial
