#pragma once

#include "report/frame.h"
#include "study/fork_values.h"

namespace perennial {

/// Title, facts and footer that both reports of values have; `what` is "suggestions" or "impressions".
Frame value_frame(const ValueHeader& header, const std::string& what);

/// The mean and, with several futures, its interval: "1.2 (0.9 to 1.5)".
std::string value_words(const Interval& interval, std::uint32_t futures);
/// The same with signs, as a table's cell.
nlohmann::ordered_json value_cell(const Interval& interval, std::uint32_t futures);

/// A row of a table of calibration lines; columns: number, expected, measured, slope, rank correlation, reliability.
nlohmann::ordered_json line_row(const char* name, const CalibrationLine& line, std::size_t count,
                                std::uint32_t futures);
/// Those columns; `things` are what is counted.
nlohmann::ordered_json line_columns(const char* things);

}  // namespace perennial
