#include "structure/house_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace perennial::structure {
namespace {

/// The house's order: for each room, the rooms right below it. Rooms of one storey (people_*, platform_*, cli
/// and serve) never look into each other.
const std::vector<Room>& order_of_the_house() {
  static const std::vector<Room> order = {
      {"base", "", {}},
      {"io", "", {"base"}},
      {"nn", "", {"base"}},
      {"llm", "", {"io"}},
      {"world", "", {"io"}},
      {"respond_statistics", "", {"base"}},
      {"respond_table", "", {"io"}},
      {"respond_theory", "", {"respond_statistics", "respond_table"}},
      {"respond_experiment", "", {"respond_statistics", "respond_table"}},
      {"respond_panel", "", {"respond_table"}},
      {"respond_learners", "", {"respond_statistics", "respond_table", "nn"}},
      {"respond_evaluation", "", {"respond_statistics"}},
      {"respond_response", "", {"respond_learners", "respond_evaluation"}},
      {"people_users", "", {"world", "llm"}},
      {"people_creators", "", {"world", "llm"}},
      {"platform_recommend", "", {"world", "nn"}},
      {"platform_rerank", "", {"world", "nn"}},
      {"platform_suggest", "", {"world", "nn"}},
      {"platform_incentive", "", {"world", "nn"}},
      {"simulate",
       "",
       {"people_users", "people_creators", "platform_recommend", "platform_rerank", "platform_suggest",
        "platform_incentive"}},
      {"study",
       "",
       {"simulate", "respond_theory", "respond_experiment", "respond_panel", "respond_response"}},
      {"report", "", {"study"}},
      {"serve", "", {"report"}},
      {"cli", "", {"report"}},
  };
  return order;
}

/// Headers that the build makes or brings in, and the room that each comes with.
const std::map<std::string, std::string>& built_in_headers() {
  static const std::map<std::string, std::string> headers = {{"builtin_files.h", "world"},
                                                             {"builtin_prompts.h", "llm"},
                                                             {"report_template.h", "report"},
                                                             {"paths_for_tests.h", "base"}};
  return headers;
}

void collect(const std::string& name, const std::map<std::string, std::vector<std::string>>& depends,
             std::set<std::string>& reached) {
  const auto found = depends.find(name);
  if (found == depends.end()) return;
  for (const auto& next : found->second) {
    if (reached.insert(next).second) collect(next, depends, reached);
  }
}

/// The room whose folder holds `path` (below src), or empty.
std::string room_at(const std::string& path, const std::vector<Room>& rooms) {
  const auto slash = path.rfind('/');
  const auto folder = slash == std::string::npos ? "" : path.substr(0, slash);
  const auto found =
      std::find_if(rooms.begin(), rooms.end(), [&](const auto& room) { return room.folder == folder; });
  return found == rooms.end() ? "" : found->name;
}

std::string without_extension(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}

/// Defines a folder's list of built-ins: a source that gives out a span of Plugin<..>.
bool is_list_of_builtins(const SourceFile& file) {
  if (file.is_header() || file.is_test() || file.path.starts_with("src/base/")) return false;
  return std::any_of(file.lines.begin(), file.lines.end(), [](const auto& line) {
    return line.starts_with("std::span<const Plugin<") && line.ends_with("() {");
  });
}

/// "src/people/users/interest" for "people/users/interest.h", for every plug-in of the house.
std::map<std::string, std::string> plugins_and_their_lists(const std::vector<SourceFile>& files) {
  std::map<std::string, std::string> plugins;
  for (const auto& file : files) {
    if (!is_list_of_builtins(file)) continue;
    const auto folder = file.path.substr(4, file.path.rfind('/') - 3);
    for (const auto& include : quoted_includes(file)) {
      const auto stem = "src/" + without_extension(include);
      if (include.starts_with(folder) && stem != without_extension(file.path)) plugins[stem] = file.path;
    }
  }
  return plugins;
}

}  // namespace

Reach reach_of(const std::vector<Room>& rooms) {
  std::map<std::string, std::vector<std::string>> depends;
  for (const auto& room : rooms) depends[room.name] = room.depends;
  Reach reach;
  for (const auto& room : rooms) collect(room.name, depends, reach[room.name]);
  return reach;
}

std::vector<std::string> breaches_of_order(const std::vector<Room>& rooms) {
  const auto allowed = reach_of(order_of_the_house());
  const auto declared = reach_of(rooms);
  std::vector<std::string> breaches;
  for (const auto& room : rooms) {
    const auto order = allowed.find(room.name);
    if (order == allowed.end()) {
      breaches.push_back(fmt::format("{}: the order of the house has no such room", room.name));
      continue;
    }
    for (const auto& next : room.depends) {
      if (!declared.contains(next)) {
        breaches.push_back(fmt::format("{} declares {}, which is no room", room.name, next));
      } else if (!order->second.contains(next)) {
        breaches.push_back(fmt::format("{} declares {}, which is not below it", room.name, next));
      }
    }
  }
  return breaches;
}

std::vector<std::string> breaches_of_declaration(const std::vector<SourceFile>& files,
                                                 const std::vector<Room>& rooms) {
  const auto reach = reach_of(rooms);
  std::set<std::string> paths;
  for (const auto& file : files) paths.insert(file.path);
  std::vector<std::string> breaches;
  for (const auto& file : files) {
    if (!file.is_header() && !file.path.ends_with(".cc")) continue;
    const auto room = room_at(file.path.substr(4), rooms);
    if (room.empty()) {
      breaches.push_back(fmt::format("{} lies in no declared room", file.path));
      continue;
    }
    for (const auto& include : quoted_includes(file)) {
      const auto built_in = built_in_headers().find(include);
      const auto target = built_in == built_in_headers().end() ? room_at(include, rooms) : built_in->second;
      if (built_in == built_in_headers().end() && !paths.contains("src/" + include)) {
        breaches.push_back(fmt::format("{} includes {}, which is no path below src", file.path, include));
      } else if (target != room && !reach.at(room).contains(target)) {
        breaches.push_back(
            fmt::format("{} includes {}, but {} does not declare {}", file.path, include, room, target));
      }
    }
  }
  return breaches;
}

std::vector<std::string> breaches_of_plugin_privacy(const std::vector<SourceFile>& files) {
  const auto plugins = plugins_and_their_lists(files);
  std::vector<std::string> breaches;
  for (const auto& file : files) {
    if (file.is_test()) continue;
    for (const auto& include : quoted_includes(file)) {
      const auto plugin = plugins.find("src/" + without_extension(include));
      if (plugin == plugins.end() || plugin->second == file.path) continue;
      if (plugin->first == without_extension(file.path)) continue;
      breaches.push_back(fmt::format("{} includes {}, which only its own source and {} may", file.path,
                                     include, plugin->second));
    }
  }
  return breaches;
}

}  // namespace perennial::structure
