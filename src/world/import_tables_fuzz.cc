#include <string_view>

#include "base/error.h"
#include "io/temporary_folder.h"
#include "world/import.h"

/// The tables creators.csv, creator_genre.csv, users.csv and interactions.csv with lines of three dashes between. Any
/// bytes are either refused with an Error or a valid world.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perennial;
  static const TemporaryFolder folder;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto* name : {"creators.csv", "creator_genre.csv", "users.csv", "interactions.csv"}) {
    const auto dashes = std::min(text.find("\n---\n"), text.size());
    folder.write(name, std::string(text.substr(0, dashes)));
    text.remove_prefix(std::min(dashes + 5, text.size()));
  }
  ImportOptions options;
  options.skip_bad_rows = size % 2 == 1;
  try {
    import_tables(folder.path(), options);
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
