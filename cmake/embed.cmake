# Writes OUT, a C++ file that holds FILES (below ROOT) as raw strings; see worlds/builtin_files.h.
list(SORT FILES)
set(rows "")
foreach(file ${FILES})
  file(READ ${file} text)
  file(RELATIVE_PATH path ${ROOT} ${file})
  string(APPEND rows "    {\"${path}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"builtin_files.h\"\n\n#include <array>\n\nnamespace perennial {\n\nstd::span<const BuiltinFile> builtin_files() {\n  static constexpr auto files = std::to_array<BuiltinFile>({\n${rows}  });\n  return files;\n}\n\n}  // namespace perennial\n")
