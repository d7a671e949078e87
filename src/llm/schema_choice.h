#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "llm/chat_wire.h"

namespace perennial {

/// Which form of schema an endpoint is asked for: the one that was chosen, or with "auto" the strictest that it takes, found out
/// once and remembered. From any thread.
class SchemaChoice {
 public:
  /// "auto" or the name of a mode.
  explicit SchemaChoice(const std::string& setting);

  /// How to ask first.
  SchemaMode mode() const;

  /// How to ask again when a question was refused in `refused`; nothing when the form cannot be the reason.
  std::optional<SchemaMode> after_refusal(SchemaMode refused) const;

  /// A question with a schema was answered in this mode.
  void answered(SchemaMode mode);

  /// Nothing before the first answer.
  std::optional<SchemaMode> proven() const;
  /// A stricter form was refused.
  bool fell_back() const;

 private:
  const bool automatic_;
  mutable std::mutex mutex_;
  SchemaMode first_ = SchemaMode::json_schema;
  std::optional<SchemaMode> proven_;
};

}  // namespace perennial
