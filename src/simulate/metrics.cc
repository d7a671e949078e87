#include "simulate/metrics.h"

#include "simulate/run_result.h"

namespace perennial {
namespace {

struct MetricText {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<MetricText, metric_count> metric_texts = {{
    {"clicks", "Clicks per round"},
    {"impressions", "Impressions per round"},
    {"cumulative_clicks", "Clicks so far"},
    {"discounted_value", "Discounted clicks so far"},
    {"content_diversity_bits", "Content diversity, bits"},
    {"active_creators", "Active creators"},
    {"creators_present", "Creators on the platform"},
    {"active_users", "Active users"},
    {"genres_per_creator", "Genres per creator"},
    {"follow_rate", "Suggestions followed"},
    {"mean_trust", "Mean trust"},
    {"exposure_gini", "Gini of exposure over creators"},
    {"click_gini", "Gini of clicks over creators"},
    {"min_exposure_share", "Least exposure share (1 = equal)"},
    {"match_rate", "Impressions within interests"},
    {"coverage", "Candidates shown to anybody"},
    {"user_satisfaction", "Share of slate clicked"},
    {"worst_decile_satisfaction", "Share of slate clicked, worst tenth"},
}};

constexpr std::array<std::string_view, phase_count> phase_names = {"arrive", "suggest", "create",  "rank",
                                                                   "rerank", "respond", "account", "learn"};

}  // namespace

std::string_view name_of(Metric which) {
  return metric_texts[static_cast<std::size_t>(which)].name;
}
std::string_view title_of(Metric which) {
  return metric_texts[static_cast<std::size_t>(which)].title;
}
std::string_view name_of(Phase phase) {
  return phase_names[static_cast<std::size_t>(phase)];
}

}  // namespace perennial
