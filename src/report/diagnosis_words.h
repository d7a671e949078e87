#pragma once

#include <array>
#include <string>

#include "respond/theory/diagnosis.h"

namespace perennial {

// What a diagnosis says in words, for the terminal and for the page alike.

/// "modelling the long run is worth it here".
std::string verdict_words(DiagnosisVerdict verdict);

/// What a condition's numbers mean, in one or two sentences.
std::string meaning_of(const Discounting& found);
std::string meaning_of(const ContentGap& found);
std::string meaning_of(const CreatorResponse& found);
std::string meaning_of(const Spillover& found);

/// "measured by experiment".
std::string how_measured(const CreatorResponse& found);

/// "8 periods of 7 days; the next counts for 0.9 of the present one."; empty without logs.
std::string periods_words(const Diagnosis& diagnosis);

/// The names of the four conditions, in the order of Diagnosis::why_not.
inline constexpr std::array<const char*, 4> condition_titles = {
    "1. How much lies ahead (discounting)", "2. Best now against best later",
    "3. How strongly and how differently creators respond", "4. Spillover between users"};

}  // namespace perennial
