#include "simulate/round.h"

namespace perennial {

void respond(Stage& stage) {
  auto& e = stage.ecosystem;
  e.log.clicked.assign(e.log.shown.items.size(), 0);
  auto asking = asking_of(stage, e.user_answers);
  stage.players.users->respond({.round = e.round,
                                .users = e.log.active_users,
                                .slates = e.log.shown,
                                .items = e.items,
                                .quality = e.quality,
                                .people = e.world.users,
                                .genre_names = e.world.genres,
                                .texts = e.texts,
                                .draws = stage.draws(Purpose::click),
                                .workers = stage.workers(),
                                .asking = asking ? &*asking : nullptr},
                               e.log.clicked);
}

}  // namespace perennial
