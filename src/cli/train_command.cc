#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/commands.h"
#include "cli/comparison_output.h"
#include "cli/output_flags.h"
#include "cli/plan_flags.h"
#include "io/json_file.h"
#include "report/training_summary.h"
#include "report/words.h"
#include "simulate/language_models.h"
#include "study/saved_runs.h"
#include "study/training.h"

namespace perennial {
namespace {

struct TrainFlags {
  PlanFlags plan;
  OutputFlags output;
  std::filesystem::path warm_start;
  std::int64_t save_every = 50;
};

constexpr const char* state_file = "training.state";
constexpr const char* table_file = "training.parquet";

/// A training that is taken up again may only become longer.
Plan resumed_plan(const TrainFlags& flags) {
  for (const auto& given : flags.plan.given) {
    if (given.key == "run.rounds") continue;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: cannot change in a training that is taken up again; only --rounds can",
                            given.place));
  }
  if (!flags.plan.sets.empty() || !flags.plan.setting.empty() || !flags.plan.config.empty() ||
      !flags.warm_start.empty()) {
    throw Error(
        ErrorCode::invalid_argument,
        "train: --set, --setting, --config and --warm-start cannot change in a training that is taken "
        "up again");
  }
  return make_plan("", flags.output.resume / "config.toml", flags.plan.given);
}

/// Has the policy go on from what a folder holds: its name says so, in config.toml too.
void warm_start(Plan& plan, const TrainFlags& flags) {
  const auto place = fmt::format("--warm-start {}", flags.warm_start.string());
  std::error_code none;
  if (std::filesystem::equivalent(flags.warm_start, flags.output.out, none))
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: is the folder of --out; name another", place));
  if (plan.policies.find_first_of("@,") != std::string::npos) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: goes with one policy without a folder of its own, not with '{}'", place,
                            plan.policies));
  }
  if (flags.warm_start.string().find(',') != std::string::npos)
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: a folder's name must not hold a comma here", place));
  plan.policies += "@" + flags.warm_start.string();
}

Plan new_plan(const TrainFlags& flags) {
  Plan plan = flags.plan.plan({{"train", "run.policies", std::string("lore-d")},
                               {"train", "run.rounds", std::int64_t{1000}},
                               {"train", "run.seeds", std::int64_t{8}},
                               {"train", "run.first_seed", std::int64_t{1000}}});
  if (!flags.warm_start.empty()) warm_start(plan, flags);
  return plan;
}

/// The cell under which all copies are saved together.
Cell cell_of(const Plan& plan) {
  return {plan.policy_names().front(), plan.seed_list().front()};
}

void take_up(Training& training, const std::filesystem::path& folder, const Plan& plan) {
  const auto path = folder / state_file;
  auto saved = load_run(path, plan, cell_of(plan));
  if (!saved) throw Error(ErrorCode::not_found, fmt::format("{}: no saved training there", path.string()));
  try {
    training.persist(saved->state);
  } catch (const Error& error) {
    throw error.at(path.string());
  }
  if (training.round() > plan.rounds) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("--rounds {}: the training has already come to round {}", plan.rounds, training.round()));
  }
}

/// Everything that a look at the training, a stop or a crash needs. The state comes last: it is what a resume goes by.
void save(Training& training, RunFolder& folder, const Plan& plan) {
  save_policy(folder.path(), training.policy());
  folder.write_parquet(table_file, training_table(training.rounds()));
  Archive state;
  training.persist(state);
  save_run(folder.path_of(state_file), plan, cell_of(plan), training.round(), std::move(state));
}

/// Clicks per round so far beside silent and random, and how learning goes.
class TrainingWords {
 public:
  explicit TrainingWords(const Training& training) {
    for (const auto& round : training.rounds()) add(round);
  }

  void add(const TrainingRound& round) {
    clicks_ += round.clicks;
    silent_ += round.silent;
    random_ += round.random;
    ++rounds_;
    latest_ = round;
  }

  std::string words() const {
    return fmt::format(
        "clicks {:.1f}, silent {:.1f}, random {:.1f}, policy loss {:.3f}, entropy {:.2f}, clip {:.0f}%, "
        "explained "
        "variance {:.2f}",
        clicks_ / rounds_, silent_ / rounds_, random_ / rounds_, latest_.policy_loss, latest_.entropy_nats,
        100 * latest_.clip_share, latest_.explained_variance);
  }

 private:
  double clicks_ = 0, silent_ = 0, random_ = 0, rounds_ = 0;
  TrainingRound latest_{};
};

/// Plays to the plan's end, saving on the way and at the end or a stop.
bool play(Training& training, const TrainFlags& flags, const Plan& plan, RunFolder& folder) {
  Progress progress("train", static_cast<std::uint64_t>(plan.rounds - training.round()),
                    progress_style(stderr), progress_sink(stderr));
  TrainingWords so_far(training);
  const bool finished = training.play(static_cast<std::uint32_t>(plan.rounds), [&] {
    so_far.add(training.rounds().back());
    progress.say(so_far.words());
    progress.advance();
    if (flags.save_every > 0 && training.round() % flags.save_every == 0) save(training, folder, plan);
    return !interrupt_requested();
  });
  progress.finish();
  save(training, folder, plan);
  return finished;
}

void write_training(RunFolder& folder, const Training& training, bool json) {
  const Comparison comparison = training.comparison();
  write_comparison(folder, comparison);
  const auto summary = json_text(training_summary_of(comparison, training.rounds()));
  folder.write_text("summary.json", summary);
  folder.finish();
  if (json) {
    fmt::print("{}", summary);
    return;
  }
  print_comparison(comparison, folder.path_of("report.html"));
  const auto name = fmt::format("{}@{}", parse_policy_name(comparison.policies.front().name).policy,
                                folder.path().string());
  fmt::print("play it: perennial compare --policies random,{},{}:frozen --out out\n", name, name);
}

void run_train(const TrainFlags& flags) {
  flags.output.require_one_folder("train", "training");
  const Plan plan = flags.output.resuming() ? resumed_plan(flags) : new_plan(flags);
  refuse_language_models(plan.simulation, "train");
  const auto source = open_world(plan.simulation.world);
  Workers workers(flags.output.threads);
  Training training(plan, source, workers);
  if (flags.output.resuming()) {
    take_up(training, flags.output.resume, plan);
  } else {
    for (const auto& run : plan.log_folders()) training.imitate(read_platform_logs(run));
  }
  RunFolder folder = flags.output.open_folder("train");
  if (!flags.output.resuming()) {  // of a training that was here before
    for (const char* name : {policy_file, state_file}) std::filesystem::remove(folder.path_of(name));
  }
  folder.write_text("config.toml", to_toml(plan));
  if (!play(training, flags, plan, folder)) {
    throw Error(
        ErrorCode::interrupted,
        fmt::format("stopped after round {}; the training is saved, go on with: perennial train --resume {}",
                    training.round(), folder.path().string()));
  }
  write_training(folder, training, flags.output.json);
}

}  // namespace

void add_train_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "train", "Trains a policy on several copies of a platform at once and leaves it in a folder");
  auto flags = std::make_shared<TrainFlags>();
  flags->plan.add_to(*command);
  flags->plan.add_key(*command, "--policy", "run.policies", "the policy to train (default lore-d)");
  flags->plan.add_key(*command, "--copies", "run.seeds",
                      "copies of the platform, each with its own people and coins (default 8)");
  flags->plan.add_key(*command, "--seed", "run.first_seed",
                      "the first copy's seed; the others follow it (default 1000)");
  command->add_option(
      "--warm-start", flags->warm_start,
      "begin with the policy that an earlier training left in this folder, whatever its world");
  command
      ->add_option_function<std::vector<std::string>>(
          "--from-logs",
          [flags](const std::vector<std::string>& folders) {
            flags->plan.given.push_back(
                {"--from-logs", "train.from_logs", fmt::format("{}", fmt::join(folders, ","))});
          },
          "before the first round, imitate the suggestions that were logged in these folders, with commas "
          "between; perennial simulate --save-logs leaves them (train.from_logs)")
      ->allow_extra_args(false);
  command
      ->add_option("--save-every", flags->save_every,
                   "save the policy and the training every so many rounds (default 50; 0 = only at the end)")
      ->check(CLI::NonNegativeNumber);
  flags->output.add_to(
      *command, {.out = "folder for policy.checkpoint, training.parquet, summary.json, report.html, "
                        "config.toml and training.state",
                 .resume = "go on with a training in this folder, to --rounds or as far as was planned",
                 .threads = "copies played side by side"});
  command->footer(
      "\nExamples:\n"
      "  perennial train --policy lore-d --world youtube --setting lockin --rounds 1000 --out trained\n"
      "  perennial train --resume trained --rounds 2000\n"
      "  perennial train --setting craft --warm-start trained --rounds 200 --out for-craft\n"
      "  perennial train --from-logs run --rounds 200 --out from-logs\n"
      "  perennial compare --policies random,lore-d@trained,lore-d@trained:frozen --out out   # seeds it "
      "never saw\n");
  command->callback([flags] { run_train(*flags); });
}

}  // namespace perennial
