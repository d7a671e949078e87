#include "report/layout.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

double nice_step(double rough) {
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double multiple : {1.0, 2.0, 2.5, 5.0}) {
    if (multiple * power >= rough * 0.999) return multiple * power;
  }
  return 10 * power;
}

}  // namespace

TickRange tick_range(double least, double most, int count) {
  if (most <= least) {
    const double margin = least == 0 ? 0.5 : std::abs(least) / 2;
    least -= margin;
    most = least + 2 * margin;
  }
  const double step = nice_step((most - least) / count);
  return {std::floor(least / step + 1e-9) * step, std::ceil(most / step - 1e-9) * step, step};
}

std::vector<double> moved_apart(const std::vector<double>& wanted, double gap, double low, double high) {
  struct Group {
    double first;
    std::size_t size;
  };
  const auto held = [&](Group group) {
    const double room = std::max(low, high - static_cast<double>(group.size - 1) * gap);
    return Group{std::clamp(group.first, low, room), group.size};
  };
  const auto end = [&](const Group& group) { return group.first + static_cast<double>(group.size) * gap; };
  std::vector<Group> groups;
  for (const double position : wanted) {
    Group group = held({position, 1});
    while (!groups.empty() && end(groups.back()) > group.first) {
      const Group before = groups.back();
      groups.pop_back();
      const auto front = static_cast<double>(before.size);
      const auto back = static_cast<double>(group.size);
      const double start = (before.first * front + (group.first - front * gap) * back) / (front + back);
      group = held({start, before.size + group.size});
    }
    groups.push_back(group);
  }
  std::vector<double> places;
  for (const Group& group : groups) {
    for (std::size_t i = 0; i < group.size; ++i) {
      const double at = group.first + static_cast<double>(i) * gap;
      places.push_back(places.empty() ? at : std::max(at, places.back() + gap));
    }
  }
  return places;
}

}  // namespace perennial
