#pragma once

#include <string>

#include "study/fork_values.h"

namespace perennial {

// report.html of values measured by forks beside what was expected, and each result in one sentence.

std::string suggestion_value_headline(const SuggestionValues& values);
std::string render_suggestion_value_report(const SuggestionValues& values);

std::string impression_value_headline(const ImpressionValues& values);
std::string render_impression_value_report(const ImpressionValues& values);

}  // namespace perennial
