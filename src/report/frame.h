#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "respond/statistics/estimate.h"

namespace perennial {

/// One thing that a report compares; its colour is its place among the palette's.
struct FrameSeries {
  std::string name;
  std::size_t slot = 1;
};

/// What a report of the second lever has around its blocks.
struct Frame {
  std::string title;     ///< "response evaluate: posts"
  std::string headline;  ///< the result in one sentence
  std::vector<std::string> warnings;
  std::vector<std::string> lead;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<FrameSeries> series;  ///< at least one
  std::string footer;
};

/// report.html: one self-contained page; blocks as in web/src/page.ts, null ones are left out.
std::string render_frame(const Frame& frame, const std::vector<nlohmann::ordered_json>& blocks);

// Pieces that blocks are made of.

/// {"mean", "low", "high"}; where the interval has no bound, no whisker.
nlohmann::ordered_json whisker_json(double mean, double low, double high);

/// A table's cell: text, and smaller text below it.
nlohmann::ordered_json cell_json(std::string text, std::string under = "");

/// The estimate with its sign, its interval below.
nlohmann::ordered_json estimate_cell(const Estimate& estimate);

/// The same of a share, in percent.
nlohmann::ordered_json percent_cell(double mean, double low, double high);

/// "p = 0.012", "p < 0.0001".
std::string p_words(double p);

/// "+4.6%".
std::string signed_percent_words(double share);

}  // namespace perennial
