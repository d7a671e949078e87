#include "people/creators/skill.h"

#include <cmath>

namespace perennial {

Fields Skill::fields() {
  Fields fields;
  fields
      .real("floor", floor_, {0, 1},
            "quality of a first item outside one's home genres; 1 = practice does not matter")
      .real("practice", practice_, {0.001, 1e6}, "items it takes to close 63% of the gap to quality 1")
      .real("noise", noise_, {0, 3}, "standard deviation of log quality from item to item");
  return fields;
}

double Skill::expected(const CreatorRecords& records, CreatorId creator, GenreId genre) const {
  if (floor_ >= 1 || records.history(creator, genre) > 0) return 1;
  return floor_ + (1 - floor_) * (1 - std::exp(-double(records.made(creator, genre)) / practice_));
}

double Skill::of_new_item(const CreatorRecords& records, CreatorId creator, GenreId genre,
                          const Draws& draws) const {
  const double quality = expected(records, creator, genre);
  if (noise_ == 0) return quality;
  return quality * std::exp(noise_ * draws.normal(creator) - noise_ * noise_ / 2);
}

}  // namespace perennial
