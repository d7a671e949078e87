#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "platform/rerank/likeness.h"
#include "platform/rerank/reranker.h"
#include "platform/rerank/user_list.h"

namespace perennial {

/// One user's list, item by item.
struct UserList {
  std::span<const ItemId> items;
  std::vector<double> relevance;
  std::vector<std::uint32_t> kinds;
};

/// Builds a user's slate one item at a time. A new one per block of users; its memory is used again for the next user.
class GreedyRule {
 public:
  virtual ~GreedyRule() = default;

  /// Starts a user: fills `gains` with an entry per listed item. The highest is chosen first, the ranker's order between
  /// equals.
  virtual void start(const UserList& list, std::vector<double>& gains) = 0;
  /// Moves the gains after `position` was chosen. Entries of items chosen before are ignored.
  virtual void choose(const UserList& list, std::uint32_t position, std::vector<double>& gains) = 0;
};

/// Serves every user by itself, in parallel: `depth` items, shown in the order in which the rule chose them.
void serve_greedily(const RerankRequest& request, const Likeness& likeness,
                    const std::function<std::unique_ptr<GreedyRule>()>& make_rule, Slates& best);

}  // namespace perennial
