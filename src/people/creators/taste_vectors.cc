#include "people/creators/taste_vectors.h"

#include "people/creators/own_choice.h"

namespace perennial {

void TasteVectors::grow(const CreatorRecords& records) {
  genres_ = records.genres();
  const Draws draws(seed_, Purpose::creation);
  for (std::size_t row = values_.size() / genres_; row < records.size(); ++row) {
    values_.resize((row + 1) * genres_);
    const auto creator = static_cast<CreatorId>(row);
    for (std::size_t g = 0; g < genres_; ++g) {
      const auto genre = static_cast<GenreId>(g);
      of(creator)[g] = from_history_ ? records.history(creator, genre) : draws.normal(creator, genre);
    }
    normalise(of(creator));
  }
}

}  // namespace perennial
