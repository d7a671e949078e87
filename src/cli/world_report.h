#pragma once

#include <string>

#include "world/catalogue.h"
#include "world/import.h"

namespace perennial {

/// The built-in worlds as a table, or as JSON.
std::string world_list_text();
std::string world_list_json();

/// What a world holds, beside the real facts its source knows.
std::string world_description_text(const WorldSource& source, const WorldStatistics& statistics);
std::string world_description_json(const WorldSource& source, const WorldStatistics& statistics);

/// What an import took in and left out.
std::string import_text(const Imported& imported);

}  // namespace perennial
