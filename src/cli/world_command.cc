#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>

#include "base/error.h"
#include "base/names.h"
#include "cli/commands.h"
#include "cli/world_report.h"
#include "io/atomic_file.h"
#include "world/catalogue.h"
#include "world/definition_file.h"
#include "world/fit.h"
#include "world/import.h"
#include "world/shares.h"
#include "world/statistics.h"
#include "world/world_folder.h"

namespace perennial {
namespace {

/// How many people to make of a generator when nobody asks: enough that chance plays little.
constexpr std::size_t described_users = 10'000;
constexpr std::size_t described_creators = 5'000;

/// Asks for one of the commands below `command`, with the nearest name for a word that is none. Called when all are there.
void require_command(CLI::App& command) {
  command.allow_extras();
  command.callback([&command] {
    if (!command.get_subcommands().empty()) return;
    std::vector<std::string> names;
    for (const auto* below : command.get_subcommands(nullptr)) names.push_back(below->get_name());
    if (command.remaining().empty()) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{} needs a command: {}", command.get_name(), fmt::join(names, ", ")));
    }
    const auto typed = command.remaining().front();
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: no such command: '{}'{}", command.get_name(),
                                                         typed, name_hint(typed, names)));
  });
}

void add_list(CLI::App& world) {
  auto* command = world.add_subcommand("list", "Lists the built-in worlds");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "print JSON");
  command->callback([json] { fmt::print("{}", *json ? world_list_json() : world_list_text()); });
}

struct DescribeFlags {
  std::string world;
  std::int64_t users = 0, creators = 0, seed = 1;
  bool json = false;
};

void describe(const DescribeFlags& flags) {
  const auto source = open_world(flags.world);
  const bool generator = source.is_generator();
  const auto users = flags.users == 0 && generator ? described_users : static_cast<std::size_t>(flags.users);
  const auto creators =
      flags.creators == 0 && generator ? described_creators : static_cast<std::size_t>(flags.creators);
  const auto statistics = statistics_of(source.make(users, creators, static_cast<std::uint64_t>(flags.seed)));
  fmt::print("{}", flags.json ? world_description_json(source, statistics)
                              : world_description_text(source, statistics));
}

void add_describe(CLI::App& world) {
  auto* command =
      world.add_subcommand("describe", "Prints what a world holds, beside the real facts it stands for");
  const auto flags = std::make_shared<DescribeFlags>();
  command
      ->add_option("world", flags->world,
                   "a built-in world, a generator's TOML file or an imported world's folder")
      ->required();
  const auto count = [&](const char* name, std::int64_t& value, const char* help) {
    command->add_option(name, value, help)
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
  };
  count("--users", flags->users, "how many; 0 = 10,000 of a generator, all of an imported world");
  count("--creators", flags->creators, "how many; 0 = 5,000 of a generator, all of an imported world");
  count("--seed", flags->seed, "which of them");
  command->add_flag("--json", flags->json, "print JSON");
  command->footer("\nExample:\n  perennial world describe youtube\n");
  command->callback([flags] { describe(*flags); });
}

struct FitFlags {
  std::string world;
  std::filesystem::path out;
  std::string name;
  bool force = false;
};

WorldStatistics statistics_to_fit(const FitFlags& flags) {
  if (std::filesystem::path(flags.world).extension() == ".json") return read_shares(flags.world, flags.name);
  const auto source = open_world(flags.world);
  if (source.is_generator()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("world fit: '{}' is a generator already; name an "
                                                         "imported world's folder or a JSON file of shares",
                                                         flags.world));
  }
  return statistics_of(source.make(0, 0, 0));
}

void run_fit(const FitFlags& flags) {
  std::error_code status;
  if (!flags.force && std::filesystem::exists(flags.out, status)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: is there already; --force replaces it", flags.out.string()));
  }
  const auto statistics = statistics_to_fit(flags);
  auto definition = fit(statistics, flags.name.empty() ? flags.out.stem().string() : flags.name);
  definition.summary = fmt::format("Fitted to {}.", flags.world);
  definition.facts_source = flags.world;
  write_text_file(flags.out, definition_text(definition));
  const auto made = statistics_of(WorldSource(definition).make(described_users, described_creators, 1));
  fmt::print("{}\nwritten: {}\n", world_description_text(WorldSource(definition), made), flags.out.string());
}

void add_fit(CLI::App& world) {
  auto* command = world.add_subcommand("fit", "Makes a generator of any size out of an imported world");
  const auto flags = std::make_shared<FitFlags>();
  command->add_option("world", flags->world, "an imported world's folder, or a JSON file of published shares")
      ->required();
  command->add_option("--out", flags->out, "the TOML file to write")->required();
  command->add_option("--name", flags->name, "of the generator; of the world in a file of shares");
  command->add_flag("--force", flags->force, "replace a file that is there");
  command->footer("\nExample:\n  perennial world fit my-world --out my-generator.toml\n");
  command->callback([flags] { run_fit(*flags); });
}

struct ImportFlags {
  ImportOptions options;
  AmazonOptions amazon;
  std::filesystem::path first, second;  // the source's files or folder
  std::filesystem::path out;
  bool force = false;
};

using Importer = std::function<Imported(const ImportFlags&)>;

void run_import(ImportFlags flags, const Importer& import) {
  auto folder = flags.out;
  if (!folder.has_filename()) folder = folder.parent_path();
  if (flags.options.name.empty()) flags.options.name = folder.filename().string();
  const auto imported = import(flags);
  write_world(folder, imported.world, fmt::format("imported from {}", flags.first.string()),
              flags.force ? Existing::force : Existing::replace);
  fmt::print("{}written: {}\nnext: perennial world describe {}\n", import_text(imported), folder.string(),
             folder.string());
}

std::shared_ptr<ImportFlags> add_importer(CLI::App& parent, const char* name, const char* help,
                                          const Importer& import, const char* example) {
  auto* command = parent.add_subcommand(name, help);
  const auto flags = std::make_shared<ImportFlags>();
  command->add_option("--out", flags->out, "the folder to write the world to")->required();
  command->add_option("--name", flags->options.name, "of the world; the folder's name if not given");
  command->add_flag("--skip-bad-rows", flags->options.skip_bad_rows,
                    "count and report bad rows instead of stopping");
  command->add_flag("--add-interest-genres", flags->options.add_interest_genres,
                    "take in interests that no creator serves as genres");
  command->add_flag("--force", flags->force, "write into a folder that is not Perennial's");
  command->footer(fmt::format("\nExample:\n  {}\n", example));
  command->callback([flags, import] { run_import(*flags, import); });
  return flags;
}

void add_frequency_flag(CLI::App& command, ImportFlags& flags) {
  command.add_flag("--activity-from-frequency", flags.options.activity_from_frequency,
                   "creators' activity = min(1, creation frequency) instead of 0.5");
}

void add_import(CLI::App& world) {
  auto* command = world.add_subcommand("import", "Takes in real people as a world");
  const auto tables = add_importer(
      *command, "tables",
      "A folder of tables, .csv or .parquet: users, creators, creator_genre, interactions",
      [](const ImportFlags& f) { return import_tables(f.first, f.options); },
      "perennial world import tables data/youtube --out my-world");
  auto* tables_command = command->get_subcommand("tables");
  tables_command->add_option("folder", tables->first, "the folder")->required();
  add_frequency_flag(*tables_command, *tables);

  const auto json = add_importer(
      *command, "json", "The JSON pair of the LoRe and CreAgent authors",
      [](const ImportFlags& f) { return import_json(f.first, f.second, f.options); },
      "perennial world import json users.json creators.json --out my-world");
  auto* json_command = command->get_subcommand("json");
  json_command->add_option("users", json->first, "users: user_name, interest, history")->required();
  json_command->add_option("creators", json->second, "creators: channel_name, history_categories, ..")
      ->required();
  add_frequency_flag(*json_command, *json);

  const auto amazon = add_importer(
      *command, "amazon", "Amazon Reviews 2023, JSON Lines: stores as creators, categories as genres",
      [](const ImportFlags& f) { return import_amazon(f.first, f.second, f.amazon, f.options); },
      "perennial world import amazon meta_Video_Games.jsonl Video_Games.jsonl --out my-world");
  auto* amazon_command = command->get_subcommand("amazon");
  amazon_command->add_option("meta", amazon->first, "meta_*.jsonl: parent_asin, store, categories")
      ->required();
  amazon_command->add_option("reviews", amazon->second, "reviews .jsonl: user_id, parent_asin")->required();
  amazon_command->add_option("--category-level", amazon->amazon.category_level,
                             "which of an item's categories is its genre; 1 = the widest (default 2)");
  amazon_command->add_option("--least-reviews", amazon->amazon.least_reviews,
                             "reviews in a genre that make it an interest (default 3)");
  require_command(*command);
}

}  // namespace

void add_world_command(CLI::App& app) {
  auto* world = app.add_subcommand("world", "Lists, describes, imports and fits worlds");
  world->footer(
      "\nExamples:\n"
      "  perennial world list\n"
      "  perennial world describe youtube\n"
      "  perennial world import tables data/youtube --out my-world\n"
      "  perennial world fit my-world --out my-generator.toml\n");
  add_list(*world);
  add_describe(*world);
  add_import(*world);
  add_fit(*world);
  require_command(*world);
}

}  // namespace perennial
