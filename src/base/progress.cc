#include "base/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace perennial {
namespace {

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Columns that can be written to without wrapping.
std::size_t terminal_width(std::FILE* stream) {
  winsize size{};
  const bool known = ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : std::string_view::npos - 1;
}

double interval_seconds(ProgressStyle style) {
  return style == ProgressStyle::redraw ? 0.1 : 10.0;
}

}  // namespace

Progress::Progress(std::string label, std::uint64_t total, ProgressStyle style, Sink sink, Clock clock)
    : label_(std::move(label)),
      total_(total),
      style_(style),
      sink_(std::move(sink)),
      clock_(clock ? std::move(clock) : steady_seconds),
      start_(clock_()),
      next_show_(start_ + interval_seconds(style)) {}

Progress::~Progress() {
  if (shown_width_ > 0) sink_("\n");
}

void Progress::advance(std::uint64_t steps) {
  done_.fetch_add(steps, std::memory_order_relaxed);
  if (!sink_) return;
  const double now = clock_();
  if (now < next_show_.load(std::memory_order_relaxed)) return;
  const std::unique_lock guard(showing_, std::try_to_lock);
  if (!guard.owns_lock() || finished_ || now < next_show_.load(std::memory_order_relaxed)) return;
  next_show_.store(now + interval_seconds(style_), std::memory_order_relaxed);
  show(now);
}

void Progress::say(std::string words) {
  const std::lock_guard guard(showing_);
  words_ = std::move(words);
}

void Progress::finish() {
  const std::lock_guard guard(showing_);
  if (finished_ || !sink_) return;
  finished_ = true;
  show(clock_());
  if (style_ == ProgressStyle::redraw) sink_("\n");
  shown_width_ = 0;
}

void Progress::show(double now) {
  const auto text = line(now);
  if (style_ == ProgressStyle::lines) {
    sink_(text + "\n");
    return;
  }
  sink_(fmt::format("\r{:<{}}", text, shown_width_));
  shown_width_ = text.size();
}

std::string Progress::line(double now) const {
  const auto done = std::min(done_.load(std::memory_order_relaxed), total_);
  const double share = total_ == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total_);
  const double elapsed = now - start_;
  auto text = fmt::format("{}: {:>3}% ({} of {}), {} elapsed", label_, std::floor(100 * share), done, total_,
                          format_duration(elapsed));
  if (done > 0 && done < total_) {
    const double left = left_.load(std::memory_order_relaxed);
    text += fmt::format(", {} left", format_duration(left >= 0 ? left : elapsed * (1 - share) / share));
  }
  if (!words_.empty()) text += "; " + words_;
  return text;
}

ProgressStyle progress_style(std::FILE* stream) {
  return isatty(fileno(stream)) == 1 ? ProgressStyle::redraw : ProgressStyle::lines;
}

Progress::Sink progress_sink(std::FILE* stream) {
  return [stream](std::string_view text) {
    if (text.starts_with('\r')) text = text.substr(0, 1 + terminal_width(stream));
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fflush(stream);
  };
}

std::string format_duration(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::max(0.0, seconds)));
  const auto hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, rest);
  return fmt::format("{}:{:02}", minutes, rest);
}

}  // namespace perennial
