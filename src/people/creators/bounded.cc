#include "people/creators/bounded.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "base/check.h"
#include "base/error.h"

namespace perennial {
namespace {

constexpr std::array<double, 5> llama3_8b = {0.6138, 0.8953, 0.9220, 0.9250, 0.9498};
constexpr std::array<double, 5> qwen2_7b = {0.7272, 0.8057, 0.7848, 0.8170, 0.8333};
constexpr std::array<double, 5> mistral_7b = {0.4822, 0.7500, 0.8471, 0.8261, 0.8235};

/// Lanes of a creator's draws within a round.
enum Lane : std::uint32_t { repeat_coin, known_coin, known_choice, herding_coin, unknown_choice };

bool any(const std::vector<double>& weights) {
  return std::any_of(weights.begin(), weights.end(), [](double w) { return w > 0; });
}

/// Average clicks of the other genres it knows; all alike when none of them has drawn any.
std::vector<double> known_other_genres(const CreationRequest& request, CreatorId creator) {
  const auto& records = request.records;
  const GenreId last = records.last_genre(creator);
  std::vector<double> weights(records.genres()), alike(records.genres());
  for (std::size_t g = 0; g < weights.size(); ++g) {
    const auto genre = static_cast<GenreId>(g);
    if (genre == last || !records.knows(creator, genre)) continue;
    weights[g] = request.perceived.average(records, creator, genre);
    alike[g] = 1;
  }
  return any(weights) ? weights : alike;
}

std::vector<double> unknown_genres(const CreatorRecords& records, CreatorId creator) {
  std::vector<double> weights(records.genres());
  for (std::size_t g = 0; g < weights.size(); ++g)
    weights[g] = records.knows(creator, static_cast<GenreId>(g)) ? 0 : 1;
  return weights;
}

}  // namespace

std::span<const double, 5> BoundedCreators::repeat_rates(std::string_view language_model) {
  if (language_model == "qwen2-7b") return qwen2_7b;
  if (language_model == "mistral-7b") return mistral_7b;
  check(language_model == "llama3-8b", "unknown language model");
  return llama3_8b;
}

Fields BoundedCreators::fields() {
  Fields fields;
  fields
      .text("language_model", language_model_, "whose published rates of repeating to use",
            {"llama3-8b", "qwen2-7b", "mistral-7b"})
      .text("repeat_rates", repeat_rates_,
            "rates of repeating of one's own instead, by fifth of feedback, as in 0.6,0.7,0.8,0.8,0.9")
      .real("known_share", known_share_, {0, 1},
            "of moves to another genre, those to one it knows, where it could go to either kind")
      .real("herding", herding_, {0, 1}, "probability that an unknown genre is the trending one");
  return fields;
}

std::array<double, 5> BoundedCreators::rates() const {
  std::array<double, 5> rates{};
  if (repeat_rates_.empty()) {
    std::ranges::copy(repeat_rates(language_model_), rates.begin());
    return rates;
  }
  std::istringstream numbers(repeat_rates_);
  std::size_t count = 0;
  for (std::string number; std::getline(numbers, number, ','); ++count) {
    char* end = nullptr;
    const double rate = std::strtod(number.c_str(), &end);
    if (count >= rates.size() || number.empty() || *end != '\0' || !(rate >= 0 && rate <= 1)) {
      count = 0;
      break;
    }
    rates[count] = rate;
  }
  if (count == rates.size()) return rates;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("creator_model.repeat_rates = \"{}\": must be five probabilities with commas between, "
                  "as in 0.6,0.7,0.8,0.8,0.9",
                  repeat_rates_));
}

void BoundedCreators::start(const CreatorRecords&, std::uint64_t) {
  rates();
}

GenreId BoundedCreators::explore(const CreationRequest& request, CreatorId creator) const {
  const auto known = known_other_genres(request, creator);
  const auto unknown = unknown_genres(request.records, creator);
  const bool can_known = any(known);
  const bool can_unknown = any(unknown);
  if (!can_known && !can_unknown) return request.records.last_genre(creator);
  if (can_known && (!can_unknown || request.draws.coin(known_share_, creator, 0, known_coin))) {
    return static_cast<GenreId>(request.draws.pick(known, creator, 0, known_choice));
  }
  const bool herd = request.draws.coin(herding_, creator, 0, herding_coin);
  if (herd && request.trending != no_genre) return request.trending;
  return static_cast<GenreId>(request.draws.pick(unknown, creator, 0, unknown_choice));
}

void BoundedCreators::decide(const CreationRequest& request, std::span<GenreId> made) {
  const auto by_fifth = rates();
  for (std::size_t i = 0; i < made.size(); ++i) {
    const CreatorId creator = request.creators[i];
    const auto quintile = std::min<std::size_t>(4, static_cast<std::size_t>(request.feedback_rank[i] * 5));
    made[i] = request.draws.coin(by_fifth[quintile], creator, 0, repeat_coin)
                  ? request.records.last_genre(creator)
                  : explore(request, creator);
  }
}

}  // namespace perennial
