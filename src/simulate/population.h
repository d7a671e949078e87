#pragma once

#include "simulate/ecosystem.h"
#include "simulate/options.h"

namespace perennial {

/// Adds a creator like one of the world's to every table: its past, activity and what its response follows are that one's;
/// trust and sensitivity are drawn by its own id.
void add_creator(Ecosystem& ecosystem, const SimulationOptions& options, CreatorId like,
                 std::uint32_t joined);

/// Newcomers of this round: a Poisson number, each a copy of a creator of the world drawn alike.
void join(Ecosystem& ecosystem, const SimulationOptions& options, const Draws& draws);

/// Share of the creators present whose latest item drew fewer perceived clicks than this creator's latest; 0 before its
/// first.
/// `latest_clicks`: ascending, as made by latest_clicks().
double feedback_rank(const Ecosystem& ecosystem, std::span<const double> latest_clicks, CreatorId creator);

/// Perceived clicks of the latest item of every creator present that has made one, ascending.
std::vector<double> latest_clicks(const Ecosystem& ecosystem);

/// The genre that drew most clicks in the last round (ties: lowest id); no_genre before any click.
GenreId trending_genre(const PlatformTables& tables);

}  // namespace perennial
