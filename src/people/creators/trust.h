#pragma once

#include <cstdint>
#include <string>

#include "base/fields.h"
#include "base/random.h"
#include "world/ids.h"

namespace perennial {

/// How likely a creator is to follow a suggestion, and how that moves with what following brought.
class Trust {
 public:
  Fields fields();

  /// Truncated normal N(mean, spread^2) on [0, 1], by its quantile; addressed by the creator.
  double initial(const Draws& draws, CreatorId creator) const;

  /// Does trust move at all?
  bool moves() const { return dynamics_ != "static"; }

  /// What a round in which the creator followed does to its trust. `newest` and `before` are the clicks so far, as it
  /// perceives them, of its newest item and of the one before; `followed_before` says whether it followed when it made that one.
  ///   additive  d + kappa (r - r') / max(r', 1)               (what remains of the paper's eq. 4)
  ///   released  d + (r - r') / (r' + 0.01), only if not followed_before   (the authors' code)
  ///   ratio     d r / r'; unchanged when r' = 0
  /// All clipped to [floor, 1]: without a floor trust falls to 0 and stays.
  double after_following(double trust, double newest, double before, bool followed_before) const;

 private:
  double mean_ = 0.5;
  double spread_ = 1.0;
  std::string dynamics_ = "static";
  double kappa_ = 0.1;
  double floor_ = 0.02;
};

}  // namespace perennial
