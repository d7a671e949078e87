#include "people/creators/creator_models.h"

#include "people/creators/bounded.h"
#include "people/creators/cfd.h"
#include "people/creators/history.h"
#include "people/creators/lbr.h"
#include "people/creators/llm_creators.h"
#include "people/creators/mixed.h"
#include "people/creators/random_creators.h"
#include "people/creators/simuline.h"

namespace perennial {

std::span<const Plugin<CreatorModel>> creator_models() {
  static const std::vector<Plugin<CreatorModel>> list = {
      {"bounded", "repeats what worked, herds into what trends; a surrogate of language-model creators",
       make_plugin<CreatorModel, BoundedCreators>},
      {"cfd", "creator feature dynamics: a taste vector moves towards clicks",
       make_plugin<CreatorModel, CreatorFeatureDynamics>},
      {"lbr", "local better response: a random step is kept if it points towards clicks",
       make_plugin<CreatorModel, LocalBetterResponse>},
      {"simuline", "repeats the genre of an item drawn by softmax over clicks",
       make_plugin<CreatorModel, SimuLineCreators>},
      {"history", "draws from what it made before round 1", make_plugin<CreatorModel, HistoryCreators>},
      {"random", "any genre, all equally likely", make_plugin<CreatorModel, RandomCreators>},
      {"llm", "language models, told what their own items drew; they also write their items' words",
       make_plugin<CreatorModel, LlmCreators>},
      {"mixed", "several kinds of creators by share", make_plugin<CreatorModel, MixedCreators>},
  };
  return list;
}

}  // namespace perennial
