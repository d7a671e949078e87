#include "platform/rerank/apdr.h"

#include <algorithm>
#include <cmath>

#include "platform/rerank/greedy_slate.h"

namespace perennial {
namespace {

class DiminishingReturns final : public GreedyRule {
 public:
  explicit DiminishingReturns(double lambda) : lambda_(lambda) {}

  void start(const UserList& list, std::vector<double>& gains) override {
    chosen_.clear();
    for (std::size_t i = 0; i < gains.size(); ++i) gains[i] = lambda_ * list.relevance[i] + (1 - lambda_);
  }
  void choose(const UserList& list, std::uint32_t position, std::vector<double>& gains) override {
    const std::uint32_t kind = list.kinds[position];
    chosen_.push_back(kind);
    const auto count = static_cast<double>(std::ranges::count(chosen_, kind));
    const double bonus = (1 - lambda_) * (std::log2(2 + count) - std::log2(1 + count));
    for (std::size_t i = 0; i < gains.size(); ++i) {
      if (list.kinds[i] == kind) gains[i] = lambda_ * list.relevance[i] + bonus;
    }
  }

 private:
  double lambda_;
  std::vector<std::uint32_t> chosen_;  // kinds
};

}  // namespace

Fields ApdrReranker::fields() {
  Fields fields;
  fields.real("lambda", lambda_, {0, 1},
              "weight of relevance against being of a kind chosen seldom; 1 = the ranker's order");
  likeness_.add_to(fields);
  shortlist_.add_to(fields);
  return fields;
}

void ApdrReranker::rerank(const RerankRequest& request, Slates& best) {
  serve_greedily(
      request, likeness_, [&] { return std::make_unique<DiminishingReturns>(lambda_); }, best);
}

}  // namespace perennial
