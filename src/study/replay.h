#pragma once

#include "platform/suggest/suggestion_policy.h"
#include "platform/suggest/trust_predictor.h"
#include "world/platform_logs.h"

namespace perennial {

/// What a platform knew before every round, rebuilt from its logs, round by round:
///
///     for (Replay replay(logs, trust); replay.next();) { .. replay.request(workers) .. replay.log() .. }
class Replay {
 public:
  /// Stands before the first next(). `logs` must outlive it. `trust`: a predictor that has seen nothing yet.
  Replay(const PlatformLogs& logs, const TrustPredictor& trust);

  /// Takes in the round it stood before, if any, and moves to the next one. False when there is none: all logged rounds are
  /// then taken in.
  bool next();

  /// The suggestion task of the round it stands before. Refers to this object until it moves on.
  SuggestionRequest request(Workers& workers) const;
  /// What then happened; its `suggested` answers the request.
  const RoundLog& log() const { return logs_.rounds[round_ - 1]; }

  const CreatorRecords& records() const { return records_; }
  const Items& items() const { return items_; }
  const PlatformTables& tables() const { return tables_; }
  std::span<const double> predicted_trust() const { return trust_.predicted(); }

  /// For learn(), which is called with the round taken in: takes in the round it stands before, without moving on.
  void finish_round();

 private:
  void add_newcomers();

  const PlatformLogs& logs_;
  std::size_t round_ = 0;
  bool finished_ = true;
  CreatorRecords records_;
  Items items_;
  PlatformTables tables_;
  TrustPredictor trust_;
};

/// The platform that the logs tell of. Seed 0.
PlatformShape shape_of(const PlatformLogs& logs);

/// Has a policy, started on shape_of(logs), imitate the suggestions of every logged round in turn, its learn() called after
/// each, so that it comes to know the platform as if it had played there itself. It makes no update of its own on the way,
/// and is left with update_alone(false).
void imitate_logs(const PlatformLogs& logs, const TrustPredictor& trust, SuggestionPolicy& policy,
                  Workers& workers);

}  // namespace perennial
