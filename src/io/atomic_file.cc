#include "io/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace perennial {
namespace {

[[noreturn]] void refuse(int reason) {
  throw Error(ErrorCode::io, fmt::format("cannot be written: {}", std::strerror(reason)));
}

/// An open file descriptor; close() reports what the disk has to say, the destructor does not.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (number_ < 0) refuse(errno);
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write_all(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(number_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) refuse(errno);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }
  /// Some file systems cannot flush (EINVAL); that is no failure of the write.
  void flush() const {
    if (::fsync(number_) != 0 && errno != EINVAL && errno != ENOTSUP) refuse(errno);
  }
  void close() {
    if (::close(std::exchange(number_, -1)) != 0) refuse(errno);
  }

 private:
  int number_;
};

void put_in_place(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  Descriptor file(temporary, O_RDONLY);
  file.flush();
  file.close();
  if (std::rename(temporary.c_str(), path.c_str()) != 0) refuse(errno);
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  Descriptor(folder, O_RDONLY | O_DIRECTORY).flush();
}

}  // namespace

void write_file_with(const std::filesystem::path& path,
                     const std::function<void(const std::filesystem::path& temporary)>& write) {
  const auto temporary = path.parent_path() / fmt::format(".{}.part", path.filename().string());
  try {
    write(temporary);
    put_in_place(temporary, path);
  } catch (const Error& error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw error.at(path.string());
  }
}

void write_bytes(const std::filesystem::path& path,
                 std::initializer_list<std::span<const std::byte>> pieces) {
  write_file_with(path, [&](const std::filesystem::path& temporary) {
    Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    for (const auto& piece : pieces) file.write_all(piece);
    file.close();
  });
}

void write_text_file(const std::filesystem::path& path, std::string_view text) {
  write_bytes(path, {std::as_bytes(std::span(text))});
}

}  // namespace perennial
