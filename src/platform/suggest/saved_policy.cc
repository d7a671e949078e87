#include "platform/suggest/saved_policy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/version.h"
#include "io/checkpoint.h"
#include "platform/suggest/suggestion_policies.h"

namespace perennial {
namespace {

using Json = nlohmann::json;

constexpr int format_version = 2;

constexpr std::string_view frozen_mark = "frozen";

std::vector<std::string> names_of_those_that_learn() {
  std::vector<std::string> names;
  for (const auto& plugin : suggestion_policies()) {
    if (plugin.make()->learned()) names.push_back(plugin.name);
  }
  return names;
}

[[noreturn]] void refuse_name(const std::string& name, const std::string& rule) {
  throw Error(ErrorCode::invalid_argument, fmt::format("policy '{}': {}", name, rule));
}

[[noreturn]] void refuse_file(const std::filesystem::path& path, const std::string& what) {
  throw Error(ErrorCode::invalid_data, fmt::format("{}: {}", path.string(), what));
}

/// Cuts ":frozen" off a name's end. A colon inside the folder's path, before a slash, is part of it.
bool cut_frozen(const std::string& name, std::string& rest) {
  const auto colon = rest.rfind(':');
  if (colon == std::string::npos || rest.find('/', colon) != std::string::npos) return false;
  const auto mark = rest.substr(colon + 1);
  if (mark != frozen_mark) {
    refuse_name(name, fmt::format("after ':' only '{}' can stand, not '{}'", frozen_mark, mark));
  }
  rest.resize(colon);
  return true;
}

Json settings_json(const SavedPolicy& saved) {
  Json json = Json::object();
  for (const auto& setting : saved.settings)
    std::visit([&](const auto& v) { json[setting.first] = v; }, setting.second);
  return json;
}

FieldValue field_value(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  return json.get<std::string>();
}

SavedPolicy read_header(const std::string& text, const std::filesystem::path& path) {
  const auto header = Json::parse(text);
  if (header.at("format") != format_version) {
    refuse_file(path, fmt::format("holds a policy in format {}, this program reads format {}; train it again",
                                  header.at("format").dump(), format_version));
  }
  SavedPolicy saved{.policy = header.at("policy").get<std::string>(),
                    .settings = {},
                    .genres = header.at("genres").get<std::vector<std::string>>(),
                    .creators = header.at("creators").get<std::size_t>(),
                    .knowledge = {}};
  for (const auto& [key, value] : header.at("settings").items())
    saved.settings.emplace_back(key, field_value(value));
  return saved;
}

/// Where two unequal lists of genres part: "its genre 3 of 15 is 'Music', here genre 3 of 12 is 'News'".
std::string difference(const std::vector<std::string>& its, const std::vector<std::string>& here) {
  const auto [a, b] = std::ranges::mismatch(its, here);
  const auto place = static_cast<std::size_t>(a - its.begin());
  const auto words = [&](const std::vector<std::string>& list) {
    return fmt::format("genre {} of {} is {}", place + 1, list.size(),
                       place < list.size() ? fmt::format("'{}'", list[place]) : "missing");
  };
  return fmt::format("its {}, here {}", words(its), words(here));
}

void require_its_people(const SavedPolicy& saved, const PlatformShape& shape,
                        const std::vector<std::string>& genres, const std::filesystem::path& path) {
  if (saved.genres != genres) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: '{}' only plays with the genres it was trained for; {}", path.string(),
                            saved.policy, difference(saved.genres, genres)));
  }
  if (saved.creators != shape.creators) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: '{}' only plays with the {} creators it was trained for, not with {}",
                            path.string(), saved.policy, saved.creators, shape.creators));
  }
}

void set_all(SuggestionPolicy& policy, const std::string& place,
             const std::vector<std::pair<std::string, FieldValue>>& settings) {
  const auto fields = policy.fields();
  for (const auto& [key, value] : settings) fields.set(place, key, value);
}

void give_knowledge(LearnedPolicy& learned, const SavedPolicy& saved, const std::filesystem::path& path) {
  Archive knowledge(saved.knowledge);
  try {
    learned.persist_knowledge(knowledge);
  } catch (const Error& error) {
    throw error.at(path.string());
  }
  if (!knowledge.at_end()) refuse_file(path, "holds more than its policy knows under these settings");
}

}  // namespace

PolicyName parse_policy_name(const std::string& name) {
  const auto at = name.find('@');
  PolicyName parsed{.policy = name.substr(0, at), .folder = {}, .frozen = false};
  if (at == std::string::npos) {
    const auto colon = name.find(':');
    if (colon != std::string::npos && name.substr(colon + 1) == frozen_mark) {
      refuse_name(name, fmt::format("there is nothing to freeze; a trained one is named {}@DIR:{}",
                                    name.substr(0, colon), frozen_mark));
    }
    find_plugin(suggestion_policies(), "policy", name);
    return parsed;
  }
  const auto policy = find_plugin(suggestion_policies(), "policy", parsed.policy).make();
  if (!policy->learned()) {
    refuse_name(name,
                fmt::format("'{}' does not learn, so no folder holds a trained one; those that learn: {}",
                            parsed.policy, fmt::join(names_of_those_that_learn(), ", ")));
  }
  std::string folder = name.substr(at + 1);
  parsed.frozen = cut_frozen(name, folder);
  if (folder.empty()) refuse_name(name, "after '@' the folder of a trained policy is missing");
  parsed.folder = folder;
  return parsed;
}

void save_policy(const std::filesystem::path& folder, const SavedPolicy& saved) {
  const Json header = {{"format", format_version},         {"policy", saved.policy},
                       {"settings", settings_json(saved)}, {"genres", saved.genres},
                       {"creators", saved.creators},       {"version", program_version}};
  Archive state;
  auto knowledge = saved.knowledge;
  state(knowledge);
  write_checkpoint(folder / policy_file,
                   {.kind = "policy", .header = header.dump(), .state = std::move(state)});
}

SavedPolicy load_policy(const std::filesystem::path& folder) {
  const auto path = folder / policy_file;
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorCode::not_found,
                fmt::format("{}: no trained policy there; perennial train --out {} makes one", path.string(),
                            folder.string()));
  }
  auto checkpoint = read_checkpoint(path, "policy");
  try {
    SavedPolicy saved = read_header(checkpoint.header, path);
    Archive state(checkpoint.state.bytes());
    state(saved.knowledge);
    return saved;
  } catch (const Json::exception& error) {
    refuse_file(path, fmt::format("its header is not one of a policy: {}", error.what()));
  }
}

std::unique_ptr<SuggestionPolicy> make_policy(const PolicyName& name,
                                              const std::vector<std::pair<std::string, FieldValue>>& settings,
                                              const PlatformShape& shape,
                                              const std::vector<std::string>& genres) {
  auto policy = find_plugin(suggestion_policies(), "policy", name.policy).make();
  const auto place = fmt::format("policy.{}", name.policy);
  if (name.folder.empty()) {
    set_all(*policy, place, settings);
    policy->start(shape);
    return policy;
  }
  const auto path = name.folder / policy_file;
  const SavedPolicy saved = load_policy(name.folder);
  if (saved.policy != name.policy)
    refuse_file(path, fmt::format("holds a trained '{}', not a '{}'", saved.policy, name.policy));
  auto* learned = policy->learned();
  if (learned->tied_to_platform()) require_its_people(saved, shape, genres, path);
  set_all(*policy, path.string(), saved.settings);
  set_all(*policy, place, settings);
  policy->start(shape);
  give_knowledge(*learned, saved, path);
  if (name.frozen) learned->update_alone(false);
  return policy;
}

}  // namespace perennial
