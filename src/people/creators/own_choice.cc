#include "people/creators/own_choice.h"

#include <algorithm>
#include <cmath>

namespace perennial {

void average_clicks_by_genre(const CreatorRecords& records, const PerceivedClicks& perceived,
                             CreatorId creator, std::span<double> averages) {
  for (std::size_t g = 0; g < averages.size(); ++g)
    averages[g] = perceived.average(records, creator, static_cast<GenreId>(g));
}

void items_by_genre(const CreatorRecords& records, CreatorId creator, std::span<double> counts) {
  for (std::size_t g = 0; g < counts.size(); ++g) {
    const auto genre = static_cast<GenreId>(g);
    counts[g] = records.history(creator, genre) + records.made(creator, genre);
  }
}

void normalise(std::span<double> vector) {
  double squares = 0;
  for (const double x : vector) squares += x * x;
  if (squares <= 0) return;
  const double length = std::sqrt(squares);
  for (double& x : vector) x /= length;
}

GenreId largest(std::span<const double> values) {
  return static_cast<GenreId>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace perennial
