#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/names.h"
#include "base/plugins.h"
#include "builtin_files.h"
#include "io/toml_file.h"
#include "people/creators/creator_models.h"
#include "people/users/user_models.h"
#include "platform/incentive/incentives.h"
#include "platform/recommend/recommenders.h"
#include "platform/rerank/rerankers.h"
#include "platform/suggest/suggestion_policies.h"
#include "simulate/options.h"

namespace perennial {
namespace {

struct Group {
  std::string name;
  Fields fields;
};

std::vector<Group> groups_of(SimulationOptions& o) {
  Fields world;
  world.text("name", o.world, "a built-in world, a generator file or an imported world's folder")
      .integer("users", o.users, {1, 100'000'000}, "users drawn from the world")
      .integer("creators", o.creators, {1, 10'000'000}, "creators drawn from the world")
      .flag("everyone", o.everyone, "all people of an imported world, whatever the two numbers");
  return {{"world", world},
          {"platform", o.platform.fields()},
          {"arrival", o.arrival.fields()},
          {"leaving", o.leaving.fields()},
          {"joining", o.joining.fields()},
          {"homes", o.homes.fields()},
          {"past", o.past.fields()},
          {"trust", o.trust.fields()},
          {"skill", o.skill.fields()},
          {"response", o.response.fields()},
          {"churn", o.churn.fields()},
          {"trust_predictor", o.trust_predictor.fields()}};
}

/// A slot seen without its interface: enough to set and list what it takes.
struct SlotView {
  std::string group;
  Slot* slot;
  std::vector<std::string> names;
  /// Sets `settings` on a new built-in of that name and lists the result.
  std::vector<SettingHelp> (*listed)(const Slot& slot, const std::string& group, std::string_view place);
};

template <class Interface, std::span<const Plugin<Interface>> (*list)()>
std::vector<SettingHelp> listed(const Slot& slot, const std::string& group, std::string_view place) {
  const auto plugin = find_plugin(list(), group, slot.name).make();
  const auto fields = plugin->fields();
  for (const auto& [key, value] : slot.settings) fields.set(place, key, value);
  std::vector<SettingHelp> all;
  for (const auto& field : fields.all())
    all.push_back({fmt::format("{}.{}", group, field.name), Fields::value(field), field.help});
  return all;
}

constexpr std::string_view nobody = "none";

/// A slot that may be empty: without a re-ranker there is nothing to set.
std::vector<SettingHelp> listed_reranker(const Slot& slot, const std::string& group, std::string_view place) {
  if (slot.name != nobody) return listed<Reranker, rerankers>(slot, group, place);
  for (const auto& [key, value] : slot.settings) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}.{}: without a re-ranker there is nothing to set; give {}.name too", place,
                            key, group));
  }
  return {};
}

std::vector<std::string> reranker_names() {
  auto names = plugin_names(rerankers());
  names.insert(names.begin(), std::string(nobody));
  return names;
}

std::vector<SlotView> slots_of(SimulationOptions& o) {
  std::vector<SlotView> slots = {
      {"recommender", &o.recommender, plugin_names(recommenders()), listed<Recommender, recommenders>},
      {"reranker", &o.reranker, reranker_names(), listed_reranker},
      {"incentive", &o.incentive, plugin_names(incentives()), listed<Incentive, incentives>},
      {"user_model", &o.user_model, plugin_names(user_models()), listed<UserModel, user_models>},
      {"creator_model", &o.creator_model, plugin_names(creator_models()),
       listed<CreatorModel, creator_models>}};
  for (auto& policy : o.policies) {
    slots.push_back({"policy." + policy.name, &policy, {}, listed<SuggestionPolicy, suggestion_policies>});
  }
  return slots;
}

/// "policy.most-click.window" needs a slot for most-click.
void ensure_policy_slot(SimulationOptions& options, const Given& given) {
  constexpr std::string_view prefix = "policy.";
  if (!given.key.starts_with(prefix)) return;
  const auto name =
      given.key.substr(prefix.size(), given.key.rfind('.') - std::min(given.key.rfind('.'), prefix.size()));
  if (given.key.rfind('.') < prefix.size()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: {}: write policy.<name>.<key>", given.place, given.key));
  }
  try {
    find_plugin(suggestion_policies(), "policy", name);
  } catch (const Error& error) {
    throw error.at(given.place);
  }
  for (const auto& policy : options.policies) {
    if (policy.name == name) return;
  }
  options.policies.push_back({name, {}});
}

void set_in_slot(const SlotView& view, std::string_view key, const Given& given) {
  const auto place = fmt::format("{}: {}", given.place, view.group);
  Slot& slot = *view.slot;
  if (key == "name" && !view.names.empty()) {
    const auto* name = std::get_if<std::string>(&given.value);
    if (!name || std::find(view.names.begin(), view.names.end(), *name) == view.names.end()) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{}.name = {}: no such {}{}", place, to_toml(given.value), view.group,
                              name ? name_hint(*name, view.names) : ""));
    }
    if (slot.name != *name) slot = {*name, {}};
    return;
  }
  Slot with = slot;
  std::erase_if(with.settings, [&](const auto& setting) { return setting.first == key; });
  with.settings.emplace_back(key, given.value);
  view.listed(with, view.group, place);
  slot = with;
}

void apply_one(SimulationOptions& options, const Given& given, std::vector<std::string> known) {
  ensure_policy_slot(options, given);
  const auto dot = given.key.rfind('.');
  const auto group = given.key.substr(0, dot == std::string::npos ? 0 : dot);
  const auto name = dot == std::string::npos ? given.key : given.key.substr(dot + 1);
  for (const auto& candidate : groups_of(options)) {
    if (candidate.name == group)
      return candidate.fields.set(fmt::format("{}: {}", given.place, group), name, given.value);
    known.push_back(candidate.name);
  }
  for (const auto& slot : slots_of(options)) {
    if (slot.group == group) return set_in_slot(slot, name, given);
    known.push_back(slot.group);
  }
  const auto wrong = group.empty() ? given.key : group;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{}: {}: unknown key{}", given.place, given.key, name_hint(wrong, known)));
}

bool was_given(const SlotView& view, const SettingHelp& setting) {
  return std::ranges::any_of(view.slot->settings, [&](const auto& given) {
    return fmt::format("{}.{}", view.group, given.first) == setting.key;
  });
}

/// The comment on a settings file's first line, without its mark.
std::string first_comment(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  return std::string(line.starts_with("# ") ? line.substr(2) : line);
}

constexpr std::string_view settings_folder = "settings/";

}  // namespace

void set_options(SimulationOptions& options, const std::vector<Given>& given,
                 const std::vector<std::string>& other_tables) {
  const auto names_a_built_in = [](const Given& g) { return g.key.ends_with(".name"); };
  for (const auto& g : given) {
    if (names_a_built_in(g)) apply_one(options, g, other_tables);
  }
  for (const auto& g : given) {
    if (!names_a_built_in(g)) apply_one(options, g, other_tables);
  }
}

void use_setting(SimulationOptions& options, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [path, text] : builtin_files()) {
    if (!path.starts_with(settings_folder)) continue;
    const auto stem = path.substr(settings_folder.size(),
                                  path.size() - settings_folder.size() - std::string_view(".toml").size());
    names.emplace_back(stem);
    if (stem != name) continue;
    const auto file = parse_toml(text, std::string(path));
    std::vector<Given> given;
    for (const auto& entry : file.entries)
      given.push_back({file.place(entry), entry.key, entry.values.at(0)});
    set_options(options, given);
    options.setting = name;
    return;
  }
  throw Error(ErrorCode::invalid_argument,
              fmt::format("no such setting: '{}'{}", name, name_hint(name, names)));
}

std::vector<std::pair<std::string, std::string>> built_in_settings() {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const auto& [path, text] : builtin_files()) {
    if (!path.starts_with(settings_folder)) continue;
    const auto stem = path.substr(settings_folder.size(),
                                  path.size() - settings_folder.size() - std::string_view(".toml").size());
    settings.emplace_back(stem, first_comment(text));
  }
  return settings;
}

std::vector<SettingHelp> effective(const SimulationOptions& options) {
  SimulationOptions copy = options;
  std::vector<SettingHelp> all;
  for (const auto& group : groups_of(copy)) {
    for (const auto& field : group.fields.all()) {
      all.push_back({fmt::format("{}.{}", group.name, field.name), Fields::value(field), field.help});
    }
  }
  for (const auto& view : slots_of(copy)) {
    const bool policy = view.names.empty();
    if (!policy) {
      all.push_back(
          {view.group + ".name", view.slot->name, fmt::format("one of {}", fmt::join(view.names, ", "))});
    }
    for (auto& setting : view.listed(*view.slot, view.group, view.group)) {
      if (!policy || was_given(view, setting)) all.push_back(std::move(setting));
    }
  }
  return all;
}

}  // namespace perennial
