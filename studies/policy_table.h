#pragma once

#include <string>
#include <vector>

#include "studies/lab.h"

namespace perennial::studies {

/// A row of the table of policies.
struct Player {
  std::string name;  ///< as it is to be read, Markdown
  Arm arm;
};

/// The policies that play on every platform, in the table's order.
std::vector<Player> players(const Platform& platform);

/// Of these, by place among players(): what `lore-d` is measured against, and itself.
std::vector<Arm> baselines(const Platform& platform);
Arm random_arm(const Platform& platform);
Arm history_arm(const Platform& platform);
Arm water_filling_arm(const Platform& platform);
Arm cold_arm(const Platform& platform);  ///< lore-d, learns from round 1 on
Arm warm_arm(const Platform& platform);  ///< lore-d, trained elsewhere, goes on learning

/// "`water-filling`": a player's name by its arm.
std::string name_of(const Arm& arm);

std::string policy_table(const Lab& lab, const Platform& platform);

/// The arms of players().
std::vector<Arm> arms_of(const std::vector<Player>& players);

}  // namespace perennial::studies
