#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "study/study_claims.h"

namespace perennial {

/// A judged claim as web/src/page.ts draws it. `link`: the page that tells more, empty for none.
nlohmann::ordered_json claim_item(const Study& study, const JudgedClaim& judged,
                                  const std::string& link = "");

/// The same of a claim of a study that is no file: keys "claim", "published", "ours", "truth", "verdict", "rule".
/// `study`: the name of the page that tells more, empty for none.
nlohmann::ordered_json further_claim_item(const nlohmann::ordered_json& claim, const std::string& study = "");

/// How verdicts are reached in studies that are files.
inline constexpr const char* verdicts_note =
    "A claim holds when the 95% interval of the difference, paired by seed, lies on its side in every "
    "comparison it makes "
    "(all must hold, which needs no correction for their number). It holds in direction when all means do. "
    "Otherwise it does "
    "not hold. Claims that speak of what is not simulated here cannot be tested.";

/// The block of these items under a note on how verdicts are reached; null where there are none.
nlohmann::ordered_json claims_block(const std::string& title, const std::string& note,
                                    const nlohmann::ordered_json& items);

/// "3 of 5 claims hold, 1 holds in direction only, 1 does not hold".
std::string claims_headline(const std::vector<ClaimVerdict>& verdicts);
std::string claims_headline(const std::vector<JudgedClaim>& claims);

}  // namespace perennial
