#include "llm/disk_reserve.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace perennial {
namespace {

bool has_bytes(int descriptor, std::int64_t bytes) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && status.st_size >= bytes;
}

}  // namespace

DiskReserve::DiskReserve(std::filesystem::path file, std::int64_t bytes) : file_(std::move(file)) {
  const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  int error = descriptor < 0 ? errno : 0;
  if (descriptor >= 0 && !has_bytes(descriptor, bytes)) {
    error = ::posix_fallocate(descriptor, 0, bytes);
    if (error) ::unlink(file_.c_str());
  }
  if (descriptor >= 0) ::close(descriptor);
  if (!error) return;
  throw Error(ErrorCode::io, fmt::format("{}: cannot hold {} MB of the disk in reserve: {}", file_.string(),
                                         bytes >> 20, std::strerror(error)));
}

void DiskReserve::give_up() noexcept {
  ::truncate(file_.c_str(), 0);  // frees the room even where another process has the file open
  ::unlink(file_.c_str());
}

}  // namespace perennial
