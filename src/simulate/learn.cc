#include "simulate/round.h"

namespace perennial {

void learn(Stage& stage) {
  auto& e = stage.ecosystem;
  stage.players.recommender->learn(e.log, e.items, e.tables, stage.workers());
  stage.players.policy->learn(e.log, e.items, e.tables, stage.workers());
}

}  // namespace perennial
