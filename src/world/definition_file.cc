#include "world/definition_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/fields.h"
#include "base/names.h"
#include "io/text_file.h"
#include "io/toml_file.h"

namespace perennial {
namespace {

constexpr double most = 1e12;

Fields genre_fields(GenreDefinition& genre) {
  Fields fields;
  fields.text("name", genre.name, "what it is called")
      .real("interest_weight", genre.interest_weight, {0, most}, "how readily users take it up")
      .real("primary_share", genre.primary_share, {0, most}, "share of creators whose main genre it is")
      .real("side_weight", genre.side_weight, {0, most}, "how readily other creators make it on the side")
      .real("items", genre.items, {1, most}, "mean past items of a creator whose main genre it is");
  return fields;
}

Fields user_fields(WorldDefinition& d) {
  Fields fields;
  fields.integer("count", d.users, {1, 4e9}, "how many, when nobody asks for a number")
      .real("activity", d.user_activity, {0, 1}, "probability to arrive in a round");
  return fields;
}

Fields creator_fields(WorldDefinition& d) {
  Fields fields;
  fields.integer("count", d.creators, {1, 4e9}, "how many, when nobody asks for a number")
      .real("activity", d.creator_activity, {0, 1}, "probability to create in a round")
      .flag("activity_from_frequency", d.activity_from_frequency,
            "draw the activity from a log-normal instead")
      .real("frequency_log_mean", d.frequency_log_mean, {-50, 50}, "mean of log(items per round)")
      .real("frequency_log_deviation", d.frequency_log_deviation, {0, 10}, "standard deviation of it")
      .real("top_genre_share", d.top_genre_share, {0.5, 1},
            "items in the main genre, of creators with several")
      .real("items_log_deviation", d.items_log_deviation, {0, 5}, "standard deviation of log(past items)");
  return fields;
}

Fields top_fields(WorldDefinition& d) {
  Fields fields;
  fields.text("name", d.name, "what the world is called").text("summary", d.summary, "one sentence about it");
  return fields;
}

/// Turns a list of entries into a definition, table by table.
class DefinitionReader {
 public:
  explicit DefinitionReader(const TomlFile& file) : file_(file) {}

  WorldDefinition read() {
    for (const auto& entry : file_.entries) take(entry);
    validate(d_, file_.name);
    add_pairs();
    validate(d_, file_.name);
    return std::move(d_);
  }

 private:
  /// A pair as written; its genres may be defined further down.
  struct WrittenPair {
    std::vector<std::string> genres;
    double lift = 1;
    std::string place;
  };

  [[noreturn]] void refuse(const TomlEntry& entry, const std::string& rule) const {
    throw Error(ErrorCode::invalid_data, fmt::format("{}: {}: {}", file_.place(entry), entry.key, rule));
  }
  [[noreturn]] void refuse_key(const TomlEntry& entry, std::string_view key,
                               const std::vector<std::string>& known) const {
    refuse(entry, "unknown key" + name_hint(key, known));
  }

  void take(const TomlEntry& entry) {
    const auto& path = entry.path;
    if (path.size() == 1) {
      set(entry, top_fields(d_), {"genre", "users", "creators", "pair", "facts"});
    } else if (path.size() == 3 && path[0] == "genre") {
      set(entry, genre_fields(row(d_.genres, genre_rows_, path[1])), {});
    } else if (path.size() == 3 && path[0] == "pair") {
      take_pair(entry, row(pairs_, pair_rows_, path[1]));
    } else if (path.size() == 2 && path[0] == "users") {
      take_count_or(entry, "interests_per_user", d_.interests_per_user, user_fields(d_));
    } else if (path.size() == 2 && path[0] == "creators") {
      take_count_or(entry, "genres_per_creator", d_.genres_per_creator, creator_fields(d_));
    } else if (path.size() == 2 && path[0] == "facts") {
      take_fact(entry);
    } else {
      refuse_key(entry, path[0], {"name", "summary", "genre", "users", "creators", "pair", "facts"});
    }
  }

  /// The row of a numbered table, new at its first key.
  template <class Row>
  static Row& row(std::vector<Row>& rows, std::map<std::string, std::size_t>& known,
                  const std::string& number) {
    const auto [at, is_new] = known.emplace(number, rows.size());
    if (is_new) rows.emplace_back();
    return rows[at->second];
  }

  void set(const TomlEntry& entry, const Fields& fields, const std::vector<std::string>& tables) const {
    const auto& key = entry.path.back();
    auto known = fields.names();
    const bool is_known = std::find(known.begin(), known.end(), key) != known.end();
    known.insert(known.end(), tables.begin(), tables.end());
    if (!is_known) refuse_key(entry, key, known);
    if (entry.is_list) refuse(entry, "must be one value, not a list");
    try {
      fields.set(file_.place(entry) + ": " + entry.path.front(), key, entry.values[0]);
    } catch (const Error& error) {
      throw Error(ErrorCode::invalid_data, error.what());
    }
  }

  void take_count_or(const TomlEntry& entry, const char* name, std::vector<double>& shares,
                     const Fields& others) {
    if (entry.path.back() != name) return set(entry, others, {name});
    for (const auto& value : entry.values) shares.push_back(number(entry, value));
  }

  void take_fact(const TomlEntry& entry) {
    const auto& name = entry.path.back();
    if (name == "source") return set(entry, Fields().text("source", d_.facts_source, ""), {});
    std::vector<std::string> known = {"source"};
    for (const auto& kind : fact_kinds()) known.push_back(kind.name);
    if (std::find(known.begin(), known.end(), name) == known.end()) refuse_key(entry, name, known);
    d_.facts.push_back(
        {name, number(entry, entry.values.size() == 1 ? entry.values[0] : FieldValue("a list"))});
  }

  void take_pair(const TomlEntry& entry, WrittenPair& pair) const {
    if (entry.path.back() == "lift") {
      set(entry, Fields().real("lift", pair.lift, {1e-6, 1e6}, ""), {});
    } else if (entry.path.back() == "genres") {
      pair.place = file_.place(entry);
      for (const auto& value : entry.values) {
        if (!std::holds_alternative<std::string>(value)) refuse(entry, "must be the names of two genres");
        pair.genres.push_back(std::get<std::string>(value));
      }
      if (pair.genres.size() != 2) refuse(entry, "must be the names of two genres");
    } else {
      refuse_key(entry, entry.path.back(), {"genres", "lift"});
    }
  }

  double number(const TomlEntry& entry, const FieldValue& value) const {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    refuse(entry, fmt::format("{} is no number", to_toml(value)));
  }

  GenreId genre_named(const std::string& name, const std::string& place) const {
    std::vector<std::string> names;
    for (std::size_t g = 0; g < d_.genres.size(); ++g) {
      if (d_.genres[g].name == name) return static_cast<GenreId>(g);
      names.push_back(d_.genres[g].name);
    }
    throw Error(ErrorCode::invalid_data, fmt::format("{}: pair: '{}' is no genre of this world{}", place,
                                                     name, name_hint(name, names)));
  }

  void add_pairs() {
    for (const auto& pair : pairs_) {
      if (pair.genres.empty())
        throw Error(ErrorCode::invalid_data, file_.name + ": a [[pair]] has no genres");
      d_.pair_lifts.push_back(
          {genre_named(pair.genres[0], pair.place), genre_named(pair.genres[1], pair.place), pair.lift});
    }
  }

  const TomlFile& file_;
  WorldDefinition d_;
  std::vector<WrittenPair> pairs_;
  std::map<std::string, std::size_t> genre_rows_, pair_rows_;
};

std::string list(const std::vector<double>& values) {
  return fmt::format("[{:.6g}]", fmt::join(values, ", "));
}

std::string facts_text(const WorldDefinition& d) {
  if (d.facts.empty()) return "";
  auto text = fmt::format("\n# What is known of the real world, for comparison.\n[facts]\nsource = {}\n",
                          toml_string(d.facts_source));
  for (const auto& fact : d.facts) text += fmt::format("{} = {:.6g}\n", fact.name, fact.value);
  return text;
}

}  // namespace

WorldDefinition parse_definition(std::string_view text, const std::string& name) {
  return DefinitionReader(parse_toml(text, name)).read();
}

WorldDefinition read_definition(const std::filesystem::path& path) {
  return parse_definition(read_text_file(path), path.string());
}

std::string definition_text(const WorldDefinition& d) {
  auto text = fmt::format("name = {}\nsummary = {}\n", toml_string(d.name), toml_string(d.summary));
  text += fmt::format("\n[users]\ncount = {}\nactivity = {:.6g}\n", d.users, d.user_activity);
  text +=
      fmt::format("interests_per_user = {}  # share of users with 1, 2, 3, ..\n", list(d.interests_per_user));
  text += fmt::format("\n[creators]\ncount = {}\nactivity = {:.6g}\n", d.creators, d.creator_activity);
  text += fmt::format("activity_from_frequency = {}  # true: min(1, exp(normal(mean, deviation)))\n",
                      d.activity_from_frequency);
  // Plus zero: -0 would read back as the whole number 0.
  text += fmt::format("frequency_log_mean = {:.6g}\nfrequency_log_deviation = {:.6g}\n",
                      d.frequency_log_mean + 0.0, d.frequency_log_deviation);
  text += fmt::format("genres_per_creator = {}  # share of creators with 1, 2, 3, ..\n",
                      list(d.genres_per_creator));
  text += fmt::format("top_genre_share = {:.6g}\nitems_log_deviation = {:.6g}\n", d.top_genre_share,
                      d.items_log_deviation);
  text += facts_text(d);
  text += "\n# Weights: only ratios matter. items: past items of a creator whose main genre it is.\n";
  for (const auto& g : d.genres) {
    text += fmt::format(
        "[[genre]]\nname = {}\ninterest_weight = {:.6g}\nprimary_share = {:.6g}\nside_weight = {:.6g}\nitems "
        "= {:.6g}\n\n",
        toml_string(g.name), g.interest_weight, g.primary_share, g.side_weight, g.items);
  }
  if (!d.pair_lifts.empty())
    text += "# Who holds one of the two takes up the other so many times as readily.\n";
  for (const auto& [a, b, lift] : d.pair_lifts) {
    text += fmt::format("[[pair]]\ngenres = [{}, {}]\nlift = {:.6g}\n\n", toml_string(d.genres[a].name),
                        toml_string(d.genres[b].name), lift);
  }
  text.pop_back();
  return text;
}

}  // namespace perennial
