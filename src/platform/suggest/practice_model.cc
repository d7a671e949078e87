#include "platform/suggest/practice_model.h"

#include <algorithm>

namespace perennial {
namespace {

constexpr std::uint8_t at_home = 0;
/// The least number of items made of classes 1, 2, ..
constexpr std::array<std::uint32_t, PracticeModel::classes - 1> least_made = {0, 1, 2, 3, 5, 8, 12, 18};
/// Clicks that an average item's quality counts for.
constexpr double prior_clicks = 10;

std::uint8_t class_of_count(std::uint32_t made) {
  const auto above = std::upper_bound(least_made.begin(), least_made.end(), made);
  return static_cast<std::uint8_t>(above - least_made.begin());
}

}  // namespace

std::uint8_t PracticeModel::class_of(const CreatorRecords& records, CreatorId creator, GenreId genre) {
  return records.history(creator, genre) > 0 ? at_home : class_of_count(records.made(creator, genre));
}

void PracticeModel::add(const PracticeModel& other) {
  for (std::size_t c = 0; c < classes; ++c) {
    expected_[c] += other.expected_[c];
    clicked_[c] += other.clicked_[c];
  }
}

bool PracticeModel::measured() const {
  return std::ranges::any_of(expected_, [](double clicks) { return clicks > 0; });
}

double PracticeModel::quality(std::uint8_t practice_class) const {
  return (clicked_[practice_class] + prior_clicks) / (expected_[practice_class] + prior_clicks);
}

double PracticeModel::quality_of_next(const CreatorRecords& records, CreatorId creator, GenreId genre,
                                      std::size_t items) const {
  if (records.history(creator, genre) > 0) return quality(at_home);
  double sum = 0;
  for (std::uint32_t ahead = 0; ahead < items; ++ahead)
    sum += quality(class_of_count(records.made(creator, genre) + ahead));
  return sum / static_cast<double>(items);
}

}  // namespace perennial
