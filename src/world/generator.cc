#include "world/generator.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

// Lanes of Purpose::world; sample.cc has its own.
constexpr std::uint32_t interest_lane = 0;
constexpr std::uint32_t history_lane = 1;
constexpr std::uint32_t activity_lane = 2;

std::vector<double> column(const WorldDefinition& definition, double GenreDefinition::*field) {
  std::vector<double> values;
  for (const auto& genre : definition.genres) values.push_back(genre.*field);
  return values;
}

double creator_activity(const WorldDefinition& definition, const Draws& draws, CreatorId creator) {
  if (!definition.activity_from_frequency) return definition.creator_activity;
  const double normal = draws.normal(creator, 0, activity_lane);
  return std::min(1.0, std::exp(definition.frequency_log_mean + definition.frequency_log_deviation * normal));
}

}  // namespace

InterestSampler::InterestSampler(const WorldDefinition& definition)
    : counts_(definition.interests_per_user),
      weights_(column(definition, &GenreDefinition::interest_weight)),
      lifts_(weights_.size() * weights_.size(), 1.0) {
  for (const auto& [a, b, lift] : definition.pair_lifts) {
    lifts_[a * weights_.size() + b] = lifts_[b * weights_.size() + a] = lift;
  }
}

void InterestSampler::draw(const Draws& draws, UserId user, std::vector<GenreId>& into) {
  into.clear();
  const auto count = draws.pick(counts_, user, 0, interest_lane) + 1;
  left_ = weights_;
  for (std::uint32_t i = 1; i <= count; ++i) {
    const auto taken = draws.pick(left_, user, i, interest_lane);
    into.push_back(static_cast<GenreId>(taken));
    left_[taken] = 0;
    if (i == count) break;
    const double* lift = lifts_.data() + taken * left_.size();
    for (std::size_t g = 0; g < left_.size(); ++g) left_[g] *= lift[g];
  }
  std::sort(into.begin(), into.end());
}

HistorySampler::HistorySampler(const WorldDefinition& definition)
    : primary_(column(definition, &GenreDefinition::primary_share)),
      counts_(definition.genres_per_creator),
      side_weights_(column(definition, &GenreDefinition::side_weight)),
      items_(column(definition, &GenreDefinition::items)),
      items_log_deviation_(definition.items_log_deviation),
      top_genre_share_(definition.top_genre_share) {}

void HistorySampler::draw(const Draws& draws, CreatorId creator, std::vector<GenreCount>& into) {
  const auto primary = draws.pick(primary_, creator, 0, history_lane);
  const auto wanted = draws.pick(counts_, creator, 1, history_lane);
  double mean = items_[primary];
  if (items_log_deviation_ > 0) {
    const double normal = draws.normal(creator, 2, history_lane);
    mean *= std::exp(items_log_deviation_ * (normal - items_log_deviation_ / 2));
  }
  const auto items = static_cast<std::uint32_t>(std::clamp(std::round(mean), 1.0, 1e9));
  left_ = side_weights_;
  left_[primary] = 0;
  into.assign(1, {static_cast<GenreId>(primary), items});
  draw_sides(draws, creator, std::min<std::size_t>(wanted, items - 1), into);

  const auto sides = static_cast<std::uint32_t>(into.size() - 1);
  if (sides > 0) {
    const double reach = std::min(1 - top_genre_share_, top_genre_share_ - 0.5);
    const double share = top_genre_share_ + reach * (2 * draws.uniform(creator, 3, history_lane) - 1);
    const auto top = std::clamp(static_cast<std::uint32_t>(std::lround(share * items)), 1U, items - sides);
    into[0].count = top;
    for (std::uint32_t i = 0; i < sides; ++i) {
      into[i + 1].count = (items - top) / sides + (i < (items - top) % sides ? 1 : 0);
    }
  }
  std::sort(into.begin(), into.end(), [](const auto& a, const auto& b) { return a.genre < b.genre; });
}

void HistorySampler::draw_sides(const Draws& draws, CreatorId creator, std::size_t sides,
                                std::vector<GenreCount>& into) {
  for (std::uint32_t i = 0; i < sides; ++i) {
    if (std::none_of(left_.begin(), left_.end(), [](double w) { return w > 0; })) return;
    const auto taken = draws.pick(left_, creator, 4 + i, history_lane);
    into.push_back({static_cast<GenreId>(taken), 0});
    left_[taken] = 0;
  }
}

World generate(const WorldDefinition& definition, std::size_t users, std::size_t creators,
               std::uint64_t seed) {
  const Draws draws(seed, Purpose::world);
  World world;
  world.name = definition.name;
  for (const auto& genre : definition.genres) world.genres.push_back(genre.name);

  InterestSampler interests(definition);
  std::vector<GenreId> row;
  if (users == 0) users = static_cast<std::size_t>(definition.users);
  for (std::size_t u = 0; u < users; ++u) {
    interests.draw(draws, static_cast<UserId>(u), row);
    world.users.interests.push_back(row);
  }
  world.users.activity.assign(users, definition.user_activity);

  HistorySampler histories(definition);
  std::vector<GenreCount> past;
  if (creators == 0) creators = static_cast<std::size_t>(definition.creators);
  for (std::size_t c = 0; c < creators; ++c) {
    histories.draw(draws, static_cast<CreatorId>(c), past);
    world.creators.history.push_back(past);
    world.creators.activity.push_back(creator_activity(definition, draws, static_cast<CreatorId>(c)));
  }
  return world;
}

}  // namespace perennial
