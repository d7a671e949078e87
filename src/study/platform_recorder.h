#pragma once

#include "simulate/simulation.h"
#include "world/platform_logs.h"

namespace perennial {

/// The logs of a simulated platform before its first round.
PlatformLogs begin_logs(const Ecosystem& ecosystem, const SimulationOptions& options);

/// Adds the round that the simulation has just finished. The logs hold all rounds before it.
void log_round(const Ecosystem& ecosystem, PlatformLogs& logs);

}  // namespace perennial
