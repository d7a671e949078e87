#include "platform/rerank/rerankers.h"

#include "platform/rerank/boost.h"

namespace perennial {

std::span<const Plugin<Reranker>> rerankers() {
  static const std::vector<Plugin<Reranker>> list = {
      {"boost", "multiplies the scores of each creator's items by the factor that the platform gives it",
       make_plugin<Reranker, BoostReranker>},
  };
  return list;
}

}  // namespace perennial
