#pragma once

#include "base/plugins.h"
#include "platform/incentive/incentive.h"

namespace perennial {

/// All built-in incentives, in the order of --help.
std::span<const Plugin<Incentive>> incentives();

}  // namespace perennial
