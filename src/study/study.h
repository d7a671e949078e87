#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/comparison.h"
#include "study/study_file.h"

namespace perennial {

/// A study's result: everything a report shows.
struct Study {
  StudyFile file;
  std::vector<std::string> overrides;  ///< what the command line changed, in words
  std::vector<Comparison> worlds;      ///< as in the file; their policies are the file's arms, in order
  std::vector<std::uint64_t> seeds;
  std::size_t runs = 0, runs_kept = 0;  ///< all of them; those found finished in the folder, not played again
  double cpu_seconds = 0;               ///< of all runs, whenever they were played
  std::string result_hash;              ///< 16 hex digits over all worlds; the same at any number of threads

  const Comparison& world(const std::string& name) const;
  const ComparedPolicy& arm(const std::string& world, const std::string& name) const;
};

}  // namespace perennial
