#include "llm/http_transfer.h"

#include <cmath>
#include <new>

#include "base/check.h"

namespace perennial {
namespace {

/// Longer than any answer: 16 MB.
constexpr std::size_t body_bytes_most = 16U << 20;

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  check(curl_easy_setopt(easy, option, value) == CURLE_OK, "libcurl takes the option");
}

long milliseconds(double seconds) {
  return std::max(1L, std::lround(seconds * 1000));
}

/// Did the request come to be sent, over a new connection or an old one?
bool was_connected(CURL* easy) {
  curl_off_t sending_after_us = 0;
  return curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &sending_after_us) == CURLE_OK &&
         sending_after_us > 0;
}

}  // namespace

HttpTransfer::HttpTransfer() {
  start_curl();
  easy_.reset(curl_easy_init());
  if (!easy_) throw std::bad_alloc();
  CURL* easy = easy_.get();
  set(easy, CURLOPT_PRIVATE, this);
  set(easy, CURLOPT_ERRORBUFFER, reason_.data());
  set(easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::take_body);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);  // the key goes to nobody else
  set(easy, CURLOPT_PROXY, "");           // nothing but what we were told decides whom we ask
}

void HttpTransfer::begin(HttpRequest request) {
  request_ = std::move(request);
  body_.clear();
  oversized_ = false;
  reason_.front() = '\0';
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, request_.url.c_str());
  set(easy, CURLOPT_HTTPHEADER, request_.headers ? request_.headers->get() : nullptr);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request_.connect_timeout_s));
  set(easy, CURLOPT_TIMEOUT_MS, milliseconds(request_.timeout_s));
  if (request_.body.empty()) {
    set(easy, CURLOPT_HTTPGET, 1L);
  } else {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDS, request_.body.data());
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  }
}

HttpOutcome HttpTransfer::outcome_of(CURLcode code) const {
  switch (code) {
    case CURLE_OK:
      return HttpOutcome::answered;
    case CURLE_OPERATION_TIMEDOUT:
      return was_connected(easy_.get()) ? HttpOutcome::timed_out : HttpOutcome::unreachable;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_URL_MALFORMAT:
      return HttpOutcome::unreachable;
    default:
      return oversized_ ? HttpOutcome::oversized : HttpOutcome::cut;
  }
}

HttpResponse HttpTransfer::end(CURLcode code) {
  HttpResponse response;
  response.outcome = outcome_of(code);
  response.body = std::move(body_);
  CURL* easy = easy_.get();
  curl_off_t total_us = 0;
  if (curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &total_us) == CURLE_OK)
    response.latency_s = static_cast<double>(total_us) * 1e-6;
  if (response.outcome == HttpOutcome::answered) {
    long status = 0;
    if (curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK)
      response.status = static_cast<int>(status);
    curl_header* header = nullptr;
    if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
      response.retry_after = header->value;
  } else {
    response.reason = reason_.front() != '\0' ? reason_.data() : curl_easy_strerror(code);
  }
  return response;
}

HttpTransfer& HttpTransfer::of(CURL* handle) {
  HttpTransfer* transfer = nullptr;
  check(curl_easy_getinfo(handle, CURLINFO_PRIVATE, &transfer) == CURLE_OK && transfer,
        "a handle is a transfer's");
  return *transfer;
}

std::size_t HttpTransfer::take_body(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  auto& self = *static_cast<HttpTransfer*>(transfer);
  const std::size_t length = size * count;
  if (self.body_.size() + length > body_bytes_most) {
    self.oversized_ = true;
    return 0;
  }
  self.body_.append(bytes, length);
  return length;
}

}  // namespace perennial
