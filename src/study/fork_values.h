#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "study/calibration_line.h"
#include "study/run_moment.h"
#include "world/ids.h"

namespace perennial {

/// How values are measured by forks.
struct ValueSettings {
  std::string policy;  ///< suggests to everybody else, and from then on; plays as it is, learns nothing more
  std::uint32_t rounds = 20;       ///< of every fork
  std::uint32_t futures = 300;     ///< at least 1
  std::uint32_t creators = 30;     ///< at most so many, evenly over those there are; at least 1
  double discount = 1;             ///< what a click counts for a round later, in (0, 1]; impressions: below 1
  std::uint32_t alternatives = 2;  ///< suggestions: genres per creator beside what the policy chose
  double factor = 2;               ///< impressions: on the creator's scores for one round, > 1
};

/// How the measuring is watched. When the user asks to stop, the result is over the futures played so far, of which
/// ValueHeader::settings tells the number; with fewer than two, Error(interrupted) is thrown.
struct ValueControl {
  std::size_t threads = 1;
  std::function<void()> played;  ///< called after every round; from any thread; may be empty
};

/// What both kinds of values have in common.
struct ValueHeader {
  std::string run, run_policy;  ///< the run's folder (left to the caller), and who suggested in it
  std::uint32_t at = 0;
  ValueSettings settings;
  std::vector<std::string> genres;
  std::string world, setting, recommender;
  std::uint64_t seed = 0;
  std::string result_hash;  ///< 16 hex digits; the same at any number of threads
};

/// One suggestion to one creator in the round after the moment.
struct SuggestionValue {
  CreatorId creator;
  GenreId genre;
  GenreId last_genre;            ///< what it made last
  bool chosen;                   ///< by the policy; others are alternatives
  double predicted_trust;        ///< that it follows
  double expected;               ///< clicks, by the estimate
  std::vector<double> measured;  ///< per future: clicks with it less clicks with nothing to that creator
};

/// Estimates held against what suggestions had been worth after some of the rounds.
struct HorizonLines {
  std::uint32_t rounds = 0;
  CalibrationLine all;
  CalibrationLine chosen;  ///< of the policy's own choices; empty intervals where it chose nothing
};

/// Values of suggestions at one moment, in clicks.
struct SuggestionValues {
  ValueHeader header;
  std::string estimate_by;  ///< the policy whose expected_gains they are held against
  std::vector<SuggestionValue> values;
  std::vector<HorizonLines> horizons;  ///< after 1, 2, 5, 10, 20, 50, ... rounds; the last is after all
  std::size_t choices = 0;
};

/// For creators active in the round after the moment: the genre that the policy chose, and those expected to be worth the
/// most and the least besides, each forced on that creator alone, beside forcing nothing on it. Who is active and what the
/// others are told in that round is the same in all futures. Throws Error(invalid_argument) where nobody is active.
SuggestionValues suggestion_values(const RunMoment& moment, const ValueSettings& settings,
                                   const ValueControl& control);

/// Rounds that are played at most; for a progress line.
std::uint64_t rounds_of_suggestion_values(const ValueSettings& settings);

/// What one more impression of a creator's items is worth, in clicks per impression.
struct ImpressionValue {
  CreatorId creator;
  double click_rate;          ///< of its items so far, smoothed towards all creators'
  double posts_per_click;     ///< s, the truth of the simulator: what an experiment would have to find out
  double expected_now;        ///< its click rate less that of all impressions
  double expected_later;      ///< respond/theory/swap.h, later_value
  double expected_posts;      ///< rho / (1 - rho) x click_rate x posts_per_click
  double value_of_a_post;     ///< clicks that one more item of its genre is expected to add (demand.h)
  std::vector<double> extra;  ///< per future: impressions that the boost added in its round
  std::vector<double> now;    ///< per future: clicks of the platform that it added in its round
  std::vector<double> later;  ///< per future: clicks, discounted, in the rounds after
  std::vector<double> posts;  ///< per future: its expected posts (sum of probabilities) in the rounds after
};

/// A ratio of sums over creators and futures with its 95% interval (delete-one jackknife over futures).
struct ImpressionGroup {
  std::string name;
  std::size_t creators = 0;
  double expected_now = 0, expected_later = 0;  ///< means over creators, weighed by the impressions added
  double expected_posts = 0;                    ///< the same
  double impressions = 0;                       ///< added per future and creator
  Interval now, later, total;                   ///< clicks per impression added
  Interval posts;                               ///< later posts of the creator per impression added
};

/// Values of impressions at one moment.
struct ImpressionValues {
  ValueHeader header;
  bool creators_respond =
      false;               ///< does activity follow engagement here? Else the formula's later value is 0
  double persistence = 0;  ///< rho
  std::vector<ImpressionValue> values;
  std::vector<ImpressionGroup> groups;  ///< by expected later value, lowest first; the last is all of them
  /// Of a whole boost, creator by creator: expected per impression, times the mean number of impressions it added.
  CalibrationLine later, posts;
};

/// For creators with an item that can be shown: scores times `factor` for one round. Throws Error(invalid_argument) where
/// there is none, or the run has a re-ranker of its own.
ImpressionValues impression_values(const RunMoment& moment, const ValueSettings& settings,
                                   const ValueControl& control);

std::uint64_t rounds_of_impression_values(const ValueSettings& settings);

}  // namespace perennial
