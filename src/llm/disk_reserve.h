#pragma once

#include <cstdint>
#include <filesystem>

namespace perennial {

/// Room on the disk that is held for the moment when there is no more: a file of that size, really allocated, which stays beside
/// what it is for. Several processes hold the same file.
class DiskReserve {
 public:
  /// Allocates the file unless it is there. Throws Error(io) where the disk has no room for it or the folder cannot be
  /// written to.
  DiskReserve(std::filesystem::path file, std::int64_t bytes);

  /// Gives the room to whoever writes next. From then on there is no reserve, until another object is made.
  void give_up() noexcept;

 private:
  std::filesystem::path file_;
};

}  // namespace perennial
