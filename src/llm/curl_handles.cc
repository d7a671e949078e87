#include "llm/curl_handles.h"

#include <new>

#include "base/check.h"

namespace perennial {

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  check(started == CURLE_OK, "libcurl starts");
}

HeaderList::HeaderList(const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    curl_slist* longer = curl_slist_append(list_.get(), line.c_str());
    if (!longer) throw std::bad_alloc();
    static_cast<void>(list_.release());  // it is a part of the longer one
    list_.reset(longer);
  }
}

}  // namespace perennial
