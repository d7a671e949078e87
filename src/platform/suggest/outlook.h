#pragma once

#include <vector>

#include "platform/suggest/practice_model.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// What the platform expects before a round, from its own counts: what users will click, what creators make well, what one
/// more item of each genre is worth, and who had best make what.
struct Outlook {
  std::vector<double> rates;  ///< users x genres, click rates towards GenreRate::of_users (click_rates.h)
  std::vector<double>
      quality;  ///< creators of the request x genres, of the next items there (practice_model.h)
  std::vector<double> supply;     ///< items per round and genre, if everybody repeats its last genre
  std::vector<double> drawn;      ///< clicks that one more item of a genre draws (demand.h)
  std::vector<double> displaced;  ///< clicks on what it displaces
  std::vector<GenreId> plan;      ///< per creator of the request (supply_plan.h)
};

/// How far counts are trusted, and how far ahead is looked.
struct OutlookOptions {
  double smoothing = 2;              ///< impressions that a genre's mean over users counts for in a user's
  std::size_t practice_horizon = 1;  ///< items ahead over which a creator's quality in a genre is averaged
};

Outlook make_outlook(const SuggestionRequest& request, const PlatformShape& shape,
                     const PracticeModel& practice, const OutlookOptions& options);

}  // namespace perennial
