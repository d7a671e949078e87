#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace perennial {

void check(bool holds, const char* rule, std::source_location where) {
  if (holds) return;
  std::fprintf(stderr, "perennial: internal error at %s:%u in %s: %s\n", where.file_name(), where.line(),
               where.function_name(), rule);
  std::abort();
}

}  // namespace perennial
