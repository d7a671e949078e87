#include "llm/ask_clearly.h"

#include <utility>

namespace perennial {
namespace {

/// What stays of an answer that cannot be used: enough to see what it was.
std::string beginning_of(const std::string& text) {
  constexpr std::size_t most = 1000;
  if (text.empty()) return "(nothing)";
  auto end = std::min(most, text.size());
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

void count(const ChatAnswer& answer, AnswerCounts& counts) {
  ++counts.questions;
  counts.prompt_tokens += answer.prompt_tokens;
  counts.completion_tokens += answer.completion_tokens;
}

}  // namespace

std::vector<std::size_t> ask_clearly(Asking& asking, std::vector<ChatQuestion> questions,
                                     const TakeMeaning& take, const PromptTemplate& again) {
  if (questions.empty()) return {};
  AnswerCounts counts;
  std::vector<std::size_t> unclear;
  std::vector<ChatQuestion> clearer;
  const auto first = ask_all(asking.chat, questions);
  for (std::size_t i = 0; i < first.size(); ++i) {
    count(first[i], counts);
    const auto problem = take(i, first[i].text);
    if (problem.empty()) continue;
    unclear.push_back(i);
    auto& question = clearer.emplace_back(std::move(questions[i]));
    question.messages.push_back({ChatRole::assistant, beginning_of(first[i].text)});
    for (auto& message : again.fill({{"problem", problem}})) question.messages.push_back(std::move(message));
  }
  counts.unclear = unclear.size();
  std::vector<std::size_t> left;
  const auto second = clearer.empty() ? std::vector<ChatAnswer>{} : ask_all(asking.chat, clearer);
  for (std::size_t i = 0; i < second.size(); ++i) {
    count(second[i], counts);
    if (!take(unclear[i], second[i].text).empty()) left.push_back(unclear[i]);
  }
  counts.unclear += left.size();
  counts.fallbacks = left.size();
  asking.counts += counts;
  return left;
}

PromptTemplate load_ask_again(const std::string& folder) {
  return load_prompt(folder, "ask_again", {"problem"});
}

}  // namespace perennial
