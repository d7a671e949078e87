#include "report/palette.h"

namespace perennial {

std::vector<std::size_t> colour_slots(const Comparison& comparison) {
  std::vector<std::size_t> slots;
  std::size_t next = 1;
  for (const ComparedPolicy& policy : comparison.policies)
    slots.push_back(policy.name == "silent" ? 0 : next++);
  return slots;
}

}  // namespace perennial
