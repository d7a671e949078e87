#pragma once

#include "base/plugins.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// All built-in suggestion policies, in the order of --help.
std::span<const Plugin<SuggestionPolicy>> suggestion_policies();

}  // namespace perennial
