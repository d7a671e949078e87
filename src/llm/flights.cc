#include "llm/flights.h"

namespace perennial {

Flights::Boarding Flights::board(const QuestionKey& question) {
  const std::lock_guard lock(mutex_);
  auto& flight = under_way_[question.text];
  const bool is_mine = !flight;
  if (is_mine) flight = std::make_shared<Flight>();
  return {flight, is_mine};
}

void Flights::land(const QuestionKey& question, const ChatAnswer& answer) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(question.text);
    found->second->answer = answer;
    found->second->state = Flight::State::landed;
    under_way_.erase(found);
  }
  changed_.notify_all();
}

void Flights::lose(const QuestionKey& question) noexcept {
  {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(question.text);
    if (found == under_way_.end()) return;
    found->second->state = Flight::State::lost;
    under_way_.erase(found);
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
