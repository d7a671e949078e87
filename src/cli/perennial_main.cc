#include "cli/program.h"

int main(int argc, char** argv) {
  return perennial::run_program(argc, argv);
}
