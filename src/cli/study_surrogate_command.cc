#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/asked_model.h"
#include "cli/plan_flags.h"
#include "cli/study_commands.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "report/surrogate_report.h"
#include "study/surrogate_study.h"

namespace perennial {
namespace {

constexpr const char* folder_kind = "study calibrate-surrogate";

struct SurrogateFlags {
  PlanFlags plan;
  LlmFlags llm;
  std::filesystem::path out;
  std::size_t threads = 2;
  bool force = false, json = false;

  Existing existing() const { return force ? Existing::force : Existing::replace; }
};

void write_study(const SurrogateFlags& flags, const SurrogateStudy& study) {
  RunFolder folder(flags.out, folder_kind, flags.existing());
  const auto summary = json_text(surrogate_summary(study));
  folder.write_text("config.toml", to_toml(study.plan));
  folder.write_text("surrogate.toml", to_toml(study.surrogate_plan));
  folder.write_parquet("rounds.parquet", surrogate_rounds_table(study));
  folder.write_text("summary.json", summary);
  folder.write_text("report.html", render_surrogate_report(study));
  folder.finish();
  if (flags.json) return fmt::print("{}", summary);
  fmt::print("{}\nsurrogate: {}\nreport: {}\n", surrogate_text(study),
             std::filesystem::absolute(folder.path_of("surrogate.toml")).lexically_normal().string(),
             std::filesystem::absolute(folder.path_of("report.html")).lexically_normal().string());
}

void run_surrogate_study(const SurrogateFlags& flags) {
  const Plan plan = flags.plan.plan({{"study", "run.policies", std::string("silent")},
                                     {"study", "run.rounds", std::int64_t{100}},
                                     {"study", "run.seeds", std::int64_t{3}}});
  RunFolder::refuse_unusable(flags.out, folder_kind, flags.existing());
  AskedModel asked(flags.llm, {&plan.simulation});
  const auto source = open_world(plan.simulation.world);
  Progress progress("calibrate", rounds_of_surrogate(plan), progress_style(stderr), progress_sink(stderr));
  try {
    const auto study =
        study_surrogate(plan, source,
                        {.threads = flags.threads,
                         .played =
                             [&progress] {
                               progress.advance();
                               if (interrupt_requested())
                                 throw Error(ErrorCode::interrupted,
                                             "study calibrate-surrogate: stopped; nothing was written");
                             },
                         .chat = asked.chat()});
    progress.finish();
    write_study(flags, study);
  } catch (const Error& error) {
    throw asked.broken_off(error, "every answer is in the cache: the same command goes on from there");
  }
}

}  // namespace

void add_surrogate_study(CLI::App& study) {
  auto* command = study.add_subcommand("calibrate-surrogate",
                                       "Fits the rules bounded and interest to how other creators and users "
                                       "decide, language models above all, and "
                                       "says how well they stand in for them");
  auto flags = std::make_shared<SurrogateFlags>();
  flags->plan.add_to(*command);
  flags->plan.add_key(*command, "--policy", "run.policies",
                      "the policy to observe people under (default silent)");
  flags->plan.add_key(*command, "--seeds", "run.seeds",
                      "platforms to observe, each with its own seed (default 3)");
  flags->llm.add_to(*command);
  command
      ->add_option("--out", flags->out,
                   "folder for surrogate.toml, report.html, summary.json, rounds.parquet and config.toml")
      ->required();
  command->add_option("--threads", flags->threads, "threads; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a table");
  command->footer(
      "\nExamples:\n"
      "  perennial study calibrate-surrogate --creator-model llm --set creator_model.model=qwen2.5-7b "
      "--llm-url "
      "http://localhost:8080/v1 --out surrogate\n"
      "  perennial study calibrate-surrogate --config run/config.toml --llm-cache only --out surrogate\n"
      "  perennial compare --config surrogate/surrogate.toml --policies silent,lore-d --seeds 20 --out "
      "out\n");
  command->callback([flags] { run_surrogate_study(*flags); });
}

}  // namespace perennial
