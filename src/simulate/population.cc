#include "simulate/population.h"

#include <algorithm>
#include <boost/math/distributions/poisson.hpp>

namespace perennial {

void add_creator(Ecosystem& ecosystem, const SimulationOptions& options, CreatorId like,
                 std::uint32_t joined) {
  auto& creators = ecosystem.creators;
  const auto& origin = ecosystem.world.creators;
  const double activity =
      options.arrival.source == "world" ? origin.activity[like] : options.arrival.creators;
  const auto id = static_cast<CreatorId>(creators.size());
  creators.joined.push_back(joined);
  creators.left.push_back(0);
  creators.came_back.push_back(0);
  creators.base_activity.push_back(activity);
  creators.activity.push_back(activity);
  creators.sensitivity.push_back(
      options.response.sensitivity(Draws(ecosystem.seed, Purpose::sensitivity), id,
                                   ecosystem.visible.empty() ? 0 : ecosystem.visible[like]));
  creators.engagement.push_back(0);
  creators.trust.push_back(options.trust.initial(Draws(ecosystem.seed, Purpose::trust), id));
  creators.followed_last.push_back(0);
  ecosystem.records.add_creator(origin.history[like]);
  ecosystem.tables.creator.emplace_back();
}

void join(Ecosystem& ecosystem, const SimulationOptions& options, const Draws& draws) {
  if (options.joining.per_round <= 0) return;
  using namespace boost::math::policies;
  const boost::math::poisson_distribution<double, policy<discrete_quantile<integer_round_up>>> arrivals(
      options.joining.per_round);
  const auto count = static_cast<std::uint32_t>(boost::math::quantile(arrivals, draws.uniform(0)));
  const auto& origin = ecosystem.world.creators;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto like = draws.below(static_cast<std::uint32_t>(origin.size()), 1, i);
    add_creator(ecosystem, options, like, ecosystem.round);
  }
  ecosystem.trust_predictor.grow(ecosystem.creators.size());
}

std::vector<double> latest_clicks(const Ecosystem& ecosystem) {
  std::vector<double> clicks;
  for (std::size_t c = 0; c < ecosystem.creators.size(); ++c) {
    const auto creator = static_cast<CreatorId>(c);
    if (!ecosystem.creators.present(creator) || ecosystem.records.recent_count(creator) == 0) continue;
    clicks.push_back(ecosystem.perceived.on(ecosystem.items, ecosystem.records.recent_item(creator, 0)));
  }
  std::sort(clicks.begin(), clicks.end());
  return clicks;
}

double feedback_rank(const Ecosystem& ecosystem, std::span<const double> latest_clicks, CreatorId creator) {
  if (ecosystem.records.recent_count(creator) == 0 || latest_clicks.empty()) return 0;
  const auto own = ecosystem.perceived.on(ecosystem.items, ecosystem.records.recent_item(creator, 0));
  const auto fewer =
      std::lower_bound(latest_clicks.begin(), latest_clicks.end(), own) - latest_clicks.begin();
  return static_cast<double>(fewer) / static_cast<double>(latest_clicks.size());
}

GenreId trending_genre(const PlatformTables& tables) {
  const auto& clicks = tables.recent_clicks;
  const auto most = std::max_element(clicks.begin(), clicks.end());
  return *most == 0 ? no_genre : static_cast<GenreId>(most - clicks.begin());
}

}  // namespace perennial
