#pragma once

#include <array>

#include "llm/curl_handles.h"
#include "llm/http.h"

namespace perennial {

/// One handle of libcurl, used for one request after another. Stays where it is: libcurl knows its address.
class HttpTransfer {
 public:
  HttpTransfer();
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  /// Makes ready to send.
  void begin(HttpRequest request);

  /// What came of it, `code` being what libcurl says.
  HttpResponse end(CURLcode code);

  CURL* handle() const { return easy_.get(); }
  /// The transfer that a handle belongs to.
  static HttpTransfer& of(CURL* handle);

 private:
  static std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* transfer);
  HttpOutcome outcome_of(CURLcode code) const;

  CurlEasy easy_;
  HttpRequest request_;
  std::string body_;
  bool oversized_ = false;
  std::array<char, CURL_ERROR_SIZE> reason_ = {};
};

}  // namespace perennial
