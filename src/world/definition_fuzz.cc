#include <algorithm>

#include "base/check.h"
#include "base/error.h"
#include "world/definition_file.h"
#include "world/generator.h"

/// Any text is either refused with an Error or a definition that makes valid worlds and reads back from what it writes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perennial;
  try {
    auto definition = parse_definition({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
    for (auto& genre : definition.genres) genre.items = std::min(genre.items, 1e6);
    validate(generate(definition, 20, 20, 1));
    const auto written = definition_text(definition);
    check(definition_text(parse_definition(written, "again.toml")) == written,
          "a definition reads back the same");
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
