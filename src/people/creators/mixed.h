#pragma once

#include <memory>
#include <string>
#include <vector>

#include "people/creators/creator_model.h"

namespace perennial {

/// A population of several kinds of creators: each creator is of one built-in kind for good, drawn by share.
class MixedCreators final : public CreatorModel {
 public:
  Fields fields() override;
  /// Throws Error(invalid_argument) if `shares` cannot be read or names no kind.
  void start(const CreatorRecords& records, std::uint64_t seed) override;
  void decide(const CreationRequest& request, std::span<GenreId> made) override;
  void write(const WritingRequest& request, ItemTexts& texts) override;
  void persist(Archive& archive) override;

 private:
  struct Kind {
    double share;
    std::unique_ptr<CreatorModel> model;
  };
  std::size_t kind_of(CreatorId creator) const;

  std::string shares_ = "bounded:0.6,history:0.2,simuline:0.2";
  std::vector<Kind> kinds_;
  std::uint64_t seed_ = 0;
};

}  // namespace perennial
