#pragma once

#include <vector>

#include "io/archive.h"
#include "world/ids.h"

namespace perennial {

/// All items made since round 1, as the platform sees them: plain columns, row = ItemId, ascending by round made.
struct Items {
  std::vector<CreatorId> creator;
  std::vector<GenreId> genre;
  std::vector<std::uint32_t> born;     ///< round made
  std::vector<std::uint32_t> shown;    ///< impressions so far
  std::vector<std::uint32_t> clicked;  ///< clicks so far

  std::size_t size() const { return creator.size(); }
  void add(CreatorId by, GenreId in, std::uint32_t round) {
    creator.push_back(by);
    genre.push_back(in);
    born.push_back(round);
    shown.push_back(0);
    clicked.push_back(0);
  }
  void persist(Archive& archive) { archive(creator, genre, born, shown, clicked); }
};

}  // namespace perennial
