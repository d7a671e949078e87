#include "platform/rerank/tfrom.h"

#include <cmath>
#include <numeric>
#include <vector>

#include "platform/rerank/round_creators.h"
#include "platform/rerank/user_list.h"

namespace perennial {
namespace {

/// Fills one slate after the other.
class Slots {
 public:
  explicit Slots(const RerankRequest& request) : request_(request), creators_(request) {
    for (std::size_t place = 0; place < request.slate; ++place)
      worth_.push_back(1 / std::log2(static_cast<double>(place) + 2));
    slate_worth_ = std::accumulate(worth_.begin(), worth_.end(), 0.0);
    exposure_.assign(creators_.size(), 0.0);
  }

  /// Positions on the user's list, best place first. To be called for each row in order.
  std::span<const std::uint32_t> serve(std::size_t row) {
    const auto items = listed_items(request_, row);
    const double so_far = slate_worth_ * static_cast<double>(row + 1);
    numbers_.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) numbers_[i] = creators_.of(items[i]);
    used_.assign(items.size(), 0);
    positions_.assign(std::min(request_.depth, items.size()), nobody);
    const std::size_t filled = std::min(request_.slate, items.size());
    for (std::size_t place = 0; place < filled; ++place) positions_[place] = best_within(so_far, place);
    std::uint32_t next = 0;
    for (std::size_t place = 0; place < positions_.size(); ++place) {
      if (positions_[place] != nobody) continue;
      while (used_[next] != 0) ++next;
      use(next, place);
      positions_[place] = next;
    }
    return positions_;
  }

 private:
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  std::uint32_t best_within(double so_far, std::size_t place) {
    for (std::uint32_t i = 0; i < numbers_.size(); ++i) {
      const std::uint32_t p = numbers_[i];
      if (used_[i] != 0 || exposure_[p] + worth_[place] > so_far * creators_.share(p)) continue;
      use(i, place);
      return i;
    }
    return nobody;
  }
  /// What just missed the slate (places from slate on) is no exposure.
  void use(std::uint32_t position, std::size_t place) {
    used_[position] = 1;
    if (place < worth_.size()) exposure_[numbers_[position]] += worth_[place];
  }

  const RerankRequest& request_;
  RoundCreators creators_;
  std::vector<double> worth_;  // of a place
  double slate_worth_ = 0;
  std::vector<double> exposure_;  // of a creator, this round
  std::vector<std::uint32_t> numbers_, positions_;
  std::vector<std::uint8_t> used_;
};

}  // namespace

Fields TfromReranker::fields() {
  Fields fields;
  shortlist_.add_to(fields);
  return fields;
}

void TfromReranker::rerank(const RerankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  Slots slots(request);
  for (std::size_t row = 0; row < request.users.size(); ++row) {
    put_in_row(request, row, slots.serve(row), best);
  }
}

}  // namespace perennial
