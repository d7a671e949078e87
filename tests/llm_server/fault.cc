#include "llm_server/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "llm_server/text_hash.h"

namespace perennial::llm_server {
namespace {

constexpr NamedFault names[] = {
    {"429", Fault::too_many_requests},
    {"500", Fault::server_error},
    {"502", Fault::bad_gateway},
    {"503", Fault::unavailable},
    {"cut", Fault::cut},
    {"hangup", Fault::hangup},
    {"stall", Fault::stall},
    {"broken-body", Fault::broken_body},
    {"200-error", Fault::error_body},
    {"slow", Fault::slow},
    {"invalid-utf8", Fault::invalid_utf8},
    {"broken-json", Fault::broken_json},
    {"wrong-genre", Fault::wrong_genre},
    {"empty", Fault::empty},
    {"unicode", Fault::unicode},
};

std::optional<Fault> find(std::string_view name) {
  const auto found =
      std::find_if(std::begin(names), std::end(names), [&](const auto& named) { return named.name == name; });
  if (found == std::end(names)) return std::nullopt;
  return found->fault;
}

/// How often and what, by the name behind "test-"; nothing where the name is of no fault.
struct Told {
  Fault fault;
  std::uint64_t tries;
};

std::optional<Told> told_by(std::string_view name) {
  if (const auto fault = find(name)) return Told{*fault, UINT64_MAX};
  const auto dash = name.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto fault = find(name.substr(0, dash));
  std::uint64_t tries = 0;
  const auto [end, error] = std::from_chars(name.data() + dash + 1, name.data() + name.size(), tries);
  if (!fault || error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return Told{*fault, tries};
}

}  // namespace

std::span<const NamedFault> named_faults() {
  return names;
}

std::string_view fault_name(Fault fault) {
  const auto found = std::find_if(std::begin(names), std::end(names),
                                  [&](const auto& named) { return named.fault == fault; });
  return found == std::end(names) ? "none" : found->name;
}

Fault fault_named(std::string_view name) {
  if (const auto fault = find(name)) return *fault;
  throw std::invalid_argument(fmt::format("no such fault: '{}'", name));
}

bool is_answered(Fault fault) {
  return fault == Fault::none || fault >= Fault::slow;
}

Fault fault_of(std::string_view model, std::uint64_t question, std::uint64_t attempt, const FaultPlan& plan) {
  if (model.starts_with("test-")) {
    if (const auto told = told_by(model.substr(5))) return attempt < told->tries ? told->fault : Fault::none;
  }
  if (plan.kinds.empty()) return Fault::none;
  const auto place = fmt::format("{} {}", question, attempt);
  if (text_fraction(place, plan.seed) >= plan.rate) return Fault::none;
  return plan.kinds[text_hash(place, plan.seed + 1) % plan.kinds.size()];
}

}  // namespace perennial::llm_server
