#include "study/study_catalogue.h"

#include <builtin_studies.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

/// Place in the paper; what is not in it comes last.
std::size_t place_of(const std::string& name) {
  static const std::vector<std::string> order = {"fig2",  "table2", "fig3",   "fig4a",
                                                 "fig4b", "fig5",   "table3", "fig7"};
  return static_cast<std::size_t>(std::ranges::find(order, name) - order.begin());
}

}  // namespace

std::vector<std::string> builtin_study_names() {
  std::vector<std::string> names;
  for (const auto& file : builtin_studies())
    names.push_back(std::filesystem::path(file.path).stem().string());
  std::ranges::stable_sort(names, {}, place_of);
  return names;
}

std::vector<StudyFile> builtin_study_files() {
  std::vector<StudyFile> studies;
  for (const auto& name : builtin_study_names()) studies.push_back(open_study(name));
  return studies;
}

bool asks_language_models(const StudyFile& study) {
  const auto asks = [](const std::vector<Given>& keys) {
    return std::ranges::any_of(keys, [](const Given& given) {
      return (given.key == "user_model.name" || given.key == "creator_model.name") &&
             given.value == FieldValue(std::string("llm"));
    });
  };
  return asks(study.keys) || std::ranges::any_of(study.worlds, asks, &StudyWorld::keys) ||
         std::ranges::any_of(study.arms, asks, &StudyArm::keys);
}

std::vector<StudyFile> builtin_studies_by_rules() {
  auto studies = builtin_study_files();
  std::erase_if(studies, asks_language_models);
  return studies;
}

StudyFile open_study(const std::string& name_or_path) {
  for (const auto& file : builtin_studies()) {
    if (std::filesystem::path(file.path).stem() == name_or_path)
      return parse_study(file.text, "studies/" + std::string(file.path));
  }
  std::error_code status;
  if (name_or_path.empty() || !std::filesystem::exists(name_or_path, status)) {
    throw Error(ErrorCode::not_found,
                fmt::format("no such study: '{}', neither built in nor a file{}", name_or_path,
                            name_hint(name_or_path, builtin_study_names())));
  }
  return read_study(name_or_path);
}

}  // namespace perennial
