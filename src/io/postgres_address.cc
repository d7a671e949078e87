#include "io/postgres_address.h"

#include <algorithm>
#include <vector>

namespace perennial {
namespace {

std::string_view after_scheme(std::string_view address) {
  return address.substr(address.find("://") + 3);
}

/// Every piece of the address that is, or by a badly written address may be, a part of a password: libpq takes "p@ss/w" in
/// a password for a host and names it.
std::vector<std::string_view> secrets_of(std::string_view address) {
  std::vector<std::string_view> secrets;
  const auto rest = after_scheme(address);
  const auto at = rest.rfind('@');
  const auto colon = rest.find(':');
  if (at != std::string_view::npos && colon < at) {
    auto secret = rest.substr(colon + 1, at - colon - 1);
    while (!secret.empty()) {
      const auto end = std::min(secret.find_first_of(":@/?#&=% "), secret.size());
      if (end > 0) secrets.push_back(secret.substr(0, end));
      secret.remove_prefix(std::min(end + 1, secret.size()));
    }
  }
  const auto option = rest.find("password=");
  if (option != std::string_view::npos) {
    const auto value = rest.substr(option + 9);
    secrets.push_back(value.substr(0, value.find('&')));
  }
  return secrets;
}

}  // namespace

bool is_postgres_address(std::string_view text) {
  return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

std::string shown_postgres_address(std::string_view address) {
  const auto rest = after_scheme(address);
  const auto at = rest.rfind('@');
  const auto user_end = std::min(rest.find(':'), at);
  std::string shown = "postgresql://";
  auto place = rest;
  if (at != std::string_view::npos) {
    shown += std::string(rest.substr(0, user_end)) + "@";
    place = rest.substr(at + 1);
  }
  return shown + std::string(place.substr(0, place.find('?')));
}

std::string shown_postgres_reason(std::string_view address, std::string_view reason) {
  for (const auto secret : secrets_of(address)) {
    if (!secret.empty() && reason.find(secret) != std::string_view::npos) return "";
  }
  reason = reason.substr(0, reason.find('\n'));
  for (const std::string_view kind : {"ERROR:  ", "FATAL:  "}) {
    if (reason.starts_with(kind)) reason.remove_prefix(kind.size());
  }
  return std::string(reason);
}

}  // namespace perennial
