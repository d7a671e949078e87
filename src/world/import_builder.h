#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "world/import.h"

namespace perennial {

/// The activity of people whose source says nothing of it (the paper's).
inline constexpr double usual_activity = 0.5;

/// Collects people in the order they come, by the names their source gives them, and makes a valid World of them.
/// Creators come first: they define the genres. Methods throw Error(invalid_data) with the rule only; the importer puts
/// the place in front.
class ImportBuilder {
 public:
  explicit ImportBuilder(const ImportOptions& options) : options_(options) {}

  /// Counts a row and reads it: an Error(invalid_data) of `read` stops the import, or is noted when bad rows are
  /// skipped. `read` must not add anything before it is sure of the row.
  void row(const std::function<void()>& read);
  /// The same for a row already known to be bad.
  void bad_row(const std::string& sentence);
  /// For rows that were read elsewhere.
  void count_good_rows(std::size_t rows) { report_.rows_read += rows; }
  void note(std::string sentence) { report_.notes.push_back(std::move(sentence)); }

  struct NamedCount {
    std::string genre;
    std::uint32_t count;
  };
  void add_creator(std::string name, const std::vector<NamedCount>& history, double activity);
  void add_user(std::string name, const std::vector<std::string>& interests, double activity);
  void add_click(UserId user, CreatorId creator, GenreId genre) { clicks_.push_back({user, creator, genre}); }

  /// The genre's number while building, or no_genre. Numbers change in finish().
  GenreId genre(std::string_view name) const;
  /// no_creator, or the size of users, when there is none of that name.
  CreatorId creator(const std::string& name) const;
  UserId user(const std::string& name) const;
  std::size_t users() const { return interests_.size(); }
  bool has_creator(const std::string& name) const { return creators_.contains(name); }
  bool has_user(const std::string& name) const { return users_.contains(name); }

  /// A number of items as sources write it: 1 to 4,294,967,295.
  static std::uint32_t items(double count);
  /// min(1, frequency); the rule for creation frequencies.
  static double activity_of(double frequency);

  /// Sorts genres by name and checks the world. `users` and `creators` name the files in errors.
  Imported finish(const std::string& users, const std::string& creators);

 private:
  GenreId genre_or_new(const std::string& name);

  const ImportOptions& options_;
  ImportReport report_;
  std::vector<std::string> genres_;
  std::unordered_map<std::string, GenreId> genre_ids_;
  std::unordered_map<std::string, CreatorId> creators_;
  std::unordered_map<std::string, UserId> users_;
  std::vector<std::vector<GenreCount>> histories_;
  std::vector<std::vector<GenreId>> interests_;
  std::vector<double> creator_activity_, user_activity_;
  std::vector<PastClick> clicks_;
};

}  // namespace perennial
