#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/fields.h"
#include "base/random.h"
#include "io/archive.h"
#include "llm/asking.h"
#include "world/creator_records.h"
#include "world/item_texts.h"
#include "world/items.h"
#include "world/perceived_clicks.h"

namespace perennial {

/// One round's creation task, for the creators who decide alone (all of them, where the model hears suggestions).
struct CreationRequest {
  std::uint32_t round;
  std::span<const CreatorId> creators;  ///< ascending
  const CreatorRecords& records;        ///< a creator looks at its own row only
  const Items& items;                   ///< a creator looks at its own items only
  const PerceivedClicks&
      perceived;     ///< what creators feel of clicks, and go by instead of the counts in the two above
  GenreId trending;  ///< the genre with most clicks lately, public; no_genre before any click
  std::span<const double>
      feedback_rank;  ///< per creator of the request, [0, 1): share of creators present whose latest
                      ///< item drew fewer perceived clicks than its own; 0 before its first item
  std::span<const GenreId> suggested;  ///< per creator of the request: a genre, or no_genre; empty where the
                                       ///< model does not hear suggestions
  std::span<const double> trust;       ///< per creator of the request: probability to follow a suggestion
  std::span<const std::string> genre_names;  ///< row = GenreId
  const ItemTexts& texts;                    ///< what creators wrote of their items, if they did
  Draws draws;                               ///< Purpose::creation at this round
  Asking* asking = nullptr;                  ///< for creators who are language models; may be null
};

/// One round's items, to be put into words.
struct WritingRequest {
  std::uint32_t round;
  std::span<const CreatorId> creators;  ///< ascending
  std::span<const ItemId> made;         ///< the new item of each
  const CreatorRecords& records;        ///< the new items included
  const Items& items;
  std::span<const std::string> genre_names;  ///< row = GenreId
  Asking* asking = nullptr;                  ///< for creators who are language models; may be null
};

/// Decides what a creator makes when nobody's advice is followed. One file per model beside this one; see
/// creator_models.h.
class CreatorModel {
 public:
  virtual ~CreatorModel() = default;

  /// Settings, bound to this object.
  virtual Fields fields() = 0;

  /// How many of its latest items, one by one, a creator looks back on.
  virtual std::size_t memory() const { return 1; }

  /// Called once before round 1; creators may be added later (their id is then past those of `records`).
  virtual void start(const CreatorRecords& records, std::uint64_t seed) = 0;

  /// Writes one genre per creator of the request.
  virtual void decide(const CreationRequest& request, std::span<GenreId> made) = 0;

  /// Does it decide itself whether to follow a suggestion, instead of a coin by trust?
  virtual bool hears_suggestions() const { return false; }

  /// Writes the texts of the items just made, whoever decided on their genres; most models write none.
  virtual void write(const WritingRequest& request, ItemTexts& texts) {
    static_cast<void>(request);
    static_cast<void>(texts);
  }

  /// Saves or restores what creators remember beyond their records (not the settings).
  virtual void persist(Archive& archive) = 0;
};

}  // namespace perennial
