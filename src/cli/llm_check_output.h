#pragma once

#include <string>

#include "llm/endpoint_check.h"

namespace perennial {

/// An endpoint's check and what a study of this shape would take, for people: a table readable at a glance.
std::string check_text(const EndpointCheck& check, const Endpoint& endpoint, const std::string& model,
                       const StudyShape& shape);

/// The same for programs.
std::string check_json(const EndpointCheck& check, const Endpoint& endpoint, const std::string& model,
                       const StudyShape& shape);

}  // namespace perennial
