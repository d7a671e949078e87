#include "platform/recommend/din_training.h"

#include <algorithm>

#include "nn/losses.h"

namespace perennial {
namespace {

constexpr std::size_t block_of_rows = 512;

/// Gives things and users of a block their places, in the order they are met.
class Places {
 public:
  explicit Places(std::size_t numbers) : place_(numbers, none) {}

  template <class List, class Make>
  std::uint32_t of(std::uint32_t number, List& list, Make make) {
    std::uint32_t& place = place_[number];
    if (place == none) {
      place = static_cast<std::uint32_t>(list.size());
      list.push_back(make(number));
    }
    return place;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::vector<std::uint32_t> place_;
};

/// Per part of the vectors, the id behind each thing's columns.
std::vector<std::vector<std::uint32_t>> part_ids(std::span<const Thing> things, std::size_t parts) {
  std::vector<std::vector<std::uint32_t>> ids(parts);
  for (const Thing& thing : things) {
    ids[0].push_back(thing.item == no_item ? AttentionBatch::unknown : thing.item);
    if (parts == 1) continue;
    ids[1].push_back(thing.creator == no_creator ? AttentionBatch::unknown : thing.creator);
    ids[2].push_back(thing.genre == no_genre ? AttentionBatch::unknown : thing.genre);
  }
  return ids;
}

class DinLearner final : public Learner {
 public:
  DinLearner(DinModel& model, const DinExamples& examples, double rate, double dropout, Workers& workers)
      : model_(model), from_(examples), adam_{.rate = rate}, dropout_(dropout), workers_(workers) {}

  std::vector<std::uint32_t> examples() const override {
    std::vector<std::uint32_t> all;
    for (std::size_t row = from_.first_row; row < from_.rows.size(); ++row) {
      if (from_.histories.thing(row) != ClickHistories::left_out)
        all.push_back(static_cast<std::uint32_t>(row));
    }
    return all;
  }

  Loss batch(std::span<const std::uint32_t> examples, const Draws& draws, std::uint32_t epoch,
             bool learning) override {
    const std::size_t count = (examples.size() + block_of_rows - 1) / block_of_rows;
    blocks_.resize(std::max(blocks_.size(), count));
    losses_.resize(count);
    workers_.for_blocks(examples.size(), block_of_rows, [&](std::size_t begin, std::size_t end) {
      DinBlock& block = blocks_[begin / block_of_rows];
      fill_block(from_, examples.subspan(begin, end - begin), model_, block);
      const DinDropout dropout{dropout_, draws, epoch, block.examples};
      model_.score(block, learning ? &dropout : nullptr);
      block.slopes.resize(block.logits.size());
      const double share = static_cast<double>(end - begin) / static_cast<double>(examples.size());
      losses_[begin / block_of_rows] = share * bce_on_logits(block.logits, block.labels, block.slopes);
      if (!learning) return;
      for (float& slope : block.slopes) slope *= static_cast<float>(share);
      model_.differentiate(block, dropout_);
    });
    if (learning) model_.step({blocks_.data(), count}, adam_);
    Loss loss{.mean = 0, .weight = static_cast<double>(examples.size())};
    for (const double part : losses_) loss.mean += part;
    return loss;
  }

 private:
  DinModel& model_;
  const DinExamples& from_;
  const Adam adam_;
  const double dropout_;
  Workers& workers_;
  std::vector<DinBlock> blocks_;
  std::vector<double> losses_;
};

}  // namespace

void fill_block(const DinExamples& from, std::span<const std::uint32_t> rows, const DinModel& model,
                DinBlock& block) {
  block.examples.assign(rows.begin(), rows.end());
  block.labels.clear();
  block.users.clear();
  block.things.clear();
  block.user_of.clear();
  block.query_of.clear();
  const auto all_things = from.histories.things();
  const auto thing_at = [&](std::uint32_t t) { return all_things[t]; };
  Places users(from.histories.users()), things(all_things.size());
  for (const std::uint32_t row : rows) {
    block.labels.push_back(from.rows.clicked[row]);
    block.user_of.push_back(users.of(from.rows.user[row], block.users, [](std::uint32_t u) { return u; }));
    block.query_of.push_back(things.of(from.histories.thing(row), block.things, thing_at));
  }
  const std::size_t queries = block.things.size();
  std::vector<std::uint32_t> keys, ends;
  for (const std::uint32_t row : rows) {
    for (const std::uint32_t thing : from.histories.before(from.rows, row, from.history))
      keys.push_back(things.of(thing, block.things, thing_at));
    ends.push_back(static_cast<std::uint32_t>(keys.size()));
  }
  const auto parts = model.parts();
  const auto ids = part_ids(block.things, parts.size());
  if (block.attention.parts().size() != parts.size()) block.attention = AttentionBatch(parts);
  block.attention.reset(ids, queries, keys.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::size_t begin = r == 0 ? 0 : ends[r - 1];
    block.attention.add(block.query_of[r], std::span(keys).subspan(begin, ends[r] - begin));
  }
}

TrainingReport train(DinModel& model, const DinExamples& examples, const TrainingSettings& settings,
                     double dropout, const Draws& draws, Workers& workers) {
  DinLearner learner(model, examples, settings.rate, dropout, workers);
  return train(learner, settings, draws);
}

}  // namespace perennial
