#include "platform/rerank/rerankers.h"

#include "platform/rerank/apdr.h"
#include "platform/rerank/boost.h"
#include "platform/rerank/cpfair.h"
#include "platform/rerank/dpp.h"
#include "platform/rerank/fairco.h"
#include "platform/rerank/fairrec.h"
#include "platform/rerank/mmr.h"
#include "platform/rerank/p_mmf.h"
#include "platform/rerank/tfrom.h"

namespace perennial {

std::span<const Plugin<Reranker>> rerankers() {
  static const std::vector<Plugin<Reranker>> list = {
      {"p-mmf", "lifts the creators who were shown least, by prices that it learns from user to user",
       make_plugin<Reranker, PMmfReranker>},
      {"fairrec", "guarantees every creator, or item, its part of the places, then fills by relevance",
       make_plugin<Reranker, FairRecReranker>},
      {"cpfair", "adds to an item's relevance the more, the less of the places shown went to its creator",
       make_plugin<Reranker, CpFairReranker>},
      {"fairco", "takes off an item's relevance how far its creator is ahead of the one shown least",
       make_plugin<Reranker, FairCoReranker>},
      {"tfrom", "holds each creator's exposure, by place in the slate, to its share of the candidates",
       make_plugin<Reranker, TfromReranker>},
      {"mmr", "spreads a slate over genres: relevance against likeness to what is in it already",
       make_plugin<Reranker, MmrReranker>},
      {"apdr", "spreads a slate over genres: each further item of one genre is worth less",
       make_plugin<Reranker, ApdrReranker>},
      {"dpp", "spreads a slate over genres: the items that span the largest volume together",
       make_plugin<Reranker, DppReranker>},
      {"boost", "multiplies the scores of each creator's items by the factor that the platform gives it",
       make_plugin<Reranker, BoostReranker>},
  };
  return list;
}

}  // namespace perennial
