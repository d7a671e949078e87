#pragma once

#include <memory>
#include <string>
#include <vector>

#include "studies/lab.h"

namespace perennial::studies {

/// A section of the page: names the arms it needs, and when they are played writes what they say. What it writes follows
/// from the runs or holds whatever they are.
class Section {
 public:
  virtual ~Section() = default;
  virtual std::string title() const = 0;
  virtual std::vector<Arm> arms() const = 0;
  /// Markdown below the title.
  virtual std::string text(const Lab& lab) const = 0;
};

/// All of them, in the page's order. The first is number 1.
std::vector<std::unique_ptr<Section>> all_sections();

std::unique_ptr<Section> every_setting();
std::unique_ptr<Section> lockin_claims();
std::unique_ptr<Section> lore_as_printed();
std::unique_ptr<Section> video_games();
std::unique_ptr<Section> trust();
std::unique_ptr<Section> transfer();
std::unique_ptr<Section> ablations();
std::unique_ptr<Section> training_time();

}  // namespace perennial::studies
