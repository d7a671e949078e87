#include "report/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "report/curves.h"
#include "report/layout.h"
#include "report/palette.h"
#include "report/words.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

constexpr double left = 62, right = 632, top = 88, bottom = 366;  // of the plot, in the picture's 900 x 420

constexpr std::size_t most_two_line_labels = 8;  // more would overlap

/// One policy's curve and where it stands.
struct Drawn {
  const ComparedPolicy* policy;
  std::size_t slot;
  std::vector<Interval> curve;
};

struct Scale {
  std::vector<std::size_t> rounds;  // drawn ones, from 0
  TickRange value;

  double x(std::size_t i) const {
    const auto span = std::max<double>(1, static_cast<double>(rounds.back()));
    return left + (right - left) * static_cast<double>(rounds[i]) / span;
  }
  double y(double v) const { return bottom - (bottom - top) * (v - value.low) / (value.high - value.low); }
};

std::string colour_rules(const std::array<std::string_view, 8>& colours) {
  std::string variables;
  for (std::size_t i = 0; i < colours.size(); ++i) variables += fmt::format(".c{}{{--c:{}}}", i, colours[i]);
  return variables;
}

constexpr const char* rules = R"(
text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;fill:var(--text)}
.title{font-size:19px;font-weight:700}
.soft{fill:var(--soft);font-size:12px;font-weight:400}
.name{fill:var(--c);font-weight:700}
.grid{stroke:var(--line)}
.axis{stroke:var(--soft)}
.curve{fill:none;stroke:var(--c);stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}
.truth{stroke-dasharray:6 5}
.again{stroke-dasharray:.1 5}
.band{fill:var(--c);opacity:.13}
.lead{stroke:var(--c);opacity:.6}
)";

std::string style() {
  return fmt::format(
      "<style>svg{{--page:#fff;--text:#1c2126;--soft:#5c656e;--line:#e1e4e8}}{}\n"
      "@media(prefers-color-scheme:dark)"
      "{{svg{{--page:#14171a;--text:#e6e9ec;--soft:#a0a9b2;--line:#30373d}}{}}}{}</style>",
      colour_rules(light_colours), colour_rules(dark_colours), rules);
}

std::string frame(const Scale& scale, std::size_t window) {
  std::string svg;
  const auto& value = scale.value;
  const auto steps = static_cast<int>((value.high - value.low) / value.step + 0.5);
  for (int i = 0; i <= steps; ++i) {
    const double v = value.low + i * value.step;
    svg += fmt::format("<line class='grid' x1='{0}' x2='{1}' y1='{2:.1f}' y2='{2:.1f}'/>", left, right,
                       scale.y(v));
    svg += fmt::format("<text class='soft' text-anchor='end' x='{}' y='{:.1f}'>{:g}</text>", left - 8,
                       scale.y(v) + 4, v);
  }
  svg += fmt::format("<line class='axis' x1='{0}' x2='{1}' y1='{2}' y2='{2}'/>", left, right, bottom);
  const auto last = static_cast<double>(scale.rounds.back() + 1);
  const TickRange ticks = tick_range(0, last, 5);
  for (double round = 0; round <= last; round += ticks.step) {
    const double shown = std::max(1.0, round);
    const double x = left + (right - left) * (shown - 1) / std::max(1.0, last - 1);
    svg += fmt::format("<text class='soft' text-anchor='middle' x='{:.1f}' y='{}'>{:g}</text>", x,
                       bottom + 18, shown);
  }
  const std::string smooth = window > 1 ? fmt::format(" (moving average over {})", window) : "";
  return svg + fmt::format("<text class='soft' text-anchor='middle' x='{}' y='{}'>Round{}</text>",
                           (left + right) / 2, bottom + 38, smooth);
}

/// As in the page: dashed for what uses the truth, dotted where colours start again.
const char* dash_of(const Drawn& drawn) {
  if (drawn.policy->uses_truth) return " truth";
  return drawn.slot >= light_colours.size() ? " again" : "";
}

std::string curve_path(const Scale& scale, const Drawn& drawn) {
  std::string line, band, back;
  for (std::size_t i = 0; i < drawn.curve.size(); ++i) {
    const char* step = i == 0 ? "M" : "L";
    line += fmt::format("{}{:.1f} {:.1f}", step, scale.x(i), scale.y(drawn.curve[i].mean));
    band += fmt::format("{}{:.1f} {:.1f}", step, scale.x(i), scale.y(drawn.curve[i].low));
    const std::size_t j = drawn.curve.size() - 1 - i;
    back += fmt::format("L{:.1f} {:.1f}", scale.x(j), scale.y(drawn.curve[j].high));
  }
  const char* dot = drawn.curve.size() == 1 ? "h.01" : "";  // a line of no length draws nothing
  return fmt::format("<g class='c{}'><path class='band' d='{}{}Z'/><path class='curve{}' d='{}'/></g>",
                     drawn.slot % light_colours.size(), band, back, dash_of(drawn), line + dot);
}

/// Name and mean beside a line's end: two lines with the interval, or one where there are many policies.
std::string label(const Drawn& drawn, double from, double at, bool has_interval, bool is_short) {
  const Interval clicks = interval_of(seed_values(*drawn.policy, Metric::clicks));
  const std::string lead = fmt::format("<line class='lead' x1='{}' y1='{:.1f}' x2='{}' y2='{:.1f}'/>",
                                       right + 4, from, right + 20, at);
  const std::string range = has_interval ? fmt::format("  ({})", range_words(clicks)) : "";
  const std::string beside = is_short                   ? "  " + number_words(clicks.mean)
                             : drawn.policy->uses_truth ? "  uses the truth"
                                                        : "";
  const std::string below = is_short ? "" : number_words(clicks.mean) + range;
  return fmt::format(
      "<g class='c{}'>{}<text class='name' x='{}' y='{:.1f}' xml:space='preserve'>{}<tspan "
      "class='soft'>{}</tspan></text>"
      "<text class='soft' x='{}' y='{:.1f}' xml:space='preserve'>{}</text></g>",
      drawn.slot % light_colours.size(), lead, right + 26, at + (is_short ? 4 : 1),
      markup_words(drawn.policy->shown()), beside, right + 26, at + 16, below);
}

/// Names beside the lines' ends with the run's mean below, moved apart.
std::string labels(const Scale& scale, std::vector<Drawn> drawn, bool has_interval) {
  std::ranges::stable_sort(
      drawn, [](const Drawn& a, const Drawn& b) { return a.curve.back().mean > b.curve.back().mean; });
  std::vector<double> ends;
  ends.reserve(drawn.size());
  for (const Drawn& one : drawn) ends.push_back(scale.y(one.curve.back().mean));
  const bool is_short = drawn.size() > most_two_line_labels;
  const double gap = is_short ? std::min(16.0, (bottom - top) / static_cast<double>(drawn.size())) : 35;
  const auto places = moved_apart(ends, gap, top - 6, bottom - 12);
  std::string svg;
  for (std::size_t i = 0; i < drawn.size(); ++i)
    svg += label(drawn[i], ends[i], places[i], has_interval, is_short);
  return svg;
}

std::string heading(const Comparison& comparison) {
  const bool has_intervals = comparison.seeds.size() > 1;
  const std::string sure =
      has_intervals ? fmt::format("{} seeds, bands are 95% confidence intervals", comparison.seeds.size())
                    : "one seed";
  return fmt::format(
      "<text class='title' x='24' y='36'>Clicks per round, by what creators are told to make</text>"
      "<text class='soft' x='24' y='57'>{} world, {} setting (simulated), {}</text>"
      "<text class='soft' x='{}' y='57'>Mean of the whole run{}</text>",
      markup_words(comparison.world), markup_words(comparison.setting), sure, right + 26,
      has_intervals && comparison.policies.size() <= most_two_line_labels ? " (interval)" : "");
}

Scale scale_of(const std::vector<Drawn>& drawn, std::vector<std::size_t> rounds) {
  double least = drawn.front().curve.front().low, most = least;
  for (const Drawn& one : drawn) {
    for (const Interval& point : one.curve) {
      least = std::min(least, point.low);
      most = std::max(most, point.high);
    }
  }
  return {std::move(rounds), tick_range(least, most, 5)};
}

}  // namespace

std::string render_picture(const Comparison& comparison) {
  const std::size_t window = smoothing_window(comparison.rounds);
  const auto rounds = drawn_rounds(comparison.rounds, 200);
  const auto slots = colour_slots(comparison);
  std::vector<Drawn> drawn;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const ComparedPolicy& policy = comparison.policies[i];
    drawn.push_back({&policy, slots[i], curve_of(policy, Metric::clicks, window, rounds)});
  }
  const Scale scale = scale_of(drawn, rounds);
  std::string svg =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 420' width='900' height='420' role='img' "
      "aria-label='Clicks per round of every policy'>" +
      style() + "<rect width='900' height='420' rx='10' style='fill:var(--page)'/>" + heading(comparison) +
      frame(scale, window);
  for (const Drawn& one : drawn) svg += curve_path(scale, one);
  return svg + labels(scale, drawn, comparison.seeds.size() > 1) + "</svg>\n";
}

}  // namespace perennial
