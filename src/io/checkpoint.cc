#include "io/checkpoint.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/hash.h"
#include "io/text_file.h"

namespace perennial {
namespace {

constexpr std::uint32_t format_version = 1;

/// How every checkpoint begins; kind, header and state follow in this order. Little-endian.
struct Preamble {
  std::array<char, 8> magic = {'P', 'e', 'r', 'e', 'n', 'n', '.', '\n'};
  std::uint32_t version = format_version;
  std::uint32_t kind_bytes = 0;
  std::uint64_t header_bytes = 0;
  std::uint64_t state_bytes = 0;
  std::uint64_t checksum = 0;  ///< of everything after the preamble, seeded with the sizes
};
static_assert(sizeof(Preamble) == 40);

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what) {
  throw Error(ErrorCode::invalid_data, fmt::format("{}: {}", path.string(), what));
}

std::uint64_t checksum(const Preamble& preamble, std::span<const std::byte> body) {
  return hash_bytes(body, preamble.kind_bytes ^ (preamble.header_bytes << 16) ^ (preamble.state_bytes << 32));
}

Preamble read_preamble(const std::filesystem::path& path, const std::string& file) {
  Preamble preamble;
  if (file.size() < sizeof(preamble) || file.compare(0, 8, preamble.magic.data(), 8) != 0) {
    refuse(path, "is no checkpoint of Perennial");
  }
  std::memcpy(&preamble, file.data(), sizeof(preamble));
  if (preamble.version != format_version) {
    refuse(path, fmt::format("has checkpoint format {}, this program reads format {}", preamble.version,
                             format_version));
  }
  const auto body = file.size() - sizeof(preamble);
  if (preamble.header_bytes > body || preamble.state_bytes > body ||
      preamble.kind_bytes + preamble.header_bytes + preamble.state_bytes != body) {
    refuse(path,
           fmt::format("is cut short or has grown: its {} bytes are not what it says it holds", file.size()));
  }
  return preamble;
}

}  // namespace

void write_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint) {
  const auto& state = checkpoint.state.bytes();
  Preamble preamble;
  preamble.kind_bytes = static_cast<std::uint32_t>(checkpoint.kind.size());
  preamble.header_bytes = checkpoint.header.size();
  preamble.state_bytes = state.size();
  std::vector<std::byte> body;
  body.reserve(checkpoint.kind.size() + checkpoint.header.size() + state.size());
  for (const auto* text : {&checkpoint.kind, &checkpoint.header}) {
    const auto bytes = std::as_bytes(std::span(*text));
    body.insert(body.end(), bytes.begin(), bytes.end());
  }
  body.insert(body.end(), state.begin(), state.end());
  preamble.checksum = checksum(preamble, body);
  write_bytes(path, {std::as_bytes(std::span(&preamble, 1)), body});
}

Checkpoint read_checkpoint(const std::filesystem::path& path, const std::string& kind) {
  const auto file = read_text_file(path);
  const auto preamble = read_preamble(path, file);
  const auto body = std::as_bytes(std::span(file)).subspan(sizeof(preamble));
  if (checksum(preamble, body) != preamble.checksum) refuse(path, "is damaged: its checksum does not match");
  Checkpoint checkpoint;
  checkpoint.kind = file.substr(sizeof(preamble), preamble.kind_bytes);
  if (checkpoint.kind != kind) {
    refuse(path, fmt::format("holds a saved '{}', where a '{}' is needed", checkpoint.kind, kind));
  }
  checkpoint.header = file.substr(sizeof(preamble) + preamble.kind_bytes, preamble.header_bytes);
  const auto state = body.last(preamble.state_bytes);
  checkpoint.state = Archive({state.begin(), state.end()});
  return checkpoint;
}

}  // namespace perennial
