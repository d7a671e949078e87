#include "io/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/json_file.h"
#include "io/table_file.h"

namespace perennial {
namespace {

constexpr auto marker_name = "perennial-folder.json";

[[noreturn]] void refuse(const std::filesystem::path& path, ErrorCode code, const std::string& what) {
  throw Error(code, fmt::format("{}: {}", path.string(), what));
}

void make_folder(const std::filesystem::path& path) {
  std::error_code status;
  std::filesystem::create_directories(path, status);
  if (status) refuse(path, ErrorCode::io, "the folder cannot be made: " + status.message());
}

bool is_empty_folder(const std::filesystem::path& path) {
  std::error_code status;
  const bool empty = std::filesystem::is_empty(path, status);
  if (status) refuse(path, ErrorCode::io, "the folder cannot be read: " + status.message());
  return empty;
}

/// The names a marker lists. They must lie in the folder itself: a marker is a file like any other and may be
/// forged.
std::vector<std::string> listed_files(const nlohmann::json& marker) {
  std::vector<std::string> names;
  if (!marker.is_object() || !marker.contains("files") || !marker["files"].is_array()) return names;
  for (const auto& entry : marker["files"]) {
    const auto name = entry.is_string() ? entry.get<std::string>() : "";
    if (!name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos)
      names.push_back(name);
  }
  return names;
}

}  // namespace

RunFolder::RunFolder(std::filesystem::path path, std::string kind, Existing existing)
    : path_(std::move(path)), kind_(std::move(kind)) {
  refuse_unusable(path_, kind_, existing);
  make_folder(path_);
  if (std::filesystem::exists(path_ / marker_name)) adopt(existing);
  mark(false);
}

void RunFolder::refuse_unusable(const std::filesystem::path& path, std::string_view kind, Existing existing) {
  std::error_code status;
  if (!std::filesystem::exists(path, status)) return;
  if (!std::filesystem::is_directory(path, status))
    refuse(path, ErrorCode::invalid_argument, "is a file, where a folder is needed");
  if (existing == Existing::force) return;
  if (!std::filesystem::exists(path / marker_name)) {
    if (is_empty_folder(path)) return;
    refuse(
        path, ErrorCode::invalid_argument,
        "is not empty and Perennial did not make it: name another folder, or pass --force to write into it");
  }
  const auto marker = read_json(path / marker_name);
  const auto found = marker.is_object() ? marker.value("kind", nlohmann::json()) : nlohmann::json();
  if (found == kind) return;
  refuse(path, ErrorCode::invalid_argument,
         fmt::format("holds {} of Perennial's, not '{}': name another folder, or pass --force to replace it",
                     found.is_string() ? "a '" + found.get<std::string>() + "'" : "something else", kind));
}

void RunFolder::adopt(Existing existing) {
  files_ = listed_files(read_json(path_ / marker_name));
  if (existing == Existing::resume) return;
  for (const auto& name : std::vector<std::string>(files_)) remove(name);
}

void RunFolder::remove(const std::string& name) {
  std::error_code status;
  std::filesystem::remove(path_ / name, status);
  if (status) refuse(path_ / name, ErrorCode::io, "cannot be removed: " + status.message());
  std::erase(files_, name);
}

void RunFolder::note(const std::string& name) {
  if (std::find(files_.begin(), files_.end(), name) != files_.end()) return;
  files_.push_back(name);
  mark(false);
}

void RunFolder::write_with(const std::string& name,
                           const std::function<void(const std::filesystem::path& temporary)>& write) {
  note(name);
  write_file_with(path_ / name, write);
}

void RunFolder::write_text(const std::string& name, std::string_view text) {
  note(name);
  write_text_file(path_ / name, text);
}

void RunFolder::write_parquet(const std::string& name, const Table& table) {
  note(name);
  perennial::write_parquet(path_ / name, table);
}

void RunFolder::write_csv(const std::string& name, const Table& table) {
  note(name);
  perennial::write_csv(path_ / name, table);
}

void RunFolder::finish() {
  mark(true);
}

void RunFolder::mark(bool complete) {
  nlohmann::ordered_json marker = {
      {"program", "perennial"}, {"kind", kind_}, {"complete", complete}, {"files", files_}};
  write_text_file(path_ / marker_name, json_text(marker));
}

bool is_complete_folder(const std::filesystem::path& path, std::string_view kind) {
  const auto marker_path = path / marker_name;
  if (!std::filesystem::exists(marker_path)) return false;
  const auto marker = read_json(marker_path);
  return marker.is_object() && marker.value("kind", nlohmann::json()) == kind &&
         marker.value("complete", nlohmann::json()) == true;
}

}  // namespace perennial
