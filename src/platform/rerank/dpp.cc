#include "platform/rerank/dpp.h"

#include <cmath>

#include "platform/rerank/greedy_slate.h"

namespace perennial {
namespace {

/// Below this, an item's squared distance from the span of the chosen is rounding.
constexpr double no_volume = 1e-10;

class Volume final : public GreedyRule {
 public:
  Volume(double same_kind, double other_kind) : same_kind_(same_kind), other_kind_(same_kind * other_kind) {}

  void start(const UserList& list, std::vector<double>& gains) override {
    rows_.clear();
    for (std::size_t i = 0; i < gains.size(); ++i) gains[i] = list.relevance[i] * list.relevance[i];
    spent_ = gains.empty() || gains.front() < no_volume;
    if (spent_) go_by_rank(gains);
  }

  void choose(const UserList& list, std::uint32_t position, std::vector<double>& gains) override {
    if (spent_) return;
    const double length = std::sqrt(gains[position]);
    const std::size_t size = gains.size(), chosen = rows_.size() / size;
    rows_.resize(rows_.size() + size);
    double* const row = rows_.data() + chosen * size;
    bool left = false;
    for (std::size_t i = 0; i < size; ++i) {
      const double similarity = list.kinds[i] == list.kinds[position] ? same_kind_ : other_kind_;
      double inner = list.relevance[i] * list.relevance[position] * similarity;
      for (std::size_t r = 0; r < chosen; ++r) inner -= rows_[r * size + i] * rows_[r * size + position];
      row[i] = inner / length;
      gains[i] -= row[i] * row[i];
      left = left || (i != position && gains[i] >= no_volume);
    }
    if (!left) {
      spent_ = true;
      go_by_rank(gains);
    }
  }

 private:
  /// Any values that descend along the list.
  static void go_by_rank(std::vector<double>& gains) {
    for (std::size_t i = 0; i < gains.size(); ++i) gains[i] = -static_cast<double>(i);
  }

  double same_kind_, other_kind_;
  bool spent_ = false;
  std::vector<double> rows_;  // of the Cholesky factor: chosen x listed
};

}  // namespace

Fields DppReranker::fields() {
  Fields fields;
  fields
      .real("same_kind", same_kind_, {0, 1},
            "similarity of two items of one kind; 1 = a second one adds nothing while any other kind is left")
      .real("other_kind", other_kind_, {0, 1}, "similarity between kinds, as a share of that within one");
  likeness_.add_to(fields);
  shortlist_.add_to(fields);
  return fields;
}

void DppReranker::rerank(const RerankRequest& request, Slates& best) {
  serve_greedily(
      request, likeness_, [&] { return std::make_unique<Volume>(same_kind_, other_kind_); }, best);
}

}  // namespace perennial
