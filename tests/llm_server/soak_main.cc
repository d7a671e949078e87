// The soak by hand: 100,000 questions unless told otherwise. Ends with 1 when a promise was broken.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "llm_server/soak.h"

namespace {

void print(const perennial::llm_server::SoakPlan& plan, const perennial::llm_server::SoakReport& report) {
  const auto megabytes = [](std::int64_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  fmt::print("{} questions, {} requests in {:.1f} s, {:.1f} CPU s ({:.0f} us a request)\n", plan.questions,
             report.requests, report.seconds, report.cpu_s,
             1e6 * report.cpu_s / static_cast<double>(report.requests));
  fmt::print("stopped within {:.2f} s with {} answers kept\n", report.stop_s, report.kept_at_stop);
  fmt::print("resident {:.1f} MB at a fifth, {:.1f} MB at the end\n", megabytes(report.early_bytes),
             megabytes(report.last_bytes));
  fmt::print("replayed from the cache in {:.1f} s\nserver {}\n", report.replay_s, report.server.dump(2));
  for (const auto& failure : report.failures) fmt::print("FAILED: {}\n", failure);
}

}  // namespace

int main(int argc, char** argv) {
  perennial::llm_server::SoakPlan plan;
  CLI::App app("Very many questions to a server that fails often", "llm_soak");
  app.add_option("--questions", plan.questions, "Questions, each different");
  app.add_option("--batch", plan.batch, "Questions in a batch");
  app.add_option("--threads", plan.threads, "Batches side by side");
  app.add_option("--requests-in-flight", plan.requests_in_flight, "Most requests under way");
  app.add_option("--fault-rate", plan.fault_rate, "Probability that a try meets a fault");
  app.add_option("--timeout-s", plan.timeout_s, "The client's patience");
  CLI11_PARSE(app, argc, argv);
  const auto report = perennial::llm_server::soak(plan);
  print(plan, report);
  return report.failures.empty() ? 0 : 1;
}
