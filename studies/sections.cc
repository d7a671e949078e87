#include "studies/section.h"

namespace perennial::studies {

std::vector<std::unique_ptr<Section>> all_sections() {
  std::vector<std::unique_ptr<Section>> sections;
  for (const auto& make : {every_setting, lockin_claims, lore_as_printed, video_games, trust, transfer,
                           ablations, training_time})
    sections.push_back(make());
  return sections;
}

}  // namespace perennial::studies
