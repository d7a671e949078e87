#pragma once

#include <cstdint>
#include <vector>

#include "io/archive.h"
#include "llm/asking.h"
#include "platform/suggest/trust_predictor.h"
#include "world/creator_boosts.h"
#include "world/creator_records.h"
#include "world/item_texts.h"
#include "world/items.h"
#include "world/perceived_clicks.h"
#include "world/platform_tables.h"
#include "world/round_log.h"
#include "world/shown_items.h"
#include "world/world.h"

namespace perennial {

/// Where every creator stands. Row = CreatorId; rows are only ever added.
struct CreatorStates {
  std::vector<std::uint32_t> joined;        ///< round; 0 = was there before round 1
  std::vector<std::uint32_t> left;          ///< round; 0 = still there
  std::vector<std::uint8_t> came_back;      ///< a newcomer that returned after its first item
  std::vector<double> base_activity;        ///< probability to create, before any response
  std::vector<double> activity;             ///< the same, now
  std::vector<double> sensitivity;          ///< of activity to engagement
  std::vector<double> engagement;           ///< smoothed clicks per round, as perceived
  std::vector<double> trust;                ///< probability to follow a suggestion
  std::vector<std::uint8_t> followed_last;  ///< did it follow when it made its latest item

  std::size_t size() const { return trust.size(); }
  bool present(CreatorId creator) const { return left[creator] == 0; }
  void persist(Archive& archive) {
    archive(joined, left, came_back, base_activity, activity, sensitivity, engagement, trust, followed_last);
  }
};

/// Where every user stands. Row = UserId.
struct UserStates {
  std::vector<double> base_activity;  ///< probability to arrive at the start
  std::vector<double> activity;       ///< the same, now
  std::vector<double> satisfaction;   ///< smoothed share of the slate clicked; 0.5 at the start

  void persist(Archive& archive) { archive(base_activity, activity, satisfaction); }
};

/// The simulated platform and its people after some number of rounds. Values only: it can be copied, saved, resumed.
struct Ecosystem {
  std::uint64_t seed = 0;
  std::uint32_t round = 0;      ///< the one being played, or the last one finished
  World world;                  ///< as it was before round 1
  std::vector<double> visible;  ///< of the world's creators (ActivityResponse); made anew like the world
  UserStates users;
  CreatorStates creators;
  CreatorRecords records;
  Items items;
  ItemTexts texts;             ///< of items whose creators write
  PerceivedClicks perceived;   ///< of the clicks in records and items, all that creators feel
  std::vector<float> quality;  ///< row = ItemId; users feel it, the platform never sees it
  PlatformTables tables;
  ShownItems shown;
  TrustPredictor trust_predictor;
  CreatorBoosts boosts;
  AnswerCounts user_answers, creator_answers;  ///< of people who are language models
  std::uint64_t cumulative_clicks = 0;
  double discounted_value = 0;

  RoundLog log;                        ///< this round's
  std::vector<std::uint8_t> followed;  ///< this round's truth per active creator: did it follow
  std::vector<double> round_clicks;    ///< this round's clicks per creator, as it perceives them
  std::vector<ItemId> candidates;      ///< this round's, ascending
  Slates shortlist;                    ///< this round's, at least one longer than the slate

  /// Everything that outlives a round, but `world`, `visible` and the options, which are made anew from the config.
  void persist(Archive& archive);
};

}  // namespace perennial
