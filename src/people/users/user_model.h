#pragma once

#include <cstdint>
#include <span>

#include "base/fields.h"
#include "base/parallel.h"
#include "base/random.h"
#include "io/archive.h"
#include "llm/asking.h"
#include "world/item_texts.h"
#include "world/items.h"
#include "world/slates.h"
#include "world/world.h"

namespace perennial {

/// One round's slates, to be answered.
struct ResponseRequest {
  std::uint32_t round;
  std::span<const UserId> users;  ///< ascending; row r of the slates belongs to users[r]
  const Slates& slates;
  const Items& items;
  std::span<const float> quality;            ///< row = ItemId
  const Users& people;                       ///< interests
  std::span<const std::string> genre_names;  ///< row = GenreId
  const ItemTexts& texts;                    ///< what creators wrote of the items, if they did
  Draws draws;                               ///< Purpose::click
  Workers& workers;
  Asking* asking = nullptr;  ///< for users who are language models; may be null
};

/// Decides who clicks what. One file per model beside this one; see user_models.h.
///
/// A click's coin is addressed by (user, the item's creator, the round it was made), not by its place or id, so
/// that arms in which the same item is shown to the same user agree on the answer.
class UserModel {
 public:
  virtual ~UserModel() = default;

  /// Settings, bound to this object.
  virtual Fields fields() = 0;

  /// Called once before round 1.
  virtual void start(const Users& people, std::size_t genres) = 0;

  /// Writes 1 for a click, 0 for a skip or an empty place: rows x width.
  virtual void respond(const ResponseRequest& request, std::span<std::uint8_t> clicked) = 0;

  /// The truth for policies that use it: users x genres, click probability for an item of quality 1, now.
  virtual void click_probability(const Users& people, std::span<double> probability) const = 0;

  /// Saves or restores what users remember (not the settings).
  virtual void persist(Archive& archive) = 0;
};

}  // namespace perennial
