#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/commands.h"
#include "io/json_file.h"
#include "platform/suggest/platform_state.h"
#include "platform/suggest/saved_policy.h"

namespace perennial {
namespace {

struct SuggestFlags {
  std::filesystem::path policy;
  std::filesystem::path state;
  std::size_t top = 3;
  std::size_t threads = 1;
  bool json = false;
};

/// The policy as it was trained, ready for this platform. Creators beyond those it was trained on are newcomers to it.
std::unique_ptr<SuggestionPolicy> trained_policy(const std::filesystem::path& folder,
                                                 const SavedPolicy& saved, const PlatformState& state) {
  PlatformShape shape = state.shape;
  shape.creators = std::min(shape.creators, saved.creators);
  return make_policy({.policy = saved.policy, .folder = folder, .frozen = true}, {}, shape, state.genres);
}

const char* const nothing = "(nothing)";

std::string name_of(GenreId genre, const PlatformState& state) {
  return genre == no_genre ? nothing : state.genres[genre];
}

double probability_of(const ExplainedSuggestion& one) {
  return one.suggestion == no_genre ? one.probabilities.back() : one.probabilities[one.suggestion];
}

/// The first `top` reasons; none pushes by nothing.
std::span<const SuggestionReason> first_reasons(const ExplainedSuggestion& one, std::size_t top) {
  const std::span<const SuggestionReason> all = one.reasons;
  return all.first(std::min(top, all.size()));
}

nlohmann::ordered_json credible_json(const PlatformState& state, CreatorId creator) {
  const auto& credible = state.credible_trust[creator];
  return credible ? nlohmann::ordered_json{credible->least, credible->most} : nlohmann::ordered_json();
}

/// "0.67 [0.28, 0.95]", or "0.30 (told)".
std::string trust_words(const PlatformState& state, CreatorId creator) {
  const double trust = state.predicted_trust[creator];
  const auto& credible = state.credible_trust[creator];
  if (!credible) return fmt::format("{:.2f} (told)", trust);
  return fmt::format("{:.2f} [{:.2f}, {:.2f}]", trust, credible->least, credible->most);
}

nlohmann::ordered_json json_of(const ExplainedSuggestion& one, const PlatformState& state, std::size_t top) {
  using Json = nlohmann::ordered_json;
  Json probabilities = Json::object(), reasons = Json::array();
  for (std::size_t g = 0; g < state.genres.size(); ++g) probabilities[state.genres[g]] = one.probabilities[g];
  for (const auto& [feature, value, moves_logit] : first_reasons(one, top))
    reasons.push_back({{"feature", feature}, {"value", value}, {"moves_logit", moves_logit}});
  return {{"creator", state.creators[one.creator]},
          {"suggestion", one.suggestion == no_genre ? Json() : Json(state.genres[one.suggestion])},
          {"probability", probability_of(one)},
          {"trust", state.predicted_trust[one.creator]},
          {"trust_credible95", credible_json(state, one.creator)},
          {"probabilities", probabilities},
          {"probability_of_none", one.probabilities.back()},
          {"reasons", reasons}};
}

/// What a policy tells all active creators.
struct Advice {
  std::string policy;
  std::vector<ExplainedSuggestion> suggestions;
  std::vector<std::string> assumptions;
};

void print_json(const Advice& advice, const PlatformState& state, std::size_t top) {
  auto suggestions = nlohmann::ordered_json::array();
  for (const auto& one : advice.suggestions) suggestions.push_back(json_of(one, state, top));
  const nlohmann::ordered_json whole = {{"policy", advice.policy},
                                        {"round", state.round},
                                        {"assumptions", advice.assumptions},
                                        {"suggestions", suggestions}};
  fmt::print("{}", json_text(whole));
}

/// "expected quality there 0.12 (+0.41), .."
std::string why(const ExplainedSuggestion& one, std::size_t top) {
  std::string text;
  for (const auto& [feature, value, moves_logit] : first_reasons(one, top))
    text += fmt::format("{}{} {:.2f} ({:+.2f})", text.empty() ? "" : ", ", feature, value, moves_logit);
  return text;
}

void print_table(const Advice& advice, const PlatformState& state, std::size_t top) {
  const auto& all = advice.suggestions;
  if (all.empty()) {
    fmt::print("no active creators: nothing to suggest\n");
    return;
  }
  std::size_t name_width = 7, genre_width = 10;
  for (const auto& one : all) {
    name_width = std::max(name_width, state.creators[one.creator].size());
    genre_width = std::max(genre_width, name_of(one.suggestion, state).size());
  }
  fmt::print("{:<{}}  {:<{}}  {:>11}  {:<17}  {}\n", "creator", name_width, "suggestion", genre_width,
             "probability", "trust, 95%", "why: value (how far it moves the logit)");
  for (const auto& one : all) {
    fmt::print("{:<{}}  {:<{}}  {:>10.1f}%  {:<17}  {}\n", state.creators[one.creator], name_width,
               name_of(one.suggestion, state), genre_width, 100 * probability_of(one),
               trust_words(state, one.creator), why(one, top));
  }
  fmt::print("\nby {}, round {}, {} creators\n", advice.policy, state.round, all.size());
  for (const auto& assumption : advice.assumptions) fmt::print("note: {}\n", assumption);
}

void run_suggest(const SuggestFlags& flags) {
  const SavedPolicy saved = load_policy(flags.policy);
  const PlatformState state = read_platform_state(flags.state);
  const auto policy = trained_policy(flags.policy, saved, state);
  Workers workers(flags.threads);
  Advice advice{.policy = saved.policy, .suggestions = {}, .assumptions = {}};
  if (!state.active.empty()) {
    const auto request = state.request(workers);
    advice.suggestions = policy->learned()->explain(request);
    advice.assumptions = policy->learned()->assumptions(request);
  }
  (flags.json ? print_json : print_table)(advice, state, flags.top);
}

}  // namespace

void add_suggest_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "suggest", "Tells each creator of a real platform what to make next, by a trained policy, and why");
  auto flags = std::make_shared<SuggestFlags>();
  command->add_option("--policy", flags->policy, "the folder of a trained policy")->required();
  command
      ->add_option("--state", flags->state,
                   "the platform before its next round, a JSON file (docs/formats.md)")
      ->required();
  command->add_option("--top", flags->top, "reasons given per creator")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command->add_option("--threads", flags->threads, "threads; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--json", flags->json, "print JSON instead of a table");
  command->footer(
      "\nThe suggestion is the most probable one. Trust is the estimated chance that the creator follows a\n"
      "suggestion, with its 95% credible interval from those asked and followed. A reason is a feature as "
      "the network reads it and how "
      "much\n"
      "lower the suggestion's logit would be with the creator's average over genres in its place.\n"
      "\nExamples:\n"
      "  perennial suggest --policy trained --state examples/state.json\n"
      "  perennial suggest --policy trained --state examples/state.json --top 5 --json\n");
  command->callback([flags] { run_suggest(*flags); });
}

}  // namespace perennial
