#pragma once

#include <optional>
#include <string>
#include <vector>

namespace perennial::llm_server {

/// An item that a prompt speaks of.
struct PromptItem {
  std::string genre;  ///< in small letters
  std::string line;   ///< where the genre stands
};

/// What the stated behaviour takes from a prompt: README.md says how it is found.
struct PromptFacts {
  std::vector<std::string> interests;  ///< in small letters
  std::vector<PromptItem> items;       ///< in the order in which the prompt names them

  bool likes(const std::string& genre) const;
};

PromptFacts read_prompt(const std::string& prompt);

/// A creator's average clicks in a genre, from the first line of the prompt that starts with the genre's name (after list
/// marks) and goes on with a number; none where that line says "unknown" or there is no such line.
std::optional<double> average_clicks(const std::string& prompt, const std::string& genre);

/// Small letters, without blanks and marks at both ends.
std::string plain(std::string text);

}  // namespace perennial::llm_server
