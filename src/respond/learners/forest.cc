#include "respond/learners/forest.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/error.h"

namespace perennial {
namespace {

using Json = nlohmann::json;

constexpr std::size_t rows_side_by_side = 8;  // enough to hide how long a node takes to arrive
constexpr std::size_t block_rows = 64;        // whose values stay in the nearest cache while all trees pass

}  // namespace

/// One tree of XGBoost's, put in place breadth first, so that children lie side by side.
struct Forest::TreeReader {
  Forest& forest;
  const Json &left, &right, &column, &condition, &kind;
  std::vector<CategorySet> sets;  // by node of XGBoost's

  TreeReader(Forest& to, const Json& tree)
      : forest(to),
        left(tree.at("left_children")),
        right(tree.at("right_children")),
        column(tree.at("split_indices")),
        condition(tree.at("split_conditions")),
        kind(tree.at("split_type")),
        sets(left.size()) {
    const Json &nodes = tree.at("categories_nodes"), &begins = tree.at("categories_segments"),
               &sizes = tree.at("categories_sizes"), &categories = tree.at("categories");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      auto& set = sets.at(nodes[i].get<std::size_t>());
      const auto begin = begins[i].get<std::size_t>();
      for (std::size_t at = begin; at < begin + sizes[i].get<std::size_t>(); ++at) {
        const auto category = categories.at(at).get<std::size_t>();
        set.at(category / 64) |= std::uint64_t{1} << (category % 64);
      }
    }
  }

  void place_leaf(std::uint32_t at, std::size_t node) {
    forest.node_[at] = {std::numeric_limits<float>::quiet_NaN(), 0, at - 1};
    forest.leaf_[at] = condition.at(node).get<float>();
  }

  void place_split(std::uint32_t at, std::size_t node, std::uint32_t child) {
    const auto of = column.at(node).get<std::int32_t>();
    const bool by_category = kind.at(node).get<int>() == 1;
    forest.node_[at] = {condition.at(node).get<float>(), by_category ? -1 - of : of, child};
    if (!by_category) return;
    forest.categories_.resize(std::max<std::size_t>(forest.categories_.size(), at + 1));
    forest.categories_[at] = sets[node];
  }

  void place() {
    std::vector<std::size_t> order = {0};  // XGBoost's nodes in ours' order
    const auto first = static_cast<std::uint32_t>(forest.node_.size());
    forest.root_.push_back(first);
    for (std::size_t i = 0; i < order.size(); ++i) {
      check(order.size() <= left.size(), "a tree has every node once");
      const auto at = static_cast<std::uint32_t>(first + i);
      forest.node_.resize(first + order.size());
      forest.leaf_.resize(forest.node_.size());
      const auto node = order[i];
      if (left.at(node).get<int>() < 0) {
        place_leaf(at, node);
        continue;
      }
      place_split(at, node, static_cast<std::uint32_t>(first + order.size()));
      order.push_back(left.at(node).get<std::size_t>());
      order.push_back(right.at(node).get<std::size_t>());
    }
  }
};

Forest::Forest(std::span<const std::byte> model) {
  // A leaf points before itself: one node that nobody walks keeps that inside of the table.
  node_.resize(1);
  leaf_.resize(1);
  try {
    const auto* begin = reinterpret_cast<const std::uint8_t*>(model.data());
    const Json json = Json::from_ubjson(begin, begin + model.size());
    const Json& learner = json.at("learner");
    base_ = std::strtof(
        learner.at("learner_model_param").at("base_score").get_ref<const std::string&>().c_str(), nullptr);
    for (const Json& tree : learner.at("gradient_booster").at("model").at("trees"))
      TreeReader(*this, tree).place();
  } catch (const std::exception& error) {
    throw Error(ErrorCode::invalid_data, fmt::format("trees that cannot be read: {}", error.what()));
  }
}

inline std::uint32_t Forest::step(std::uint32_t node, const float* row) const {
  const Node& at = node_[node];
  if (at.column >= 0) return at.child + (row[at.column] < at.cut ? 0 : 1);
  const auto category = static_cast<std::size_t>(row[-1 - at.column]);
  const auto& set = categories_[node];
  const bool right = category < 256 && (set[category / 64] >> (category % 64) & 1) != 0;
  return at.child + (right ? 1 : 0);
}

template <std::size_t rows>
void Forest::add_leaves(std::uint32_t root, const float* values, std::size_t columns, float* to) const {
  std::array<std::uint32_t, rows> node{};
  node.fill(root);
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t i = 0; i < rows; ++i) {
      const auto next = step(node[i], values + i * columns);
      moved |= next != node[i];
      node[i] = next;
    }
  }
  for (std::size_t i = 0; i < rows; ++i) to[i] += leaf_[node[i]];
}

void Forest::margins(std::span<const float> values, std::span<float> to) const {
  const std::size_t columns = to.empty() ? 0 : values.size() / to.size();
  std::fill(to.begin(), to.end(), base_);
  for (std::size_t block = 0; block < to.size(); block += block_rows) {
    const std::size_t end = std::min(to.size(), block + block_rows);
    for (const auto root : root_) {
      std::size_t row = block;
      for (; row + rows_side_by_side <= end; row += rows_side_by_side)
        add_leaves<rows_side_by_side>(root, &values[row * columns], columns, &to[row]);
      for (; row < end; ++row) add_leaves<1>(root, &values[row * columns], columns, &to[row]);
    }
  }
}

}  // namespace perennial
