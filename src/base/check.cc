#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace perennial {

void check(bool holds, const char* rule, const char* file, int line, const char* function) {
  if (holds) return;
  std::fprintf(stderr, "perennial: internal error at %s:%d in %s: %s\n", file, line, function, rule);
  std::abort();
}

}  // namespace perennial
