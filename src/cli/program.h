#pragma once

namespace perennial {

/// The whole program: parses the command line, runs the command, and turns what went wrong into one sentence on stderr and
/// an exit status (see exit_status.h).
int run_program(int argc, char** argv);

}  // namespace perennial
