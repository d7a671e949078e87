#pragma once

#include <span>

#include "world/ids.h"

namespace perennial {

/// What only a simulator can know. Handed to policies that are marked as using the truth, and to nobody else.
struct Truth {
  std::size_t genres;
  std::span<const double> click_probability;  ///< users x genres, for an item of quality 1
  std::span<const double> user_activity;      ///< row = UserId
  std::span<const double> trust;              ///< row = CreatorId
  std::span<const double> quality;            ///< creators x genres, expected quality of the next item
};

}  // namespace perennial
