#pragma once

#include <string>
#include <string_view>

namespace perennial {

/// Is it the address of a PostgreSQL database: postgresql://.. or postgres://..?
bool is_postgres_address(std::string_view text);

/// The address without password and options: what errors may show.
std::string shown_postgres_address(std::string_view address);

/// The first line of what libpq said, or empty when it repeats a part of the address's password.
std::string shown_postgres_reason(std::string_view address, std::string_view reason);

}  // namespace perennial
