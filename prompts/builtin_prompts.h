#pragma once

#include <builtin_files.h>

#include <span>

namespace perennial {

/// The prompts of this folder ("user_slate.txt") as they were when the program was built, ascending by name.
std::span<const BuiltinFile> builtin_prompts();

}  // namespace perennial
