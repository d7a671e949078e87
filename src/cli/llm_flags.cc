#include "cli/llm_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <system_error>

#include "base/error.h"
#include "cli/field_flags.h"
#include "llm/answer_cache.h"
#include "llm/cached_chat.h"
#include "llm/endpoint_chat.h"

namespace perennial {
namespace {

constexpr const char* default_key_variable = "OPENAI_API_KEY";

/// Empty for one that is not set.
std::string variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

std::filesystem::path default_cache_file() {
  if (const auto folder = variable("XDG_CACHE_HOME"); !folder.empty())
    return std::filesystem::path(folder) / "perennial" / "answers.sqlite";
  if (const auto home = variable("HOME"); !home.empty())
    return std::filesystem::path(home) / ".cache" / "perennial" / "answers.sqlite";
  throw Error(
      ErrorCode::invalid_argument,
      "--llm-cache: neither XDG_CACHE_HOME nor HOME says where answers are kept; give --llm-cache-file PATH");
}

std::unique_ptr<AnswerCache> opened_cache(const std::filesystem::path& file, CacheUse use) {
  if (use == CacheUse::write && file.has_parent_path()) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (failed) {
      throw Error(ErrorCode::io, fmt::format("{}: cannot be made ({}); give another --llm-cache-file",
                                             file.parent_path().string(), failed.message()));
    }
  }
  return std::make_unique<AnswerCache>(file, access_for(use));
}

}  // namespace

LanguageModel::LanguageModel(std::unique_ptr<EndpointChat> endpoint, std::unique_ptr<AnswerCache> cache,
                             std::unique_ptr<CachedChat> cached)
    : endpoint_(std::move(endpoint)), cache_(std::move(cache)), cached_(std::move(cached)) {}

LanguageModel::~LanguageModel() = default;

Chat& LanguageModel::chat() {
  return cached_ ? static_cast<Chat&>(*cached_) : *endpoint_;
}

std::string LanguageModel::usage_text() const {
  std::string text = "language model: ";
  if (cached_) {
    const auto counts = cached_->counts();
    text += fmt::format("{} answers from {}{}", counts.found + counts.shared, cache_->file().string(),
                        endpoint_ ? "; " : "");
  }
  if (endpoint_) text += perennial::usage_text(endpoint_->usage());
  return text;
}

void LlmFlags::add_endpoint_to(CLI::App& command) {
  const std::pair<const char*, const char*> flags[] = {
      {"--llm-url", "base_url"},
      {"--llm-in-flight", "requests_in_flight"},
      {"--llm-timeout", "timeout_s"},
      {"--llm-connect-timeout", "connect_timeout_s"},
      {"--llm-retries", "retries"},
      {"--llm-schema", "schema"},
      {"--llm-price-prompt", "price_per_million_prompt_tokens"},
      {"--llm-price-completion", "price_per_million_completion_tokens"},
      {"--llm-budget-requests", "budget_requests"},
      {"--llm-budget-tokens", "budget_tokens"},
      {"--llm-budget-cost", "budget_cost"}};
  const auto fields = endpoint.fields();
  for (const auto& [flag, name] : flags) add_field_flag(command, flag, fields, name);
  command.add_option(
      "--llm-key-variable", key_variable,
      "the environment variable that holds the endpoint's key (default OPENAI_API_KEY; need not be set)");
}

void LlmFlags::add_to(CLI::App& command) {
  add_endpoint_to(command);
  command
      .add_option("--llm-cache", cache,
                  "answers on disk: write (the default: asks what is not there, and keeps it), read (keeps "
                  "nothing new), only "
                  "(asks nobody), off")
      ->check(CLI::IsMember({"write", "read", "only", "off"}));
  command.add_option("--llm-cache-file", cache_file,
                     "where answers are kept (default: perennial/answers.sqlite in the user's cache folder)");
}

Endpoint LlmFlags::endpoint_with_key() const {
  auto whole = endpoint;
  whole.requests_in_flight_per_host = whole.requests_in_flight;  // there is one host
  whole.key = Secret(variable(key_variable));
  if (whole.key.empty() && key_variable != default_key_variable) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--llm-key-variable {}: the environment holds no such variable", key_variable));
  }
  return whole;
}

std::unique_ptr<LanguageModel> LlmFlags::language_model() const {
  const bool only = cache == "only";
  if (endpoint.base_url.empty() && !only) return nullptr;
  auto asked = only ? nullptr : std::make_unique<EndpointChat>(endpoint_with_key());
  if (cache == "off") return std::make_unique<LanguageModel>(std::move(asked), nullptr, nullptr);
  const auto use = cache_use_named(cache);
  auto opened = opened_cache(cache_file.empty() ? default_cache_file() : cache_file, use);
  auto cached = std::make_unique<CachedChat>(*opened, use, asked.get());
  return std::make_unique<LanguageModel>(std::move(asked), std::move(opened), std::move(cached));
}

}  // namespace perennial
