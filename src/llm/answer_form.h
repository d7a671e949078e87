#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// One field of the JSON object that an answer must be.
struct AnswerField {
  std::string name;
  std::vector<std::string> choices = {};  ///< the words it may be; empty = free text
  std::size_t characters_most = 0;        ///< of a free text, which must not be empty
  std::size_t list_of = 0;                ///< 0 = one text; else a list of exactly so many
};

/// What an answer says, or why it cannot be told.
struct ReadAnswer {
  std::vector<std::vector<std::string>>
      values;           ///< per field of the form; one text where the field is no list
  std::string problem;  ///< empty where the answer is clear
};

/// What an answer must look like: a JSON object of exactly these fields. The schema that an endpoint is asked to keep to and
/// the reading of what comes back follow from the same list.
class AnswerForm {
 public:
  explicit AnswerForm(std::vector<AnswerField> fields) : fields_(std::move(fields)) {}

  /// As a JSON schema.
  std::string schema() const;

  /// Strict: nothing around the object, no field more or less, lists of the stated length. A word is one of the choices but
  /// for case and blanks around it, and comes as the form has it; free text comes with each run of blanks, line ends and control
  /// characters as one blank.
  ReadAnswer read(std::string_view text) const;

 private:
  std::vector<AnswerField> fields_;
};

}  // namespace perennial
