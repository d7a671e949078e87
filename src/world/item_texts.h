#pragma once

#include <string>
#include <vector>

#include "io/archive.h"
#include "world/ids.h"

namespace perennial {

/// What a creator wrote of an item, for people who read. UTF-8.
struct ItemText {
  std::string title;
  std::string tags;  ///< with commas between
  std::string description;

  bool operator==(const ItemText&) const = default;
};

/// What creators wrote of their items. Empty where creators write nothing: then nothing is kept.
class ItemTexts {
 public:
  /// Keeps the text of an item; items come ascending, and may be left out.
  void set(ItemId item, ItemText text) {
    if (title_.size() <= item) {
      title_.resize(item + std::size_t{1});
      tags_.resize(title_.size());
      description_.resize(title_.size());
    }
    title_[item] = std::move(text.title);
    tags_[item] = std::move(text.tags);
    description_[item] = std::move(text.description);
  }

  /// Empty texts where nothing was written.
  ItemText of(ItemId item) const {
    if (item >= title_.size()) return {};
    return {title_[item], tags_[item], description_[item]};
  }

  void persist(Archive& archive) { archive(title_, tags_, description_); }

 private:
  std::vector<std::string> title_, tags_, description_;  // row = ItemId, up to the last one written
};

}  // namespace perennial
