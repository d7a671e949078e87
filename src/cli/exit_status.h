#pragma once

#include "base/error.h"

namespace perennial {

/// The one table from errors to exit statuses: 2 for what the user can mend, 130 for an asked-for stop (as shells do).
constexpr int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::interrupted:
      return 130;
    case ErrorCode::invalid_argument:
    case ErrorCode::invalid_data:
    case ErrorCode::not_found:
    case ErrorCode::io:
      return 2;
  }
  return 1;
}

}  // namespace perennial
