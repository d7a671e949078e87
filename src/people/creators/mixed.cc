#include "people/creators/mixed.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "base/error.h"
#include "people/creators/creator_models.h"
#include "people/creators/decide_part.h"

namespace perennial {
namespace {

constexpr std::uint32_t kind_lane = 0xFF;

[[noreturn]] void refuse(const std::string& shares, const std::string& why) {
  throw Error(ErrorCode::invalid_argument,
              fmt::format("creators.shares = \"{}\": {}; write kind:share, .., as in bounded:0.7,cfd:0.3",
                          shares, why));
}

struct NamedShare {
  std::string kind;
  double share;
};

NamedShare parse_share(const std::string& shares, const std::string& part) {
  const auto colon = part.find(':');
  if (colon == std::string::npos) refuse(shares, fmt::format("'{}' has no share", part));
  char* end = nullptr;
  const double share = std::strtod(part.c_str() + colon + 1, &end);
  if (*end != '\0' || end == part.c_str() + colon + 1 || !(share > 0) || !std::isfinite(share)) {
    refuse(shares, fmt::format("the share of '{}' must be a positive number", part.substr(0, colon)));
  }
  return {part.substr(0, colon), share};
}

std::vector<NamedShare> parse_shares(const std::string& shares) {
  std::vector<NamedShare> parsed;
  for (std::size_t begin = 0; begin <= shares.size();) {
    const auto comma = std::min(shares.find(',', begin), shares.size());
    parsed.push_back(parse_share(shares, shares.substr(begin, comma - begin)));
    begin = comma + 1;
  }
  return parsed;
}

}  // namespace

Fields MixedCreators::fields() {
  Fields fields;
  fields.text("shares", shares_, "kinds of creators and their shares, as in bounded:0.7,cfd:0.3");
  return fields;
}

void MixedCreators::start(const CreatorRecords& records, std::uint64_t seed) {
  seed_ = seed;
  kinds_.clear();
  for (const auto& [kind, share] : parse_shares(shares_)) {
    if (kind == "mixed") refuse(shares_, "mixed cannot hold itself");
    kinds_.push_back({share, find_plugin(creator_models(), "creator model", kind).make()});
    kinds_.back().model->start(records, seed);
  }
}

std::size_t MixedCreators::kind_of(CreatorId creator) const {
  std::vector<double> shares;
  for (const auto& kind : kinds_) shares.push_back(kind.share);
  return Draws(seed_, Purpose::creation).pick(shares, creator, 0, kind_lane);
}

void MixedCreators::decide(const CreationRequest& request, std::span<GenreId> made) {
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (kind_of(request.creators[i]) == k) places.push_back(i);
    }
    decide_part(*kinds_[k].model, request, places, made);
  }
}

void MixedCreators::write(const WritingRequest& request, ItemTexts& texts) {
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    std::vector<CreatorId> creators;
    std::vector<ItemId> made;
    for (std::size_t i = 0; i < request.creators.size(); ++i) {
      if (kind_of(request.creators[i]) != k) continue;
      creators.push_back(request.creators[i]);
      made.push_back(request.made[i]);
    }
    WritingRequest part = request;
    part.creators = creators;
    part.made = made;
    kinds_[k].model->write(part, texts);
  }
}

void MixedCreators::persist(Archive& archive) {
  for (auto& kind : kinds_) kind.model->persist(archive);
}

}  // namespace perennial
