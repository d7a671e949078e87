#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "respond/table/creator_table.h"
#include "respond/table/packed_texts.h"

namespace perennial {

/// Who is to be assigned.
struct Creators {
  PackedTexts ids;                    ///< unique
  std::vector<std::uint32_t> strata;  ///< codes into stratum_names; empty: not stratified
  std::vector<std::string> stratum_names;
  std::vector<std::uint32_t>
      clusters;  ///< codes into cluster_names; empty: creators are randomised one by one
  std::vector<std::string> cluster_names;
};

/// How creators are shared out.
struct AssignmentOptions {
  std::string salt;  ///< of this experiment alone, not empty: another salt deals anew
  double treatment_share = 0.02;
  double control_share = 0.02;
  double evaluation_share = 0.3;  ///< of all creators, in every arm: held out from models
  double multiplier = 1.2;        ///< on the distribution to followers of the treated; others have 1
  /// Creators that keep the arm an earlier assignment gave them; the others are dealt anew. Needed only when stratified:
  /// otherwise every creator's arm follows from its id alone.
  std::unordered_map<std::string, Arm> kept;
};

/// One stratum's arms.
struct StratumCounts {
  std::string name;
  std::uint64_t treatment = 0;
  std::uint64_t control = 0;
  std::uint64_t untouched = 0;
};

/// Who is treated, by creator.
struct Assignment {
  std::vector<Arm> arms;
  std::vector<std::uint8_t> evaluation;  ///< 1: held out from every model
  std::vector<StratumCounts> strata;     ///< as named in Creators; one called "" when not stratified
  std::uint64_t kept = 0;                ///< creators that kept an earlier arm
  std::uint64_t evaluation_creators = 0;

  StratumCounts total() const;
};

/// By salted hash of the creator's id, or its cluster's (creator_hash.h): treatment from the lower end, control from the
/// upper, so that larger shares keep everybody. When stratified, creators are taken in the order of (stratum, hash) and
/// dealt evenly along it: each stratum's counts are those of the shares to within 2, and each creator's chance is the
/// share. The evaluation share goes by the same id or cluster, so that no cluster lies on both sides.
///
/// Throws Error(invalid_argument) for an empty salt, shares out of range or above 1 together, a multiplier that is not
/// positive or is 1, strata and clusters at once, or no creators.
Assignment assign_creators(const Creators& creators, const AssignmentOptions& options);

}  // namespace perennial
