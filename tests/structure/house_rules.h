#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "structure/source_tree.h"

namespace perennial::structure {

/// The rooms a room may look into, itself left out: what it declares and what those declare.
using Reach = std::map<std::string, std::set<std::string>>;

/// Follows the declarations of `rooms` to their end.
Reach reach_of(const std::vector<Room>& rooms);

// Each rule below gives one sentence per breach; none means the house is in order.

/// A room declares a room that does not exist, or that the house's order of rooms (docs: "Who may look into
/// whom") does not put below it; or the order does not know the room.
std::vector<std::string> breaches_of_order(const std::vector<Room>& rooms);

/// A file includes a header of a room that its own room does not reach, or one that is not there.
std::vector<std::string> breaches_of_declaration(const std::vector<SourceFile>& files,
                                                 const std::vector<Room>& rooms);

/// A plug-in's header is included by anything but the plug-in itself, its folder's list of built-ins, and
/// tests.
std::vector<std::string> breaches_of_plugin_privacy(const std::vector<SourceFile>& files);

}  // namespace perennial::structure
