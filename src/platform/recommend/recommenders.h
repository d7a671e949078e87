#pragma once

#include "base/plugins.h"
#include "platform/recommend/recommender.h"

namespace perennial {

/// All built-in rankers, in the order of --help.
std::span<const Plugin<Recommender>> recommenders();

}  // namespace perennial
