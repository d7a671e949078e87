#include <fmt/format.h>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

struct Case {
  std::string name, policy;
  std::int64_t creators, seeds, rounds;
  std::vector<std::string> sets = {};

  Arm arm() const {
    const Platform platform{.setting = "lockin", .sets = {"recommender.name=content"}};
    return {.platform = platform
                            .with({fmt::format("world.creators={}", creators),
                                   fmt::format("world.users={}", 2 * creators)})
                            .with(sets),
            .policy = policy,
            .seeds = seeds,
            .rounds = rounds};
  }
};

std::vector<Case> cases() {
  const std::vector<std::string> compact = {"policy.lore.hidden=256,256"};
  return {{"`lore-d`", "lore-d", 50, 10, 200},
          {"`lore-d`", "lore-d", 200, 5, 200},
          {"`lore-d`", "lore-d", 1000, 3, 200},
          {"`lore-d`", "lore-d", 10000, 1, 30},
          {"`lore`, hidden layers 256, 256", "lore", 50, 10, 200, compact},
          {"`lore`, hidden layers 256, 256", "lore", 200, 5, 200, compact},
          {"`lore`, hidden layers 256, 256", "lore", 1000, 3, 200, compact},
          {"`lore` as printed", "lore", 50, 3, 200}};
}

std::vector<double> milliseconds_per_round(const ComparedPolicy& runs) {
  std::vector<double> all;
  for (const auto& run : runs.runs)
    all.push_back(1000 * run.learning->train_seconds / static_cast<double>(run.rounds.size()));
  return all;
}

std::string convergence_words(const ComparedPolicy& runs) {
  std::vector<double> rounds;
  for (const auto& run : runs.runs) {
    if (run.learning->converged_at > 0) rounds.push_back(run.learning->converged_at);
  }
  const auto share = fmt::format("{} of {}", rounds.size(), runs.runs.size());
  return rounds.empty() ? share : fmt::format("{} ({})", with_range(interval_of(rounds), 0), share);
}

/// What training costs, and when it has settled.
class TrainingTime final : public Section {
 public:
  std::string title() const override { return "Training time and convergence"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const auto& c : cases()) all.push_back(c.arm());
    return all;
  }

  std::string text(const Lab& lab) const override {
    MarkdownTable table({"policy", "creators", "seeds", "rounds", "training, ms of CPU time per round",
                         "rounds until converged (runs that did)"});
    for (const auto& c : cases()) {
      const auto& runs = lab.runs(c.arm());
      table.add({c.name, std::to_string(c.creators), std::to_string(runs.runs.size()),
                 std::to_string(runs.runs.front().rounds.size()),
                 with_range(interval_of(milliseconds_per_round(runs)), 2), convergence_words(runs)});
    }
    const auto mean = [&](const Case& c) {
      return interval_of(milliseconds_per_round(lab.runs(c.arm()))).mean;
    };
    const auto all = cases();
    return paragraph({"`lockin`, ranker `content`, twice as many users as creators. Time is that of forward, "
                      "backward and step, without simulation, spread over all rounds. Converged: the policy "
                      "loss falls by less than 1% over 10 consecutive updates. These times, unlike all other "
                      "numbers of this page, change with the machine and from one making to the next."}) +
           table.text() +
           paragraph(
               {fmt::format("From 200 to 1,000 creators, 5 times as many, `lore-d` takes {:.1f} times as "
                            "long per round.",
                            mean(all[2]) / std::max(mean(all[1]), 1e-9)),
                fmt::format("Asked: at most 40 ms for `lore-d` and 200 ms for `lore` with hidden layers "
                            "256, 256 at 1,000 creators; found: {:.1f} ms ({}) and {:.1f} ms ({}).",
                            mean(all[2]), mean(all[2]) <= 40 ? "met" : "not met", mean(all[6]),
                            mean(all[6]) <= 200 ? "met" : "not met")});
  }
};

}  // namespace

std::unique_ptr<Section> training_time() {
  return std::make_unique<TrainingTime>();
}

}  // namespace perennial::studies
