#pragma once

#include <builtin_files.h>

#include <span>

namespace perennial {

/// The study files of this folder ("fig2.toml") as they were when the program was built, ascending by name.
std::span<const BuiltinFile> builtin_studies();

}  // namespace perennial
