#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Many short texts in one piece of memory: 8 bytes each beside their letters.
class PackedTexts {
 public:
  void add(std::string_view text) {
    letters_ += text;
    ends_.push_back(letters_.size());
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(letters_).substr(begin, ends_[i] - begin);
  }

 private:
  std::string letters_;
  std::vector<std::uint64_t> ends_;
};

}  // namespace perennial
