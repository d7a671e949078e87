#include "respond/panel/moment.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "base/error.h"

namespace perennial {

MomentSeconds parse_moment(std::string_view place, std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, read = 0, rest = 0;
  const std::string typed(text);
  const auto length = static_cast<int>(typed.size());
  bool whole = std::sscanf(typed.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &read) == 3;
  if (whole && read < length) {
    whole = std::sscanf(typed.c_str() + read, "%*1[T ]%2d:%2d:%2d%n", &hour, &minute, &second, &rest) == 3 &&
            read + rest == length;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  const bool clock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!whole || !date.ok() || !clock) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} '{}': must be a day as 2026-03-01, or with a time as '2026-03-01 10:00:00'",
                            place, text));
  }
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return static_cast<MomentSeconds>(days) * 86400 + hour * 3600 + minute * 60 + second;
}

std::string moment_text(MomentSeconds moment) {
  const auto since_epoch = std::chrono::sys_seconds(std::chrono::seconds(moment));
  const auto day = std::chrono::floor<std::chrono::days>(since_epoch);
  const std::chrono::year_month_day date(day);
  const auto rest = (since_epoch - day).count();
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), rest / 3600,
                     rest / 60 % 60, rest % 60);
}

}  // namespace perennial
