#include <fmt/format.h>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"
#include "study/seed_values.h"

namespace perennial::studies {
namespace {

struct Case {
  std::string name, policy;
  std::int64_t creators, seeds, rounds;
  std::vector<std::string> sets = {};
  std::string leaving = "leaving.after=0";

  Arm arm() const {
    const Platform platform{.setting = "lockin", .sets = {"recommender.name=content", leaving}};
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
  const std::string leave = "leaving.after=5";  // as in lockin
  const std::vector<std::string> compact = {"policy.lore.hidden=256,256"};
  return {{"`lore-d`", "lore-d", 50, 10, 200},
          {"`lore-d`", "lore-d", 200, 5, 200},
          {"`lore-d`", "lore-d", 1000, 3, 200},
          {"`lore-d`", "lore-d", 10000, 1, 30},
          {"`lore`, hidden layers 256, 256", "lore", 50, 10, 200, compact},
          {"`lore`, hidden layers 256, 256", "lore", 200, 5, 200, compact},
          {"`lore`, hidden layers 256, 256", "lore", 1000, 3, 200, compact},
          {"`lore` as printed", "lore", 50, 3, 200},
          {"`lore-d`, creators leave", "lore-d", 50, 10, 200, {}, leave},
          {"`lore-d`, creators leave", "lore-d", 200, 5, 200, {}, leave},
          {"`lore-d`, creators leave", "lore-d", 1000, 3, 200, {}, leave}};
}

std::vector<double> milliseconds_per_round(const ComparedPolicy& runs) {
  std::vector<double> all;
  for (const auto& run : runs.runs)
    all.push_back(1000 * run.learning->train_seconds / static_cast<double>(run.rounds.size()));
  return all;
}

/// Creators that created per round: those that leave cost nothing any more.
double active(const ComparedPolicy& runs) {
  return interval_of(seed_values(runs, Metric::active_creators)).mean;
}

/// A mean with its interval, or alone where there is one seed only.
std::string over_seeds(const std::vector<double>& values) {
  const auto interval = interval_of(values);
  return values.size() == 1 ? fmt::format("{:.2f}", interval.mean) : with_range(interval, 2);
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
    MarkdownTable table({"policy", "creators", "seeds", "rounds", "training, ms per round", "active creators",
                         "training, µs per active creator", "rounds until converged (runs that did)"});
    for (const auto& c : cases()) {
      const auto& runs = lab.runs(c.arm());
      table.add({c.name, std::to_string(c.creators), std::to_string(runs.runs.size()),
                 std::to_string(runs.runs.front().rounds.size()), over_seeds(milliseconds_per_round(runs)),
                 fmt::format("{:.0f}", active(runs)), fmt::format("{:.1f}", 1000 * mean(runs) / active(runs)),
                 convergence_words(runs)});
    }
    return paragraph(
               {"`lockin`, ranker `content`, twice as many users as creators, and nobody leaves except in "
                "the last rows, so that all creators count. Time is CPU time of forward, backward and step, "
                "without simulation, spread over all rounds. Converged: the policy loss falls by less "
                "than 1% over 10 consecutive updates, so a run with fewer updates cannot be seen to "
                "converge. These times, unlike all other numbers of this page, change with the machine "
                "and from one making to the next."}) +
           table.text() + what_it_says(lab);
  }

 private:
  static double mean(const ComparedPolicy& runs) { return interval_of(milliseconds_per_round(runs)).mean; }

  static std::string what_it_says(const Lab& lab) {
    const auto all = cases();
    const auto &few = lab.runs(all[1].arm()), &large = lab.runs(all[2].arm());
    const double compact = mean(lab.runs(all[6].arm()));
    return paragraph(
        {fmt::format("`lore-d` at {} creators against {}: {:.1f} times as many active ones, {:.1f} times as "
                     "long per round.",
                     all[2].creators, all[1].creators, active(large) / active(few),
                     mean(large) / std::max(mean(few), 1e-9)),
         fmt::format("Asked: at most 40 ms for `lore-d` and 200 ms for `lore` with hidden layers 256, 256 at "
                     "1,000 creators; found: {:.1f} ms ({}) and {:.1f} ms ({}).",
                     mean(large), mean(large) <= 40 ? "met" : "not met", compact,
                     compact <= 200 ? "met" : "not met")});
  }
};

}  // namespace

std::unique_ptr<Section> training_time() {
  return std::make_unique<TrainingTime>();
}

}  // namespace perennial::studies
