#pragma once

#include <deque>

#include "platform/suggest/decisions.h"
#include "platform/suggest/practice_model.h"
#include "platform/suggest/rate_calibration.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Credits every suggestion with the clicks that the item made on it added for the platform, from what the platform logs
/// and nothing else: for each impression of the item in its first rounds, the click less the click rate of the item that
/// would have been shown in its place, the first that missed that user's slate (rate_calibration.h, practice_model.h).
///
/// A suggestion that was not followed is dropped: what its creator made owes it nothing. No suggestion is credited with what
/// the creator made alone, and weighs as much as a suggestion would have been likely to change that: its predicted trust.
class DifferenceReward {
 public:
  /// A round's decisions (one per active creator, in order, credit 0, weight = predicted trust), and for each its practice
  /// class in every genre (decisions x genres). Those of another policy (not `own`) are followed but never handed out.
  /// Takes the place of a round that was opened and not played.
  void open(std::uint32_t round, Decisions decisions, std::vector<std::uint8_t> practice, bool own = true);

  /// Is this the round opened last, with as many creators, and not taken in yet?
  bool awaits(const RoundLog& log) const;

  /// Takes in a round that it awaits. `rates`: users x genres, the click rates before it. Learns `practice` on the way.
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
             std::span<const double> rates, PracticeModel& practice);

  /// Moves the decisions whose items have been out for `window` rounds by the end of `round` to `into`.
  void close(std::uint32_t round, std::uint32_t window, Decisions& into);

  void persist(Archive& archive);

 private:
  struct OpenRound {
    std::uint32_t round = 0;
    bool own = true;
    bool played = false;
    ItemId first_item = 0;
    Decisions decisions;
    std::vector<std::uint8_t> practice;
  };
  void match_items(const RoundLog& log, const Items& items, std::size_t genres);
  /// Null where the item's round is not open.
  float* credit_of(const Items& items, ItemId item);
  double quality_of(ItemId item, const PracticeModel& practice) const;
  void calibrate(const RoundLog& log, const Items& items, const PlatformTables& tables,
                 std::span<const double> rates);

  RateCalibration calibration_;
  std::deque<OpenRound> rounds_;             // oldest first
  std::vector<std::uint8_t> item_practice_;  // row = ItemId, the class it was made in, or unknown
};

}  // namespace perennial
