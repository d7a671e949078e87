#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "paths_for_tests.h"

namespace perennial {

/// What a user sees of one call.
struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder of its own that goes with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "perennial-e2e-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs the program as a shell would, with the scratch folder as working directory.
inline Outcome perennial_says(const Scratch& scratch, const std::string& arguments) {
  const auto err = scratch / "stderr.txt";
  const std::string command = "cd '" + scratch.path().string() + "' && '" PERENNIAL_PROGRAM "' " + arguments +
                              " 2>'" + err.string() + "'";
  Outcome outcome;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    outcome.out.append(buffer, n);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.err = slurp(err);
  return outcome;
}

/// Starts `arguments`, sends Ctrl-C after the given seconds, and returns what came of it.
inline Outcome interrupted(const Scratch& scratch, const std::string& arguments, const std::string& seconds) {
  const auto err = scratch / "stderr.txt";
  const std::string command =
      "cd '" + scratch.path().string() + "' && timeout --foreground --preserve-status --signal=INT " +
      seconds + " '" PERENNIAL_PROGRAM "' " + arguments + " 2>'" + err.string() + "' >/dev/null; echo $?";
  FILE* pipe = popen(command.c_str(), "r");
  char text[64] = {};
  if (!std::fgets(text, sizeof text, pipe)) text[0] = '\0';
  pclose(pipe);
  return {std::atoi(text), "", slurp(err)};
}

/// Lines of the error text that are the program's own sentence, not progress.
inline std::string sentence_of(const Outcome& outcome) {
  const auto at = outcome.err.rfind("perennial: ");
  return at == std::string::npos ? "" : outcome.err.substr(at);
}

}  // namespace perennial
