#pragma once

#include "base/plugins.h"
#include "people/creators/creator_model.h"

namespace perennial {

/// All built-in creator models, in the order of --help.
std::span<const Plugin<CreatorModel>> creator_models();

}  // namespace perennial
