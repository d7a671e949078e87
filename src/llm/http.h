#pragma once

#include <memory>
#include <string>

namespace perennial {

class HeaderList;

/// What is sent: a GET, or with a body a POST.
struct HttpRequest {
  std::string url;
  std::string body = {};
  std::shared_ptr<const HeaderList> headers = {};  ///< shared by all requests to one endpoint
  double connect_timeout_s = 10;
  double timeout_s = 120;
};

/// How far a request came.
enum class HttpOutcome {
  answered,     ///< with a status, whichever
  unreachable,  ///< no such host, nobody listens, no secure connection
  timed_out,
  cut,        ///< the connection ended before the answer did
  oversized,  ///< the answer is longer than any answer should be
  cancelled,  ///< by us
};

/// What came back.
struct HttpResponse {
  HttpOutcome outcome = HttpOutcome::cancelled;
  int status = 0;           ///< 0 unless answered
  std::string body;         ///< as it came
  std::string retry_after;  ///< the header of this name, or empty
  std::string reason;       ///< what the transport says of a failure
  double latency_s = 0;     ///< from sending to the last byte
};

}  // namespace perennial
