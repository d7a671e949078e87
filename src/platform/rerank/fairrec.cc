#include "platform/rerank/fairrec.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "platform/rerank/round_creators.h"
#include "platform/rerank/user_list.h"

namespace perennial {
namespace {

/// Whose places an item takes: its creator's, or its own.
class Owners {
 public:
  Owners(const RerankRequest& request, bool by_item)
      : candidates_(request.candidates), creators_(request), by_item_(by_item) {}

  std::size_t size() const { return by_item_ ? candidates_.size() : creators_.size(); }
  std::size_t of(ItemId item) const {
    return by_item_
               ? static_cast<std::size_t>(std::ranges::lower_bound(candidates_, item) - candidates_.begin())
               : creators_.of(item);
  }

 private:
  std::span<const ItemId> candidates_;
  RoundCreators creators_;
  bool by_item_;
};

/// What each user took so far: positions on its list, users x slate.
struct Taken {
  std::size_t slate;
  std::vector<std::uint32_t> positions;
  std::vector<std::uint32_t> counts;

  Taken(std::size_t users, std::size_t k) : slate(k), positions(users * k), counts(users) {}
  void add(std::size_t row, std::uint32_t position) { positions[row * slate + counts[row]++] = position; }
  bool full(std::size_t row) const { return counts[row] == slate; }
  std::span<const std::uint32_t> of(std::size_t row) const {
    return {positions.data() + row * slate, counts[row]};
  }
};

/// First phase. What a user's cursor has passed is taken or has no places left, and neither changes.
void share_out(const RerankRequest& request, const Owners& owners, std::uint64_t places_each, Taken& taken) {
  std::vector<std::uint64_t> left(owners.size(), places_each);
  std::uint64_t all_left = places_each * owners.size();
  std::vector<std::uint32_t> cursor(request.users.size(), 0);
  for (std::size_t turn = 0; turn < request.slate && all_left > 0; ++turn) {
    for (std::size_t row = 0; row < request.users.size() && all_left > 0; ++row) {
      const auto items = request.shortlist.row(row);
      auto& at = cursor[row];
      while (at < items.size() && items[at] != no_item && left[owners.of(items[at])] == 0) ++at;
      if (at == items.size() || items[at] == no_item) continue;
      --left[owners.of(items[at])];
      --all_left;
      taken.add(row, at++);
    }
  }
}

/// Second phase: a user's taken positions, then the best others, `depth` in all.
void fill(const RerankRequest& request, std::size_t row, std::span<const std::uint32_t> taken,
          std::vector<std::uint32_t>& positions) {
  positions.assign(taken.begin(), taken.end());
  const auto listed = static_cast<std::uint32_t>(listed_items(request, row).size());
  auto next_taken = taken.begin();  // ascending: a cursor only moves on
  for (std::uint32_t i = 0; i < listed && positions.size() < request.depth; ++i) {
    if (next_taken != taken.end() && *next_taken == i) {
      ++next_taken;
    } else {
      positions.push_back(i);
    }
  }
}

}  // namespace

Fields FairRecReranker::fields() {
  Fields fields;
  fields
      .real("alpha", alpha_, {0, 1},
            "share of the round's places that is guaranteed, in equal parts; 0 = the ranker's order")
      .text("level", level_, "who is guaranteed places: each creator, or, as in the original, each item",
            {"creator", "item"});
  shortlist_.add_to(fields);
  return fields;
}

void FairRecReranker::rerank(const RerankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  const Owners owners(request, level_ == "item");
  if (owners.size() == 0) return;
  const double places = static_cast<double>(request.users.size()) * static_cast<double>(request.slate);
  const auto each =
      static_cast<std::uint64_t>(std::floor(alpha_ * places / static_cast<double>(owners.size())));
  Taken taken(request.users.size(), request.slate);
  share_out(request, owners, each, taken);
  std::vector<std::uint32_t> positions;
  for (std::size_t row = 0; row < request.users.size(); ++row) {
    fill(request, row, taken.of(row), positions);
    put_in_row(request, row, positions, best);
  }
}

}  // namespace perennial
