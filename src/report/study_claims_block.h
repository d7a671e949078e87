#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "study/study_claims.h"

namespace perennial {

/// A judged claim as web/src/page.ts draws it. `link`: the page that tells more, empty for none.
nlohmann::ordered_json claim_item(const Study& study, const JudgedClaim& judged,
                                  const std::string& link = "");

/// The same of a claim of a study that is no file: keys "claim", "published", "ours", "truth", "status", "rule".
nlohmann::ordered_json further_claim_item(const nlohmann::ordered_json& claim, const std::string& study);

/// The block of these items, with the rule by which verdicts are reached.
nlohmann::ordered_json claims_block(const std::string& title, const nlohmann::ordered_json& items);

/// "3 of 5 claims hold, 1 holds in direction only, 1 does not hold".
std::string claims_headline(const std::vector<ClaimVerdict>& verdicts);
std::string claims_headline(const std::vector<JudgedClaim>& claims);

}  // namespace perennial
