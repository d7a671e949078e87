#include "cli/remembered_columns.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "io/json_file.h"

namespace perennial {
namespace {

/// Calls take(key, flag) for each flag that is remembered.
template <class Flags, class Take>
void for_each_flag(Flags& flags, Take take) {
  take("creator", flags.creator);
  take("arm", flags.arm);
  take("cluster", flags.cluster);
  take("arm_values", flags.arm_values);
  take("outcomes", flags.outcomes);
  take("pre", flags.pre);
  take("after_treatment", flags.after_treatment);
}

void remember_flags(TableFlags& flags, const std::filesystem::path& model_folder, bool creator_alone) {
  const auto path = model_folder / columns_file;
  if (!std::filesystem::exists(path)) return;
  const auto json = read_json(path);
  try {
    for_each_flag(flags, [&]<class Flag>(std::string_view key, Flag& flag) {
      if (flag.empty() && (!creator_alone || key == "creator")) flag = json.value(key, Flag());
    });
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorCode::invalid_data, path.string() + ": is not what perennial response fit writes");
  }
}

}  // namespace

std::string columns_json(const TableFlags& flags) {
  auto json = nlohmann::ordered_json::object();
  for_each_flag(flags, [&](const char* key, const auto& flag) { json[key] = flag; });
  return json_text(json);
}

void remember_columns(TableFlags& flags, const std::filesystem::path& model_folder) {
  remember_flags(flags, model_folder, false);
}

void remember_creator_column(TableFlags& flags, const std::filesystem::path& model_folder) {
  remember_flags(flags, model_folder, true);
}

}  // namespace perennial
