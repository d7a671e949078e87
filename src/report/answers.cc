#include "report/answers.h"

#include <fmt/format.h>

#include "report/frame.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr double fallback_share_most = 0.05;

/// Users or creators.
struct AskedKind {
  const char* key;
  AnswerCounts RunResult::*counts;
};

constexpr AskedKind kinds[] = {{"users", &RunResult::user_answers},
                               {"creators", &RunResult::creator_answers}};

AnswerCounts counts_of(const ComparedPolicy& policy, const AskedKind& kind) {
  AnswerCounts sum;
  for (const RunResult& run : policy.runs) sum += run.*kind.counts;
  return sum;
}

double fallback_share(const AnswerCounts& counts) {
  return counts.decisions() == 0
             ? 0
             : static_cast<double>(counts.fallbacks) / static_cast<double>(counts.decisions());
}

Json counts_json(const AnswerCounts& counts) {
  if (counts.questions == 0) return nullptr;
  return {{"questions", counts.questions},
          {"decisions", counts.decisions()},
          {"unclear", counts.unclear},
          {"fallbacks", counts.fallbacks},
          {"fallback_share", fallback_share(counts)},
          {"prompt_tokens", counts.prompt_tokens},
          {"completion_tokens", counts.completion_tokens}};
}

std::string share_words(double share) {
  return fmt::format("{:.1f}%", 100 * share);
}

Json row_of(const Comparison& comparison, std::size_t series, const AskedKind& kind,
            const AnswerCounts& counts) {
  return {
      {"name", fmt::format("{}: {}", comparison.policies[series].shown(), kind.key)},
      {"cells",
       {cell_json(whole_words(counts.questions)), cell_json(whole_words(counts.unclear)),
        cell_json(share_words(fallback_share(counts)),
                  fmt::format("{} of {}", whole_words(counts.fallbacks), whole_words(counts.decisions()))),
        cell_json(whole_words(counts.prompt_tokens)), cell_json(whole_words(counts.completion_tokens))}}};
}

/// Calls `use` for every policy and kind of people that were asked.
template <class Use>
void for_all_asked(const Comparison& comparison, const Use& use) {
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    for (const AskedKind& kind : kinds) {
      const auto counts = counts_of(comparison.policies[i], kind);
      if (counts.questions > 0) use(i, kind, counts);
    }
  }
}

}  // namespace

bool asked_language_models(const Comparison& comparison) {
  bool asked = false;
  for_all_asked(comparison, [&](std::size_t, const AskedKind&, const AnswerCounts&) { asked = true; });
  return asked;
}

Json answers_json(const ComparedPolicy& policy) {
  Json json = Json::object();
  for (const AskedKind& kind : kinds) json[kind.key] = counts_json(counts_of(policy, kind));
  return json;
}

Json answers_block(const Comparison& comparison, const std::string& where) {
  Json rows = Json::array();
  for_all_asked(comparison, [&](std::size_t i, const AskedKind& kind, const AnswerCounts& counts) {
    rows.push_back(row_of(comparison, i, kind, counts));
  });
  if (rows.empty()) return nullptr;
  return {{"kind", "table"},
          {"title", "What language models were asked" + where},
          {"note",
           "Over all seeds. An answer that cannot be read is asked for once more; if that one cannot be read "
           "either, a rule decides. Counts follow from the answers: a run that is repeated from a cache has "
           "the same."},
          {"columns",
           {{{"title", "Who"}, {"help", ""}},
            {{"title", "Questions"}, {"help", "those asked again included"}},
            {{"title", "Unclear"}, {"help", "answers"}},
            {{"title", "Left to the rule"}, {"help", "of what was decided, thought or written"}},
            {{"title", "Tokens read"}, {"help", "as the endpoint counted them"}},
            {{"title", "Tokens written"}, {"help", ""}}}},
          {"rows", rows}};
}

std::vector<std::string> answers_warnings(const Comparison& comparison, const std::string& where) {
  std::vector<std::string> warnings;
  for_all_asked(comparison, [&](std::size_t i, const AskedKind& kind, const AnswerCounts& counts) {
    if (fallback_share(counts) <= fallback_share_most) return;
    warnings.push_back(
        fmt::format("Under {}{}, {} of what the {} were asked was left to a rule, because their language "
                    "model was unclear twice: this is not a run of that language model alone.",
                    comparison.policies[i].shown(), where, share_words(fallback_share(counts)), kind.key));
  });
  return warnings;
}

}  // namespace perennial
