#include "simulate/ecosystem.h"

namespace perennial {

void Ecosystem::persist(Archive& archive) {
  archive.section("ecosystem");
  archive(seed, round, cumulative_clicks, discounted_value, quality, user_answers, creator_answers);
  users.persist(archive);
  creators.persist(archive);
  records.persist(archive);
  items.persist(archive);
  texts.persist(archive);
  perceived.persist(archive);
  tables.persist(archive);
  shown.persist(archive);
  trust_predictor.persist(archive);
  boosts.persist(archive);
}

}  // namespace perennial
