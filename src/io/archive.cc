#include "io/archive.h"

#include <fmt/format.h>

#include "base/error.h"

namespace perennial {

void Archive::section(const std::string& name) {
  std::string found = name;
  value(found);
  if (found != name) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("saved state: expected section '{}', found '{}'", name, found));
  }
}

std::size_t Archive::checked_count(std::uint64_t count, std::size_t element_bytes) const {
  if (count > (bytes_.size() - position_) / element_bytes) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("saved state: a list of {} elements does not fit into the {} bytes left", count,
                            bytes_.size() - position_));
  }
  return static_cast<std::size_t>(count);
}

void Archive::raw(void* data, std::size_t size) {
  if (size == 0) return;
  if (!reading_) {
    const auto* begin = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), begin, begin + size);
    return;
  }
  if (size > bytes_.size() - position_) throw Error(ErrorCode::invalid_data, "saved state: ends too early");
  std::memcpy(data, bytes_.data() + position_, size);
  position_ += size;
}

}  // namespace perennial
