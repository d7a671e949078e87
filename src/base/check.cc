#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace perennial {

void stop_at_own_mistake(const char* rule, const char* file, int line, const char* function) {
  std::fprintf(stderr, "perennial: internal error at %s:%d in %s: %s\n", file, line, function, rule);
  std::abort();
}

}  // namespace perennial
