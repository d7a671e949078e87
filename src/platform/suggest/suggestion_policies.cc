#include "platform/suggest/suggestion_policies.h"

#include "platform/suggest/lore.h"
#include "platform/suggest/lore_d.h"
#include "platform/suggest/most_click.h"
#include "platform/suggest/most_history_click.h"
#include "platform/suggest/oracle.h"
#include "platform/suggest/random_policy.h"
#include "platform/suggest/silent.h"
#include "platform/suggest/water_filling.h"

namespace perennial {

std::span<const Plugin<SuggestionPolicy>> suggestion_policies() {
  static const std::vector<Plugin<SuggestionPolicy>> list = {
      {"silent", "suggests nothing; what every other policy must beat",
       make_plugin<SuggestionPolicy, SilentPolicy>},
      {"random", "suggests any genre, all equally likely; diversifies without knowing anything",
       make_plugin<SuggestionPolicy, RandomPolicy>},
      {"most-click", "suggests to everybody the genre with most clicks, as a trending page does; crowds it",
       make_plugin<SuggestionPolicy, MostClickPolicy>},
      {"most-history-click",
       "suggests to each creator the genre that drew it most clicks; keeps it where it is good",
       make_plugin<SuggestionPolicy, MostHistoryClickPolicy>},
      {"water-filling", "spreads creators over demand not yet supplied, by the platform's own click rates",
       make_plugin<SuggestionPolicy, WaterFillingPolicy>},
      {"lore",
       "learned, as its paper prints it: one network for all creators, rewarded with the round's clicks",
       make_plugin<SuggestionPolicy, LorePolicy>},
      {"lore-d",
       "learned: one network shared by creators and genres, credited with the clicks its suggestions add",
       make_plugin<SuggestionPolicy, LoreDPolicy>},
      {"oracle", "as water-filling, on true demand, trust and skill; simulation only, not a strict bound",
       make_plugin<SuggestionPolicy, OraclePolicy>, true},
  };
  return list;
}

}  // namespace perennial
