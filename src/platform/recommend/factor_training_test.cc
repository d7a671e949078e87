#include "platform/recommend/factor_training.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "nn/losses.h"
#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

/// Clicks with a given probability per (user, genre), one example each; remembers what it was asked for.
class Clicks final : public Objective {
 public:
  Clicks(const PlantedPlatform& platform, std::size_t rows, bool noise) {
    const Draws coins(5, Purpose::click);
    for (std::uint32_t i = 0; i < rows; ++i) {
      const UserId user = coins.below(static_cast<std::uint32_t>(platform.users.size()), i, 1);
      const ItemId item = coins.below(static_cast<std::uint32_t>(platform.items.size()), i, 2);
      pairs_.push_back({user, item, platform.items.creator[item], platform.items.genre[item]});
      const double p = noise ? 0.5 : platform.click_probability(user, platform.items.genre[item]);
      clicked_.push_back(coins.coin(p, i, 3) ? 1.0F : 0.0F);
    }
  }
  std::size_t size() const override { return pairs_.size(); }
  float base() const override { return 0; }
  void fill(std::span<const std::uint32_t> examples, const Draws&, std::uint32_t epoch,
            FactorBatch& batch) override {
    batch.pairs.clear();
    labels_.clear();
    for (const std::uint32_t example : examples) {
      batch.pairs.push_back(pairs_[example]);
      labels_.push_back(clicked_[example]);
      if (epoch > 0) ++trained[example];
    }
  }
  double loss(FactorBatch& batch) override { return bce_on_logits(batch.logits, labels_, batch.slopes); }

  std::vector<int> trained = std::vector<int>(100000, 0);

 private:
  std::vector<UserItem> pairs_;
  std::vector<float> clicked_, labels_;
};

struct Trained {
  explicit Trained(const TrainingSettings& settings, bool noise, std::size_t rows = 8000)
      : clicks(platform_with_items(), rows, noise) {
    model.start(FactorSettings{}, platform.users.size(), platform.shape.creators,
                platform.world.genres.size(), 1);
    model.grow(platform.items);
    report = train(model, clicks, settings, Draws(1, Purpose::training, 1), platform.workers);
  }
  PlantedPlatform& platform_with_items() {
    platform.make_items(1);
    return platform;
  }

  PlantedPlatform platform{{}};
  Clicks clicks;
  FactorModel model;
  TrainingReport report;
};

TEST(FactorTraining, StopsEarlyWhenThereIsNothingToLearn) {
  const Trained noise({.epochs = 200, .patience = 2}, true);
  EXPECT_LT(noise.report.epochs, 100);
  const auto& losses = noise.report.held_out_losses;
  ASSERT_GE(losses.size(), 3U);
  EXPECT_GE(losses[losses.size() - 1], *std::min_element(losses.begin(), losses.end() - 2) - 1e-4);
  EXPECT_GE(losses[losses.size() - 2], *std::min_element(losses.begin(), losses.end() - 2) - 1e-4);
}

TEST(FactorTraining, GoesOnWhileTheHeldOutLossFalls) {
  const Trained learned({.epochs = 15}, false);
  EXPECT_EQ(learned.report.epochs, 15);
  EXPECT_LT(learned.report.held_out_losses.back(), learned.report.held_out_losses.front() - 0.1);
}

TEST(FactorTraining, RunsAllEpochsWithNothingHeldOut) {
  const Trained noise({.epochs = 12, .held_out = 0}, true, 500);
  EXPECT_EQ(noise.report.epochs, 12);
}

TEST(FactorTraining, NeverTrainsOnHeldOutExamplesAndOnAllOthersOncePerEpoch) {
  const Trained learned({.epochs = 3, .held_out = 0.25}, false, 4000);
  int held_out = 0;
  for (std::size_t i = 0; i < 4000; ++i) {
    const int times = learned.clicks.trained[i];
    EXPECT_TRUE(times == 0 || times == learned.report.epochs)
        << "example " << i << " was used " << times << " times";
    held_out += times == 0 ? 1 : 0;
  }
  EXPECT_NEAR(held_out, 1000, 120);
}

}  // namespace
}  // namespace perennial
