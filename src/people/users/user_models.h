#pragma once

#include "base/plugins.h"
#include "people/users/user_model.h"

namespace perennial {

/// All built-in user models, in the order of --help.
std::span<const Plugin<UserModel>> user_models();

}  // namespace perennial
