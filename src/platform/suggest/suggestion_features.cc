#include "platform/suggest/suggestion_features.h"

#include <algorithm>

#include "platform/suggest/most_clicked_genre.h"

namespace perennial {
namespace {

double squash(double x) {
  return x / (1 + x);
}

/// What is the same for all creators of a request.
struct Scale {
  double clicks_per_item;
  double items_per_genre;
  std::vector<double> planned;  // items per genre
};

Scale scale_of(const SuggestionRequest& request, const Outlook& outlook) {
  const double items = std::max<double>(1, static_cast<double>(request.items.size()));
  const double clicks = static_cast<double>(request.tables.all.clicked);
  Scale scale{.clicks_per_item = std::max(0.1, clicks / items),
              .items_per_genre =
                  static_cast<double>(request.creators.size()) / static_cast<double>(request.tables.genres),
              .planned = std::vector<double>(request.tables.genres)};
  for (const GenreId genre : outlook.plan) scale.planned[genre] += 1;
  return scale;
}

class Writer {
 public:
  Writer(const SuggestionRequest& request, const Outlook& outlook)
      : request_(request), outlook_(outlook), scale_(scale_of(request, outlook)) {}

  /// `row`: feature_count numbers about the i-th creator of the request and one genre.
  void write(std::size_t i, GenreId genre, GenreId best, float* row) const {
    const CreatorRecords& records = request_.records;
    const CreatorId creator = request_.creators[i];
    const GenreId last = records.last_genre(creator);
    const auto set = [&](Feature f, double x) { row[static_cast<std::size_t>(f)] = static_cast<float>(x); };
    const double made = records.made(creator, genre);
    set(Feature::trust, request_.predicted_trust[creator]);
    set(Feature::made_last, genre == last ? 1 : 0);
    set(Feature::home, records.history(creator, genre) > 0 ? 1 : 0);
    set(Feature::practice, made / (made + 5));
    set(Feature::own_clicks, squash(records.average_clicks(creator, genre) / scale_.clicks_per_item));
    set(Feature::own_best, genre == best ? 1 : 0);
    set(Feature::quality, quality(i, genre) - 1);
    set(Feature::supply, squash(outlook_.supply[genre] / scale_.items_per_genre));
    set(Feature::worth, within(worth(i, genre)));
    set(Feature::gain, within(worth(i, genre) - worth(i, last)));
    set(Feature::planned, genre == outlook_.plan[i] ? 1 : 0);
    set(Feature::planned_supply, squash(scale_.planned[genre] / scale_.items_per_genre));
    set(Feature::activity, records.items_made(creator) / std::max(1.0, request_.round - 1.0));
  }

 private:
  double quality(std::size_t i, GenreId genre) const {
    return outlook_.quality[i * request_.tables.genres + genre];
  }
  double worth(std::size_t i, GenreId genre) const {
    return (quality(i, genre) * outlook_.drawn[genre] - outlook_.displaced[genre]) / scale_.clicks_per_item;
  }
  static double within(double x) { return std::clamp(x, -2.0, 2.0); }

  const SuggestionRequest& request_;
  const Outlook& outlook_;
  Scale scale_;
};

}  // namespace

std::string_view title_of(Feature feature) {
  constexpr std::array<std::string_view, feature_count> titles = {
      "no suggestion",
      "predicted trust",
      "made it last",
      "at home there",
      "practice there",
      "own clicks per item there",
      "drew it most clicks",
      "expected quality there",
      "supply",
      "clicks one more item adds",
      "gain over what it made last",
      "planned for it",
      "planned supply",
      "activity",
  };
  return titles[static_cast<std::size_t>(feature)];
}

Matrix suggestion_features(const SuggestionRequest& request, const Outlook& outlook) {
  const std::size_t genres = request.tables.genres;
  const std::size_t rows_each = genres + 1;
  Matrix features = Matrix::Zero(static_cast<Eigen::Index>(request.creators.size() * rows_each),
                                 static_cast<Eigen::Index>(feature_count));
  const Writer writer(request, outlook);
  request.workers.for_blocks(request.creators.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const CreatorId creator = request.creators[i];
      const GenreId best = most_clicked_genre(request.records, creator);
      float* row = features.data() + i * rows_each * feature_count;
      for (std::size_t g = 0; g < genres; ++g, row += feature_count)
        writer.write(i, static_cast<GenreId>(g), best, row);
      writer.write(i, request.records.last_genre(creator), best, row);
      row[static_cast<std::size_t>(Feature::nothing)] = 1;
    }
  });
  return features;
}

}  // namespace perennial
