#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <vector>

namespace perennial {

/// What libcurl needs once before anything else; from any thread, as often as one likes.
void start_curl();

/// Frees what libcurl made by its own function.
template <auto Free>
struct CurlDeleter {
  template <class T>
  void operator()(T* made) const {
    Free(made);
  }
};

using CurlEasy = std::unique_ptr<CURL, CurlDeleter<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, CurlDeleter<curl_multi_cleanup>>;

/// Header lines of requests, as "Content-Type: application/json".
class HeaderList {
 public:
  explicit HeaderList(const std::vector<std::string>& lines);

  curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, CurlDeleter<curl_slist_free_all>> list_;
};

}  // namespace perennial
