#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

#include "base/error.h"
#include "base/names.h"
#include "io/json_file.h"
#include "io/text_file.h"
#include "world/import_builder.h"

namespace perennial {
namespace {

using Json = nlohmann::json;

/// The value of a key that must be there. `keys` are those the format knows, for the hint.
const Json& required(const JsonRecord& record, const std::string& key) {
  const auto& value = record.value();
  if (value.contains(key)) return value[key];
  std::vector<std::string> there;
  for (const auto& [name, ignored] : value.items()) there.push_back(name);
  const auto nearest = nearest_name(key, there);
  throw Error(ErrorCode::invalid_data,
              fmt::format("{}: has no \"{}\"{}", record.place(), key,
                          nearest.empty() ? "" : fmt::format("; it has \"{}\"", nearest)));
}

[[noreturn]] void refuse(const JsonRecord& record, const std::string& key, const std::string& rule) {
  throw Error(ErrorCode::invalid_data, fmt::format("{}: \"{}\": {}", record.place(key), key, rule));
}

std::string text(const JsonRecord& record, const std::string& key) {
  const auto& value = required(record, key);
  if (!value.is_string() || value.get_ref<const std::string&>().empty())
    refuse(record, key, "must be text, not empty");
  return value.get<std::string>();
}

std::vector<std::string> texts(const JsonRecord& record, const std::string& key) {
  const auto& value = required(record, key);
  if (!value.is_array()) refuse(record, key, "must be a list of texts");
  std::vector<std::string> list;
  for (const auto& element : value) {
    if (!element.is_string()) refuse(record, key, fmt::format("{} must be text", element.dump()));
    list.push_back(element.get<std::string>());
  }
  return list;
}

/// Adds what the record says; the builder's own rules get the key's place.
template <class Action>
void at_key(const JsonRecord& record, const std::string& key, const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    refuse(record, key, error.what());
  }
}

struct KnownItem {
  CreatorId creator;
  GenreId genre;
};

class JsonImport {
 public:
  explicit JsonImport(const ImportOptions& options) : options_(options), builder_(options) {}

  Imported run(std::string_view users, const std::string& users_name, std::string_view creators,
               const std::string& creators_name) {
    for_each_record(creators, creators_name,
                    [&](const JsonRecord& record) { builder_.row([&] { take_creator(record); }); });
    for_each_record(users, users_name,
                    [&](const JsonRecord& record) { builder_.row([&] { take_user(record); }); });
    if (unknown_clicks_ > 0) {
      builder_.note(fmt::format(
          "{} past clicks are on items that no creator's history_items holds: creator and genre unknown",
          unknown_clicks_));
    }
    return builder_.finish(users_name, creators_name);
  }

 private:
  void take_creator(const JsonRecord& record) {
    const auto name = text(record, "channel_name");
    const auto& categories = required(record, "history_categories");
    if (!categories.is_object()) refuse(record, "history_categories", "must be {genre: count}");
    std::vector<ImportBuilder::NamedCount> history;
    for (const auto& [genre, count] : categories.items()) {
      if (!count.is_number())
        refuse(record, "history_categories", fmt::format("'{}': {} is no count", genre, count.dump()));
      at_key(record, "history_categories", [&, &g = genre, &n = count] {
        history.push_back({g, ImportBuilder::items(n.get<double>())});
      });
    }
    const double activity = activity_of(record);
    const auto items = items_of(record);
    at_key(record, history.empty() ? "history_categories" : "channel_name",
           [&] { builder_.add_creator(name, history, activity); });
    for (const auto& [id, genre] : items)
      items_.try_emplace(id, KnownItem{builder_.creator(name), builder_.genre(genre)});
  }

  double activity_of(const JsonRecord& record) const {
    const auto& value = record.value();
    const bool there = value.contains("creation_frequency") && !value["creation_frequency"].is_null();
    if (!there) {
      if (options_.activity_from_frequency)
        refuse(record, "creation_frequency", "is missing, and activity is to come from it");
      return usual_activity;
    }
    if (!value["creation_frequency"].is_number()) refuse(record, "creation_frequency", "must be a number");
    double activity = 0;
    at_key(record, "creation_frequency",
           [&] { activity = ImportBuilder::activity_of(value["creation_frequency"].get<double>()); });
    return options_.activity_from_frequency ? activity : usual_activity;
  }

  /// (id, genre) of each past item that has an id.
  static std::vector<std::pair<std::string, std::string>> items_of(const JsonRecord& record) {
    std::vector<std::pair<std::string, std::string>> items;
    if (!record.value().contains("history_items")) return items;
    const auto& list = record.value()["history_items"];
    if (!list.is_array()) refuse(record, "history_items", "must be a list of objects");
    for (const auto& item : list) {
      if (!item.is_object())
        refuse(record, "history_items", fmt::format("{} must be an object", item.dump()));
      const auto id = item.find("id"), genre = item.find("genre");
      if (id == item.end() || !id->is_string()) continue;
      const bool has_genre = genre != item.end() && genre->is_string();
      items.emplace_back(id->get<std::string>(), has_genre ? genre->get<std::string>() : std::string());
    }
    return items;
  }

  void take_user(const JsonRecord& record) {
    const auto name = text(record, "user_name");
    const auto interests = texts(record, "interest");
    const auto history =
        record.value().contains("history") ? texts(record, "history") : std::vector<std::string>();
    at_key(record, builder_.has_user(name) ? "user_name" : "interest",
           [&] { builder_.add_user(name, interests, usual_activity); });
    for (const auto& item : history) {
      const auto known = items_.find(item);
      if (known == items_.end()) ++unknown_clicks_;
      const auto [creator, genre] = known == items_.end() ? KnownItem{no_creator, no_genre} : known->second;
      builder_.add_click(builder_.user(name), creator, genre);
    }
  }

  const ImportOptions& options_;
  ImportBuilder builder_;
  std::unordered_map<std::string, KnownItem> items_;
  std::size_t unknown_clicks_ = 0;
};

}  // namespace

Imported import_json_texts(std::string_view users, const std::string& users_name, std::string_view creators,
                           const std::string& creators_name, const ImportOptions& options) {
  return JsonImport(options).run(users, users_name, creators, creators_name);
}

Imported import_json(const std::filesystem::path& users, const std::filesystem::path& creators,
                     const ImportOptions& options) {
  const auto users_text = read_text_file(users);
  const auto creators_text = read_text_file(creators);
  return import_json_texts(users_text, users.string(), creators_text, creators.string(), options);
}

}  // namespace perennial
