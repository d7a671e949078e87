#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "study/plan.h"

namespace perennial {

/// One plan per environment of `levers.environments`: the study's defaults, the environment's setting, then the config file's
/// keys (empty path = none) and those given one by one, which hold in every environment. Throws as make_plan does, and
/// for a config that names a setting.
std::vector<Plan> lever_plans(const std::filesystem::path& config, const std::vector<Given>& given);

/// A config that lever_plans reads back to equal plans: the tables `run` and `levers` with every effective value, and of the
/// platform the keys that were given.
std::string levers_toml(const Plan& plan, const std::filesystem::path& config,
                        const std::vector<Given>& given);

}  // namespace perennial
