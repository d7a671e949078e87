#pragma once

#include <CLI/App.hpp>
#include <filesystem>

#include "study/meta_example.h"

namespace perennial {

/// What `study meta-example` was asked for.
struct MetaExampleFlags {
  MetaExampleOptions options;
  std::filesystem::path out;
  std::size_t threads = 2;
  bool force = false, json = false;
};

/// Plays it and leaves its folder. Throws as RunFolder and play_meta_example do.
MetaExample write_meta_example(const MetaExampleFlags& flags);

/// Adds the command to `study`.
void add_meta_example(CLI::App& study);

}  // namespace perennial
