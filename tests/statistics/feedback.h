#pragma once

#include <algorithm>
#include <vector>

#include "simulate/simulation.h"

namespace perennial {

/// How creators stand between two rounds, seen from outside: what each made last and how that did among the latest items
/// of all who are there.
class Standings {
 public:
  struct Standing {
    bool present = false;
    std::uint32_t items = 0;
    GenreId last_genre = no_genre;
    std::uint32_t clicks = 0;  ///< of its latest item
    double rank = 0;           ///< share of latest items with fewer, [0, 1)
    double liked_rank = 0;     ///< the same among the latest items that drew any click
  };

  void take(const Ecosystem& e) {
    rows_.assign(e.creators.size(), {});
    std::vector<std::uint32_t> latest;
    for (ItemId item = 0; item < e.items.size(); ++item) {  // ids ascend by round: the last one stays
      auto& row = rows_[e.items.creator[item]];
      ++row.items;
      row.last_genre = e.items.genre[item];
      row.clicks = e.items.clicked[item];
    }
    for (std::size_t c = 0; c < rows_.size(); ++c) {
      rows_[c].present = e.creators.left[c] == 0;
      if (rows_[c].present && rows_[c].items > 0) latest.push_back(rows_[c].clicks);
    }
    for (auto& row : rows_) {
      const auto fewer =
          std::count_if(latest.begin(), latest.end(), [&](std::uint32_t l) { return l < row.clicks; });
      row.rank = latest.empty() ? 0 : static_cast<double>(fewer) / static_cast<double>(latest.size());
      const auto unliked = std::count(latest.begin(), latest.end(), 0U);
      row.liked_rank = row.clicks == 0 ? 0
                                       : static_cast<double>(fewer - unliked) /
                                             static_cast<double>(std::ssize(latest) - unliked);
    }
  }

  std::size_t size() const { return rows_.size(); }
  const Standing& operator[](std::size_t creator) const { return rows_[creator]; }

 private:
  std::vector<Standing> rows_;
};

}  // namespace perennial
