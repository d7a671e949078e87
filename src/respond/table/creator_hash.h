#pragma once

#include <string_view>

namespace perennial {

/// What a creator's hash decides; each gives a number of its own, independent of the others under the same salt.
enum class HashUse { assignment, evaluation };

/// A number in [0, 1), uniform over ids: a pure function of its arguments on every machine, so that creators who come
/// later change nobody's place. Another salt gives independent numbers. Where whole clusters are assigned, `id` is the cluster's.
double creator_hash(std::string_view id, std::string_view salt, HashUse use);

/// Is the creator one of the `share` (in [0, 1]) that no model is trained on? Stays so over retrains, and as the share
/// grows, while the salt stays. Where clusters were randomised, `id` is the cluster's here too: creators of one cluster
/// are alike, so that a model which has seen some of them has half seen the others.
bool in_evaluation_share(std::string_view id, std::string_view salt, double share);

}  // namespace perennial
