#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/logging.h"
#include "base/names.h"
#include "base/version.h"
#include "cli/commands.h"
#include "cli/exit_status.h"

namespace perennial {
namespace {

constexpr const char* about =
    "Perennial helps a content platform grow what its users will enjoy next month, through the people who "
    "make it:\n"
    "play a suggestion policy in a simulated platform before it meets a real one.\n";

constexpr const char* examples =
    "\nExamples:\n"
    "  perennial compare --world youtube --setting lockin --policies silent,random,water-filling --out out\n"
    "  perennial simulate --policy water-filling --rounds 100 --seed 7 --out run\n"
    "  perennial world describe youtube\n"
    "  perennial settings\n\n"
    "perennial COMMAND --help says what a command takes.\n";

/// "no such command 'compair'; did you mean 'compare'?" for a first word that names nothing.
void refuse_unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return;
  throw Error(ErrorCode::invalid_argument,
              "no such command: '" + std::string(argv[1]) + "'" + name_hint(argv[1], names));
}

int say(const std::string& sentence, int status) {
  std::fprintf(stderr, "perennial: %s\n", sentence.c_str());
  return status;
}

int run_parsed(CLI::App& app, int argc, char** argv) {
  try {
    refuse_unknown_command(app, argc, argv);
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  } catch (const CLI::ParseError& error) {
    return say(std::string(error.what()) + "; see --help", exit_status(ErrorCode::invalid_argument));
  } catch (const Error& error) {
    return say(error.what(), exit_status(error.code()));
  } catch (const std::bad_alloc&) {
    return say("out of memory: fewer users, creators or threads need less", 1);
  } catch (const std::exception& error) {
    return say(std::string("unexpected: ") + error.what(), 1);
  }
}

}  // namespace

int run_program(int argc, char** argv) {
  CLI::App app(about, "perennial");
  app.footer(examples);
  app.set_version_flag("--version", program_version);
  app.require_subcommand(1);
  std::string log_level = "warning";
  app.add_option("--log", log_level, "what to tell on stderr: debug, info, warning, error, off");
  app.parse_complete_callback([&] { start_logging(log_level); });
  add_compare_command(app);
  add_experiment_command(app);
  add_diagnose_command(app);
  add_simulate_command(app);
  add_fork_command(app);
  add_suggest_command(app);
  add_train_command(app);
  add_study_command(app);
  add_reproduce_command(app);
  add_world_command(app);
  add_response_command(app);
  add_settings_command(app);
  add_panel_command(app);
  add_llm_command(app);
  watch_interrupts();
  return run_parsed(app, argc, argv);
}

}  // namespace perennial
