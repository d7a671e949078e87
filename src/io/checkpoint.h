#pragma once

#include <filesystem>
#include <string>

#include "io/archive.h"

namespace perennial {

/// A saved state: what it is, in words a person can read with `head`, and its bytes.
struct Checkpoint {
  std::string kind;    ///< "run", "policy": a reader asks for the one it can use
  std::string header;  ///< JSON text: seed, round, versions, whatever tells two of a kind apart
  Archive state;
};

/// Puts it in place whole or not at all (see atomic_file.h), with a format version and an XXH3 checksum over
/// all of it.
void write_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);

/// Throws Error(invalid_data) when the file is no checkpoint, of another format version or kind, shorter or
/// longer than it says, or damaged; Error(not_found) or Error(io) when it cannot be read.
Checkpoint read_checkpoint(const std::filesystem::path& path, const std::string& kind);

}  // namespace perennial
