#include "simulate/round.h"

namespace perennial {
namespace {

/// The truth as of now; the columns live as long as this does.
struct TruthColumns {
  std::vector<double> click_probability;
  std::vector<double> quality;
  Truth truth;

  explicit TruthColumns(Stage& stage) {
    auto& e = stage.ecosystem;
    const std::size_t genres = e.world.genres.size();
    click_probability.resize(e.world.users.size() * genres);
    stage.players.users->click_probability(e.world.users, click_probability);
    quality.resize(e.creators.size() * genres);
    for (std::size_t i = 0; i < quality.size(); ++i) {
      quality[i] = stage.options.skill.expected(e.records, static_cast<CreatorId>(i / genres),
                                                static_cast<GenreId>(i % genres));
    }
    truth = {.genres = genres,
             .click_probability = click_probability,
             .user_activity = e.users.activity,
             .trust = e.creators.trust,
             .quality = quality};
  }
};

}  // namespace

void with_request(Stage& stage, const std::function<void(const SuggestionRequest&)>& use) {
  auto& e = stage.ecosystem;
  SuggestionRequest request{.round = e.round,
                            .creators = e.log.active_creators,
                            .records = e.records,
                            .items = e.items,
                            .tables = e.tables,
                            .predicted_trust = e.trust_predictor.predicted(),
                            .truth = nullptr,
                            .draws = stage.draws(Purpose::suggestion),
                            .workers = stage.workers()};
  if (!stage.players.policy_uses_truth) return use(request);
  const TruthColumns columns(stage);
  request.truth = &columns.truth;
  use(request);
}

void suggest(Stage& stage) {
  auto& suggested = stage.ecosystem.log.suggested;
  suggested.assign(stage.ecosystem.log.active_creators.size(), no_genre);
  with_request(stage,
               [&](const SuggestionRequest& request) { stage.players.policy->suggest(request, suggested); });
}

}  // namespace perennial
