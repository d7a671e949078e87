#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "llm/chat.h"
#include "llm/question_key.h"

namespace perennial {

/// Questions that are being asked, so that no two threads ask the same: one takes it on, the others wait for its answer. From any
/// thread.
class Flights {
 public:
  /// One question under way.
  struct Flight {
    enum class State : std::uint8_t { under_way, landed, lost } state = State::under_way;
    ChatAnswer answer;  ///< once landed
  };

  /// A flight, and whether the caller has to bring down this very one, by land() or lose(): once it is down, another of the
  /// same question may be somebody else's.
  struct Boarding {
    std::shared_ptr<Flight> flight;
    bool is_mine = false;
  };
  Boarding board(const QuestionKey& question);

  void land(const QuestionKey& question, Flight& flight, const ChatAnswer& answer);
  /// There will be no answer; does nothing when it has landed.
  void lose(const QuestionKey& question, Flight& flight) noexcept;

  /// The answer once it is there; nothing when the flight was lost, and must be boarded again.
  std::optional<ChatAnswer> wait(const Flight& flight);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::string, std::shared_ptr<Flight>> under_way_;  // by the question's text
};

}  // namespace perennial
