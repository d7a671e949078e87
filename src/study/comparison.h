#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simulate/run_result.h"

namespace perennial {

/// One policy of a comparison, played on every seed.
struct ComparedPolicy {
  std::string name;
  std::string summary;          ///< what it is, one sentence
  bool uses_truth = false;      ///< reads what only a simulator can know
  std::vector<RunResult> runs;  ///< same order as Comparison::seeds
  std::string label = {};       ///< for people, where the name holds a folder's long path; empty = the name

  const std::string& shown() const { return label.empty() ? name : label; }
};

/// The result of playing several policies on the same seeds: everything a report shows.
struct Comparison {
  std::string command = "compare";
  std::string world;
  std::string setting;
  std::string recommender;
  std::string reranker;   ///< "none" where slates are the ranker's
  std::string incentive;  ///< "none" where every click counts the same to creators
  std::string user_model;
  std::string creator_model;
  std::size_t users = 0, creators = 0, slate = 0;
  std::vector<std::string> genres;
  std::uint32_t rounds = 0;
  std::vector<std::uint64_t> seeds;
  std::vector<ComparedPolicy> policies;
  std::vector<std::pair<std::string, std::string>> settings;  ///< effective config: dotted key, value as TOML
  double cpu_seconds = 0;                                     ///< of all runs together
  double wall_seconds = 0;
  std::uint64_t impressions = 0;
  std::string result_hash;  ///< 16 hex digits over all metrics of all runs; the same at any thread count
};

}  // namespace perennial
