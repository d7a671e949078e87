#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "io/archive.h"
#include "world/creator_records.h"

namespace perennial {

/// What the platform can tell of practice from its own logs: how many clicks items draw, against what their viewers' click
/// rates promise, by how often their creators had made that genre before. One curve for all creators and genres.
class PracticeModel {
 public:
  /// Classes of practice: at home (made it before round 1), else by items made there since.
  static constexpr std::size_t classes = 9;
  static std::uint8_t class_of(const CreatorRecords& records, CreatorId creator, GenreId genre);

  /// Takes in one impression of an item of that class.
  void learn(std::uint8_t practice_class, double expected_clicks, bool clicked) {
    expected_[practice_class] += expected_clicks;
    clicked_[practice_class] += clicked ? 1 : 0;
  }

  /// Takes in all that another one has.
  void add(const PracticeModel& other);

  /// Has it taken in any impression?
  bool measured() const;

  /// Quality relative to the average item shown; 1 for classes not seen yet.
  double quality(std::uint8_t practice_class) const;

  /// Mean quality of a creator's next `items` items in a genre, >= 1, if it made only that; the next one's for 1.
  double quality_of_next(const CreatorRecords& records, CreatorId creator, GenreId genre,
                         std::size_t items) const;

  void persist(Archive& archive) { archive(expected_, clicked_); }

 private:
  std::array<double, classes> expected_{};
  std::array<double, classes> clicked_{};
};

}  // namespace perennial
