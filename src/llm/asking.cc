#include "llm/asking.h"

#include <fmt/format.h>

#include "base/error.h"

namespace perennial {

Asking& require_asking(Asking* asking, std::string_view who) {
  if (asking) return *asking;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{}: no language model is at hand; give its endpoint, as in --llm-url "
                          "http://localhost:8080/v1, or --llm-cache only for a run that was asked before",
                          who));
}

}  // namespace perennial
