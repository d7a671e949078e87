#include "world/perceived_clicks.h"

#include "base/check.h"

namespace perennial {
namespace {

void add_at(std::vector<double>& sums, std::size_t at, double weight) {
  if (at >= sums.size()) sums.resize(at + 1);
  sums[at] += weight;
}

}  // namespace

PerceivedClicks PerceivedClicks::by_weight(std::size_t genres) {
  check(genres > 0, "clicks by weight need genres");
  PerceivedClicks perceived;
  perceived.genres_ = genres;
  return perceived;
}

void PerceivedClicks::add(const Items& items, ItemId item, double weight) {
  check(weighted(), "clicks that are not weighted are counted elsewhere");
  add_at(on_item_, item, weight);
  add_at(in_genre_, items.creator[item] * genres_ + items.genre[item], weight);
}

}  // namespace perennial
