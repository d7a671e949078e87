#include "report/value_frame.h"

#include <fmt/format.h>

#include "report/words.h"

namespace perennial {

Frame value_frame(const ValueHeader& header, const std::string& what) {
  const ValueSettings& s = header.settings;
  Frame frame{.title = fmt::format("fork value {}: {} world, {} setting", what, header.world, header.setting),
              .headline = {},
              .warnings = {},
              .lead = {},
              .facts = {{"Run", header.run},
                        {"Under", header.run_policy},
                        {"Forked after round", whole_words(header.at)},
                        {"Others are told by", s.policy},
                        {"Rounds of a fork", whole_words(s.rounds)},
                        {"Futures", whole_words(s.futures)},
                        {"Discount", fmt::format("{:g}", s.discount)},
                        {"Recommender", header.recommender},
                        {"Seed", fmt::format("{}", header.seed)},
                        {"Result", header.result_hash}},
              .series = {},
              .footer =
                  "A simulated platform, not a real one. Beside this page: `summary.json`, `values.parquet`, "
                  "`config.toml`."};
  if (s.futures < 2)
    frame.warnings.emplace_back(
        "One future was played: there are no intervals, and chance cannot be told from value (`--futures`).");
  return frame;
}

std::string value_words(const Interval& interval, std::uint32_t futures) {
  const std::string mean = number_words(interval.mean);
  return futures < 2 ? mean : fmt::format("{} ({})", mean, range_words(interval));
}

nlohmann::ordered_json value_cell(const Interval& interval, std::uint32_t futures) {
  return cell_json(signed_words(interval.mean), futures < 2 ? "" : signed_range_words(interval));
}

nlohmann::ordered_json line_row(const char* name, const CalibrationLine& line, std::size_t count,
                                std::uint32_t futures) {
  return {
      {"name", name},
      {"cells",
       {cell_json(whole_words(count)), cell_json(signed_words(line.expected.mean)),
        value_cell(line.measured, futures), value_cell(line.slope, futures), value_cell(line.rank, futures),
        cell_json(futures < 2 ? "\u2013" : number_words(line.reliability))}}};
}

nlohmann::ordered_json line_columns(const char* things) {
  return {{{"title", things}, {"help", ""}},
          {{"title", "Number"}, {"help", ""}},
          {{"title", "Expected"}, {"help", "mean"}},
          {{"title", "Measured"}, {"help", "mean"}},
          {{"title", "Slope"}, {"help", "measured on expected"}},
          {{"title", "Rank correlation"}, {"help", "Spearman"}},
          {{"title", "Reliability"}, {"help", "of the values"}}};
}

}  // namespace perennial
