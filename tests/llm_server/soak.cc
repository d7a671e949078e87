#include "llm_server/soak.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/interrupt.h"
#include "io/temporary_folder.h"
#include "llm/cached_chat.h"
#include "llm/endpoint_chat.h"
#include "llm_server/server_process.h"
#include "llm_server/stated_answer.h"
#include "llm_server/text_hash.h"

namespace perennial::llm_server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto key = "geheim77-geheim77-geheim77";
constexpr auto schema =
    R"({"type":"object","properties":{"decisions":{"type":"array","items":{"type":"string",)"
    R"("enum":["WATCH","SKIP","LEAVE"]},"minItems":2,"maxItems":2},"genre":{"type":"string","enum":["Music","Film"]},)"
    R"("reason":{"type":"string","maxLength":60}},"required":["decisions","genre","reason"],"additionalProperties":false})";
constexpr auto faults =
    "429,500,502,503,cut,hangup,stall,broken-body,invalid-utf8,200-error,slow,broken-json,wrong-genre,empty,"
    "unicode";

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0;
  std::int64_t resident = 0;
  file >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

ChatQuestion question(std::size_t number) {
  return {.model = "test",
          .messages = {{ChatRole::system, "You watch or skip."},
                       {ChatRole::user,
                        fmt::format("Interests: Music\n1. number {}, genre: Music\n2. genre: Film", number)}},
          .schema = schema};
}

/// Whether the server's rules allow this answer, with or without a fault.
bool is_allowed(std::size_t number, const std::string& text) {
  ChatRequest request{.model = "test", .schema = Json::parse(schema)};
  for (const auto& message : question(number).messages) request.prompt += message.text + "\n";
  for (const auto fault :
       {Fault::none, Fault::broken_json, Fault::wrong_genre, Fault::empty, Fault::unicode}) {
    if (stated_answer(request, fault) == text) return true;
  }
  return text.ends_with(stated_answer(request, Fault::none));  // behind bytes that are not UTF-8
}

class Soak {
 public:
  explicit Soak(const SoakPlan& plan)
      : plan_(plan),
        server_({"--service-ms", "2", "--slow-ms", "100", "--fault-rate", std::to_string(plan.fault_rate),
                 "--faults", faults, "--key", key}),
        answers_(plan.questions) {}

  SoakReport run() {
    const auto start = Clock::now();
    ask_until_stopped();
    const auto asked_before = server_.stats()["answered"].get<std::size_t>();
    if (asked_before != report_.kept_at_stop)
      fail("{} answers left the server until the stop, {} are in the cache", asked_before,
           report_.kept_at_stop);
    ask_the_rest();
    report_.seconds = seconds_since(start);
    report_.last_bytes = resident_bytes();
    report_.cpu_s = cpu_seconds();
    check_server();
    check_answers();
    replay();
    check_files();
    return report_;
  }

 private:
  template <class... Arguments>
  void fail(fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
    const std::lock_guard lock(mutex_);
    report_.failures.push_back(fmt::format(sentence, std::forward<Arguments>(arguments)...));
  }

  Endpoint endpoint() const {
    Endpoint endpoint;
    endpoint.base_url = server_.base_url();
    endpoint.key = Secret(key);
    endpoint.timeout_s = plan_.timeout_s;
    endpoint.requests_in_flight = plan_.requests_in_flight;
    endpoint.requests_in_flight_per_host = plan_.requests_in_flight;
    endpoint.retries = 20;
    return endpoint;
  }

  /// A batch's questions, and the first twentieth of the next batch's, which another thread may just be asking.
  std::vector<std::size_t> batch(std::size_t first) const {
    std::vector<std::size_t> numbers;
    const auto end = std::min(first + plan_.batch + plan_.batch / 20, plan_.questions);
    for (auto number = first; number < end; ++number) numbers.push_back(number);
    return numbers;
  }

  void take(std::size_t number, const std::string& text) {
    const auto hash = text_hash(text) | 1;  // 0 = no answer yet
    const auto before = answers_[number].exchange(hash);
    if (before != 0 && before != hash) fail("question {} got two different answers", number);
    if (before != 0) return;
    if (number % 50 == 0 && !is_allowed(number, text))
      fail("question {} got an answer that is not its own: {}", number, text);
    if (++answered_ == plan_.questions / 5) report_.early_bytes = resident_bytes();
  }

  void ask_batches(Chat& chat) {
    try {
      for (auto first = next_.fetch_add(plan_.batch); first < plan_.questions;
           first = next_.fetch_add(plan_.batch)) {
        const auto numbers = batch(first);
        std::vector<ChatQuestion> questions;
        for (const auto number : numbers) questions.push_back(question(number));
        chat.ask(questions, [&](std::size_t i, const ChatAnswer& answer) { take(numbers[i], answer.text); });
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::interrupted) fail("{}", error.what());
    }
  }

  /// All batches from the first on; `meanwhile` runs beside.
  template <class Meanwhile>
  void ask_all_batches(const Meanwhile& meanwhile) {
    watch_interrupts();
    next_ = 0;
    AnswerCache cache(file_, CacheAccess::write);
    EndpointChat client(endpoint());
    CachedChat chat(cache, CacheUse::write, &client);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < plan_.threads; ++i) threads.emplace_back([&] { ask_batches(chat); });
    meanwhile();
    for (auto& thread : threads) thread.join();
    report_.requests += client.usage().requests;
  }

  void ask_until_stopped() {
    Clock::time_point stop;
    ask_all_batches([&] {
      const auto share = static_cast<std::size_t>(plan_.stop_at_share * static_cast<double>(plan_.questions));
      while (answered_ < share && report_failures() == 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      stop = Clock::now();
      std::raise(SIGINT);
    });
    report_.stop_s = seconds_since(stop);
    report_.kept_at_stop = AnswerCache(file_, CacheAccess::read).answers();
    if (answered_ > report_.kept_at_stop)
      fail("{} answers were taken until the stop, {} are in the cache", answered_.load(),
           report_.kept_at_stop);
  }

  void ask_the_rest() {
    ask_all_batches([] {});
  }

  std::size_t report_failures() {
    const std::lock_guard lock(mutex_);
    return report_.failures.size();
  }

  void check_server() {
    report_.server = server_.stats();
    const nlohmann::json once = {{"1", plan_.questions}};
    if (report_.server["answered_times"] != once)
      fail("questions by how often they were answered: {}", report_.server["answered_times"].dump());
  }

  void check_answers() {
    std::size_t missing = 0;
    for (const auto& answer : answers_) missing += answer == 0;
    if (missing) fail("{} questions got no answer", missing);
    const auto kept = AnswerCache(file_, CacheAccess::read).answers();
    if (kept != plan_.questions) fail("{} answers are in the cache", kept);
  }

  void replay() {
    const auto start = Clock::now();
    AnswerCache cache(file_, CacheAccess::read);
    CachedChat alone(cache, CacheUse::only, nullptr);
    next_ = 0;
    ask_batches(alone);
    report_.replay_s = seconds_since(start);
  }

  void check_files() {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.find(key) != std::string::npos) fail("the key stands in {}", entry.path().string());
    }
  }

  const SoakPlan plan_;
  const TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_ / "answers.sqlite";
  const ServerProcess server_;
  std::vector<std::atomic<std::uint64_t>> answers_;  ///< hashes of what was taken
  std::atomic<std::size_t> answered_ = 0;
  std::atomic<std::size_t> next_ = 0;  ///< first question of the next batch
  std::mutex mutex_;
  SoakReport report_;
};

}  // namespace

SoakReport soak(const SoakPlan& plan) {
  return Soak(plan).run();
}

}  // namespace perennial::llm_server
