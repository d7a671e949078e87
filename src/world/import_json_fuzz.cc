#include <string_view>

#include "base/check.h"
#include "base/error.h"
#include "world/import.h"

/// Users and creators with a line of three dashes between. Any two texts are either refused with an Error or a valid
/// world; skipping bad rows never makes fewer people than stopping at the first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perennial;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto dashes = std::min(text.find("\n---\n"), text.size());
  const auto users = text.substr(0, dashes);
  const auto creators = text.substr(std::min(dashes + 5, text.size()));
  std::size_t people = 0;
  for (const bool skip : {false, true}) {
    ImportOptions options;
    options.skip_bad_rows = skip;
    options.activity_from_frequency = size % 2 == 1;
    try {
      const auto world = import_json_texts(users, "users.json", creators, "creators.json", options).world;
      check(world.users.size() + world.creators.size() >= people, "skipping bad rows keeps the good ones");
      people = world.users.size() + world.creators.size();
    } catch (const Error&) {
      check(people == 0, "what can be read whole can be read skipping bad rows");
    }
  }
  return 0;
}
