# Writes OUT, a C++ file that holds the ASCII file FILE; see report_template.h.
# In chunks, because compilers need only take literals of 65,535 characters (C++ standard) or 16,380 bytes (MSVC).
file(READ ${FILE} text)
string(LENGTH "${text}" length)
set(chunk 16000)
set(rows "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} ${chunk} part)
  string(APPEND rows "    R\"page(${part})page\",\n")
  math(EXPR at "${at} + ${chunk}")
endwhile()
file(WRITE ${OUT} "#include \"report_template.h\"\n\nnamespace perennial {\n\nstd::string report_template() {\n  static constexpr const char* chunks[] = {\n${rows}  };\n  std::string page;\n  page.reserve(${length});\n  for (const char* chunk : chunks) page += chunk;\n  return page;\n}\n\n}  // namespace perennial\n")
