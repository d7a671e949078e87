#include "base/logging.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

constexpr spdlog::level::level_enum spdlog_levels[] = {
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err, spdlog::level::off};

}  // namespace

const std::vector<std::string>& log_levels() {
  static const std::vector<std::string> levels = {"debug", "info", "warning", "error", "off"};
  return levels;
}

void start_logging(std::string_view level) {
  const auto& levels = log_levels();
  const auto found = std::find(levels.begin(), levels.end(), level);
  if (found == levels.end()) {
    throw Error(ErrorCode::invalid_argument,
                "no such log level: '" + std::string(level) + "'" + name_hint(level, levels));
  }
  auto logger =
      std::make_shared<spdlog::logger>("perennial", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_pattern("%H:%M:%S %^%l%$ %v");
  logger->set_level(spdlog_levels[std::distance(levels.begin(), found)]);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace perennial
