#include "platform/rerank/mmr.h"

#include "platform/rerank/greedy_slate.h"

namespace perennial {
namespace {

class MarginalRelevance final : public GreedyRule {
 public:
  explicit MarginalRelevance(double lambda) : lambda_(lambda) {}

  void start(const UserList& list, std::vector<double>& gains) override {
    for (std::size_t i = 0; i < gains.size(); ++i) gains[i] = lambda_ * list.relevance[i];
  }
  void choose(const UserList& list, std::uint32_t position, std::vector<double>& gains) override {
    for (std::size_t i = 0; i < gains.size(); ++i) {
      if (list.kinds[i] == list.kinds[position]) gains[i] = lambda_ * list.relevance[i] - (1 - lambda_);
    }
  }

 private:
  double lambda_;
};

}  // namespace

Fields MmrReranker::fields() {
  Fields fields;
  fields.real("lambda", lambda_, {0, 1},
              "weight of relevance against being unlike what was chosen; 1 = the ranker's order");
  likeness_.add_to(fields);
  shortlist_.add_to(fields);
  return fields;
}

void MmrReranker::rerank(const RerankRequest& request, Slates& best) {
  serve_greedily(
      request, likeness_, [&] { return std::make_unique<MarginalRelevance>(lambda_); }, best);
}

}  // namespace perennial
