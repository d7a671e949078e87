#include "respond/table/feature_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"

namespace perennial {
namespace {

[[noreturn]] void fail(const std::filesystem::path& folder, const char* what) {
  throw Error(ErrorCode::io, fmt::format("{}: {} a temporary file for features failed: {}", folder.string(),
                                         what, std::strerror(errno)));
}

int open_nameless(const std::filesystem::path& folder) {
  std::string name = (folder / ".features-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) fail(folder, "making");
  ::unlink(name.c_str());
  return file;
}

}  // namespace

FeatureStore::FeatureStore(std::filesystem::path folder, std::size_t features)
    : folder_(std::move(folder)), file_(open_nameless(folder_)), features_(features) {
  check(features > 0, "a feature store has features");
}

FeatureStore::~FeatureStore() {
  if (file_ >= 0) ::close(file_);
}

FeatureStore::FeatureStore(FeatureStore&& other) noexcept
    : folder_(std::move(other.folder_)),
      file_(std::exchange(other.file_, -1)),
      features_(other.features_),
      rows_(other.rows_) {}

FeatureStore& FeatureStore::operator=(FeatureStore&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(file_, other.file_);
  std::swap(features_, other.features_);
  std::swap(rows_, other.rows_);
  return *this;
}

void FeatureStore::append(std::span<const float> values) {
  check(values.size() % features_ == 0, "rows are appended whole");
  write(rows_, values);
  rows_ += values.size() / features_;
}

void FeatureStore::replace(std::size_t first, std::span<const float> values) {
  check(values.size() % features_ == 0 && first + values.size() / features_ <= rows_,
        "rows that are replaced exist");
  write(first, values);
}

void FeatureStore::write(std::size_t first, std::span<const float> values) {
  auto rest = std::as_bytes(values);
  auto offset = static_cast<::off_t>(first * features_ * sizeof(float));
  while (!rest.empty()) {
    const auto written = ::pwrite(file_, rest.data(), rest.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail(folder_, "writing");
    rest = rest.subspan(static_cast<std::size_t>(written));
    offset += written;
  }
}

void FeatureStore::read(std::size_t first, std::span<float> to) const {
  check(to.size() % features_ == 0 && first + to.size() / features_ <= rows_, "rows that are read exist");
  auto rest = std::as_writable_bytes(to);
  auto offset = static_cast<::off_t>(first * features_ * sizeof(float));
  while (!rest.empty()) {
    const auto got = ::pread(file_, rest.data(), rest.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail(folder_, "reading");
    rest = rest.subspan(static_cast<std::size_t>(got));
    offset += got;
  }
}

void FeatureStore::for_each_block(std::span<const std::uint32_t> rows, std::size_t block,
                                  const TakeBlock& take) const {
  check(block > 0, "a block has rows");
  std::vector<float> values(block * features_);
  std::vector<std::uint32_t> taken;
  std::size_t next = 0;
  while (next < rows.size()) {
    // One read covers the block's span of the file; the rows asked for are moved together at its front.
    const std::uint32_t first = rows[next];
    const std::size_t span = std::min<std::size_t>(block, rows_ - first);
    read(first, std::span(values).first(span * features_));
    taken.clear();
    for (; next < rows.size() && rows[next] < first + span; ++next) {
      const float* from = values.data() + (rows[next] - first) * features_;
      std::memmove(values.data() + taken.size() * features_, from, features_ * sizeof(float));
      taken.push_back(rows[next]);
    }
    take(std::span<const float>(values).first(taken.size() * features_), taken);
  }
}

}  // namespace perennial
