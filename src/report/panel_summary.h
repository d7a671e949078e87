#pragma once

#include <nlohmann/json.hpp>

#include "respond/panel/panel.h"

namespace perennial {

/// The content of a panel's summary.json; docs/panel.md names its keys, which are a contract.
nlohmann::ordered_json panel_summary(const Panel& panel);

}  // namespace perennial
