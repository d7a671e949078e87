# One place for flags. No -ffast-math and no contraction: results must repeat to the byte.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-stringop-overflow -Wno-array-bounds)  # false alarms of g++ 12 inside fmt
endif()
include(CheckCXXSourceRuns)
if(PERENNIAL_ARCH STREQUAL "auto")
  check_cxx_source_runs("int main() { return __builtin_cpu_supports(\"x86-64-v3\") ? 0 : 1; }" PERENNIAL_RUNS_X86_64_V3)
  if(PERENNIAL_RUNS_X86_64_V3)
    add_compile_options(-march=x86-64-v3)
  endif()
elseif(PERENNIAL_ARCH)
  add_compile_options(-march=${PERENNIAL_ARCH})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(PERENNIAL_SANITIZE)
  add_compile_options(-fsanitize=${PERENNIAL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PERENNIAL_SANITIZE})
endif()

if(PERENNIAL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
