#include "llm/flights.h"

#include "base/check.h"

namespace perennial {

Flights::Boarding Flights::board(const QuestionKey& question) {
  const std::lock_guard lock(mutex_);
  auto& flight = under_way_[question.text];
  const bool is_mine = !flight;
  if (is_mine) flight = std::make_shared<Flight>();
  return {flight, is_mine};
}

void Flights::land(const QuestionKey& question, Flight& flight, const ChatAnswer& answer) {
  {
    const std::lock_guard lock(mutex_);
    check(flight.state == Flight::State::under_way, "a flight lands once");
    flight.answer = answer;
    flight.state = Flight::State::landed;
    under_way_.erase(question.text);
  }
  changed_.notify_all();
}

void Flights::lose(const QuestionKey& question, Flight& flight) noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (flight.state != Flight::State::under_way) return;
    flight.state = Flight::State::lost;
    under_way_.erase(question.text);
  }
  changed_.notify_all();
}

std::optional<ChatAnswer> Flights::wait(const Flight& flight) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return flight.state != Flight::State::under_way; });
  if (flight.state == Flight::State::lost) return std::nullopt;
  return flight.answer;
}

}  // namespace perennial
