// The client's own cost per question, and its share of what an endpoint can do at the same concurrency: a server process on
// loopback serves each request for a fixed time, as many side by side as it has slots. cpu_us is the CPU time of this process,
// all its threads, per question; of_endpoint is questions per second over slots / service time.

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>

#include "llm/endpoint_chat.h"
#include "llm_server/server_process.h"

namespace perennial {
namespace {

constexpr std::size_t asked_at_a_time = 6400;

double process_cpu_s() {
  rusage used = {};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Of the length that a question about a slate of five items has.
std::vector<ChatQuestion> some_questions() {
  std::vector<ChatQuestion> questions;
  const char* schema =
      R"({"type":"object","properties":{"choice":{"type":"string","enum":["WATCH","SKIP","LEAVE"]}},"required":["choice"]})";
  for (std::size_t i = 0; i < asked_at_a_time; ++i) {
    questions.push_back(
        {.model = "test",
         .messages = {{ChatRole::system, "You are a user of a platform."},
                      {ChatRole::user, fmt::format("Question {}: {}", i, std::string(1800, 'x'))}},
         .schema = schema});
  }
  return questions;
}

void report(benchmark::State& state, double cpu_s, double wall_s, double service_s) {
  const auto asked = static_cast<double>(state.iterations() * asked_at_a_time);
  state.counters["cpu_us"] = 1e6 * cpu_s / asked;
  state.counters["per_s"] = asked / wall_s;
  if (service_s > 0)
    state.counters["of_endpoint"] = asked / wall_s / (static_cast<double>(state.range(2)) / service_s);
}

/// Arguments: service time in ms, requests in flight, slots of the server: with more in flight than slots the server never waits for
/// the client, and the share that is left to 1 is its own.
void ask_endpoint(benchmark::State& state) {
  const llm_server::ServerProcess server(
      {"--service-ms", std::to_string(state.range(0)), "--slots", std::to_string(state.range(2))});
  Endpoint endpoint;
  endpoint.base_url = server.base_url();
  endpoint.requests_in_flight = endpoint.requests_in_flight_per_host = state.range(1);
  EndpointChat chat(endpoint);
  const auto questions = some_questions();
  const double cpu_before_s = process_cpu_s();
  const auto begin = std::chrono::steady_clock::now();
  for (auto _ : state)
    chat.ask(questions, [](std::size_t, const ChatAnswer& answer) { benchmark::DoNotOptimize(answer); });
  const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  report(state, process_cpu_s() - cpu_before_s, wall_s, static_cast<double>(state.range(0)) * 1e-3);
}
BENCHMARK(ask_endpoint)
    ->Args({20, 64, 64})
    ->Args({20, 96, 64})
    ->Args({20, 16, 16})
    ->Args({100, 256, 256})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace perennial
