#include "people/users/interest.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

constexpr double most_certain = 0.98;
constexpr std::size_t block_of_users = 512;

bool is_interested(const Users& people, UserId user, GenreId genre) {
  const auto interests = people.interests[user];
  return std::binary_search(interests.begin(), interests.end(), genre);
}

}  // namespace

Fields InterestUsers::fields() {
  Fields fields;
  fields.real("in_interest", in_interest_, {0, 1}, "click probability for an item in one's interests (p1)")
      .real("out_of_interest", out_of_interest_, {0, 1}, "click probability for any other item (p0)")
      .real("satiation", satiation_, {0, 100}, "how fast clicks in a genre tire of it (beta); 0 = never")
      .real("satiation_memory", satiation_memory_, {0, 1}, "share of past clicks still felt a round later");
  return fields;
}

void InterestUsers::start(const Users& people, std::size_t genres) {
  genres_ = genres;
  recent_clicks_.assign(satiates() ? people.size() * genres : 0, 0.0F);
}

double InterestUsers::probability_of(const Users& people, UserId user, GenreId genre, double quality) const {
  double p = (is_interested(people, user, genre) ? in_interest_ : out_of_interest_) * quality;
  if (satiates()) p *= std::exp(-satiation_ * recent_clicks_[user * genres_ + genre]);
  return std::clamp(p, 0.0, most_certain);
}

void InterestUsers::respond(const ResponseRequest& request, std::span<std::uint8_t> clicked) {
  std::fill(clicked.begin(), clicked.end(), std::uint8_t{0});
  const auto& slates = request.slates;
  request.workers.for_blocks(request.users.size(), block_of_users, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const UserId user = request.users[row];
      const auto slate = slates.row(row);
      for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
        const ItemId item = slate[place];
        const double p =
            probability_of(request.people, user, request.items.genre[item], request.quality[item]);
        const Draws coins(request.draws.seed(), Purpose::click, request.items.born[item]);
        clicked[row * slates.width + place] = coins.coin(p, user, request.items.creator[item]) ? 1 : 0;
      }
    }
  });
  if (satiates()) remember(request.users, slates, request.items, clicked);
}

void InterestUsers::remember(std::span<const UserId> users, const Slates& slates, const Items& items,
                             std::span<const std::uint8_t> clicked) {
  for (auto& clicks : recent_clicks_) clicks *= static_cast<float>(satiation_memory_);
  for (std::size_t row = 0; row < users.size(); ++row) {
    const auto slate = slates.row(row);
    for (std::size_t place = 0; place < slate.size(); ++place) {
      if (clicked[row * slates.width + place] == 0) continue;
      recent_clicks_[users[row] * genres_ + items.genre[slate[place]]] += 1.0F;
    }
  }
}

void InterestUsers::click_probability(const Users& people, std::span<double> probability) const {
  for (std::size_t user = 0; user < people.size(); ++user) {
    for (std::size_t genre = 0; genre < genres_; ++genre) {
      probability[user * genres_ + genre] =
          probability_of(people, static_cast<UserId>(user), static_cast<GenreId>(genre), 1.0);
    }
  }
}

void InterestUsers::persist(Archive& archive) {
  archive(genres_, recent_clicks_);
}

}  // namespace perennial
