#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "study/interval.h"

namespace perennial {

/// For people: "1,234", "157.7", "0.34". Four significant digits where they matter.
std::string number_words(double value);

/// A count: "1,000,000".
std::string whole_words(std::uint64_t count);

/// With its sign, a true minus: "+39.6", "−3.1".
std::string signed_words(double value);

/// "153.2 to 161.1".
std::string range_words(const Interval& interval);

/// "+35.1 to +44.1".
std::string signed_range_words(const Interval& interval);

/// "1 to 5", or the list where seeds do not follow each other.
std::string seed_words(std::span<const std::uint64_t> seeds);

/// "1 seed", "5 seeds".
std::string count_words(std::size_t count, std::string_view thing);

/// The text as a sentence: a capital at its front, a full stop at its end.
std::string sentence_words(std::string text);

/// Text for HTML and SVG content and attributes.
std::string markup_words(std::string_view text);

}  // namespace perennial
