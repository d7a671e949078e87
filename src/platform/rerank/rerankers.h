#pragma once

#include "base/plugins.h"
#include "platform/rerank/reranker.h"

namespace perennial {

/// All built-in re-rankers, in the order of --help.
std::span<const Plugin<Reranker>> rerankers();

}  // namespace perennial
