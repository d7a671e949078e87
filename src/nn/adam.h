#pragma once

namespace perennial {

/// Settings of Adam (Kingma and Ba, ICLR 2015, algorithm 1).
struct Adam {
  double rate = 1e-3;
  double mean_decay = 0.9;      ///< beta 1
  double square_decay = 0.999;  ///< beta 2
  double epsilon = 1e-8;
};

}  // namespace perennial
