#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "llm/chat.h"
#include "llm/endpoint.h"

namespace perennial {

class AnswerCache;
class CachedChat;
class EndpointChat;

/// Whom the people of a command ask: a cache of answers, an endpoint behind it, or both.
class LanguageModel {
 public:
  /// Either may be missing, not both; without a cache every question is asked.
  LanguageModel(std::unique_ptr<EndpointChat> endpoint, std::unique_ptr<AnswerCache> cache,
                std::unique_ptr<CachedChat> cached);
  ~LanguageModel();

  Chat& chat();

  /// One line for people: what was found in the cache, what was sent, what it cost. For stderr; results hold none of it.
  std::string usage_text() const;

 private:
  std::unique_ptr<EndpointChat> endpoint_;
  std::unique_ptr<AnswerCache> cache_;
  std::unique_ptr<CachedChat> cached_;
};

/// The flags of commands whose users and creators may be language models.
struct LlmFlags {
  Endpoint endpoint;  ///< but the key, which endpoint_with_key() takes from the environment
  std::string key_variable = "OPENAI_API_KEY";
  std::string cache = "write";
  std::filesystem::path cache_file;  ///< empty: answers.sqlite in the user's cache folder

  /// Where the endpoint is and how it is asked. This must outlive `command`'s parsing.
  void add_endpoint_to(CLI::App& command);
  /// These, and the cache of answers.
  void add_to(CLI::App& command);

  /// Throws Error(invalid_argument) for a key variable that was named and is not set.
  Endpoint endpoint_with_key() const;

  /// Null where neither an endpoint nor a cache that suffices (--llm-cache only) was named: such a run asks nobody. Throws what
  /// EndpointChat's and AnswerCache's constructors do, and Error(invalid_argument) where no cache folder can be found.
  std::unique_ptr<LanguageModel> language_model() const;
};

}  // namespace perennial
