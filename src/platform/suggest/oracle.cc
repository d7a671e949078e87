#include "platform/suggest/oracle.h"

#include <vector>

#include "base/check.h"
#include "platform/suggest/demand.h"
#include "platform/suggest/suggestion_gains.h"
#include "platform/suggest/supply_plan.h"

namespace perennial {
namespace {

/// creators of the request x genres.
std::vector<double> quality_of(const SuggestionRequest& request, std::size_t genres) {
  std::vector<double> quality;
  quality.reserve(request.creators.size() * genres);
  for (const CreatorId creator : request.creators) {
    const auto row = request.truth->quality.subspan(creator * genres, genres);
    quality.insert(quality.end(), row.begin(), row.end());
  }
  return quality;
}

/// Per genre, the mean quality of those who made it last: what an item there, or what one displaces, is like. 1 counts as
/// one creator, and stands for genres that nobody makes.
std::vector<double> usual_quality(const SuggestionRequest& request, std::span<const double> quality,
                                  std::size_t genres) {
  std::vector<double> sum(genres, 1.0), makers(genres, 1.0);
  for (std::size_t i = 0; i < request.creators.size(); ++i) {
    const GenreId genre = request.records.last_genre(request.creators[i]);
    sum[genre] += quality[i * genres + genre];
    makers[genre] += 1;
  }
  for (std::size_t g = 0; g < genres; ++g) sum[g] /= makers[g];
  return sum;
}

/// The truth as the fluid model takes it: clicks on an item of the usual quality of its genre, and each creator's quality
/// against that.
struct TrueOutlook {
  std::vector<double> rates;
  std::vector<double> quality;

  TrueOutlook(const SuggestionRequest& request, std::size_t genres) : quality(quality_of(request, genres)) {
    const auto usual = usual_quality(request, quality, genres);
    const auto& clicks = request.truth->click_probability;
    rates.assign(clicks.begin(), clicks.end());
    for (std::size_t i = 0; i < rates.size(); ++i) rates[i] *= usual[i % genres];
    for (std::size_t i = 0; i < quality.size(); ++i) quality[i] /= usual[i % genres];
  }
};

}  // namespace

void OraclePolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  check(request.truth != nullptr, "the oracle needs the truth");
  const TrueOutlook outlook(request, shape_.genres);
  const Demand demand(outlook.rates, request.truth->user_activity, shape_.genres, shape_.slate);
  plan_supply(demand, request.creators, request.records, request.truth->trust, outlook.quality, suggestions);
}

bool OraclePolicy::expected_gains(const SuggestionRequest& request, std::span<const GenreId> suggested,
                                  std::span<double> gains) const {
  check(request.truth != nullptr, "the oracle needs the truth");
  const TrueOutlook outlook(request, shape_.genres);
  const Demand demand(outlook.rates, request.truth->user_activity, shape_.genres, shape_.slate);
  suggestion_gains(demand, request, request.truth->trust, outlook.quality, suggested, gains);
  return true;
}

}  // namespace perennial
