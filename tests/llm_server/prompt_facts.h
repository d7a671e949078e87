#pragma once

#include <optional>
#include <string>
#include <vector>

#include "llm_server/chat_request.h"

namespace perennial::llm_server {

/// An item that a prompt speaks of.
struct PromptItem {
  std::string genre;  ///< in small letters
  std::string line;   ///< where the genre stands, without the number of a list
};

/// What the stated behaviour takes from a prompt: README.md says how it is found.
struct PromptFacts {
  std::vector<std::string> interests;  ///< in small letters
  std::vector<PromptItem> items;       ///< in the order in which the prompt names them

  bool likes(const std::string& genre) const;
};

PromptFacts read_prompt(const std::string& prompt);

/// A creator's average clicks in a genre, from the first line of the prompt that starts with the genre's name (list marks aside):
/// the number right behind it, 0 where there are words instead; none where it says "unknown" or there is no such line.
std::optional<double> average_clicks(const std::string& prompt, const std::string& genre);

/// What the platform suggests to a creator.
struct PromptSuggestion {
  std::string genre;
  double trust = 0;
};

/// From the line that says "suggests": the longest of `genres` that it names, and the number behind its bracket. None where it
/// names no genre.
std::optional<PromptSuggestion> read_suggestion(const std::string& prompt,
                                                const std::vector<std::string>& genres);

/// A JSON schema for the first example of an answer that stands in the prompt, as {"answers": ["WATCH", ..]}: words of a decision
/// or a move become enums, lists are as long as the prompt has items, `genres` may be chosen. Null where there is none.
Json schema_of_example(const std::string& prompt, std::size_t items, const std::vector<std::string>& genres);

/// The genres of a prompt's lines "NAME: number" and "NAME: unknown", as they stand there.
std::vector<std::string> listed_genres(const std::string& prompt);

/// Small letters, without blanks and marks at both ends.
std::string plain(std::string text);

}  // namespace perennial::llm_server
