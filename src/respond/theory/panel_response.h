#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "respond/theory/diagnosis.h"

namespace perennial {

/// Columns of a panel, one value per creator; empty where the panel has none.
struct PanelColumns {
  std::span<const std::uint8_t> treated;  ///< empty: no experiment
  std::span<const std::uint32_t> clusters =
      {};  ///< codes of units that hang together; empty: creators are independent
  std::span<const double> outcome;
  std::span<const double> engagement;  ///< received at the same time as the outcome
  std::span<const double> outcome_before;
  std::span<const double> engagement_before;
  std::string outcome_name, engagement_name;
};

/// With arms: difference of means, in all and within fifths of the engagement (or else the outcome) before. Both arms hold
/// two creators or more. With clusters, errors are by cluster (CR1), also those of the differences between groups, which
/// share clusters.
CreatorResponse experiment_response(const PanelColumns& panel);

/// Without: least squares of the outcome on engagement before and outcome before, over creators (HC1, or CR1 by cluster). Both columns are
/// there. Nothing for fewer than 30 creators or columns that do not vary apart.
std::optional<CreatorResponse> between_creators_response(const PanelColumns& panel);

}  // namespace perennial
