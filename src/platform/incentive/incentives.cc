#include "platform/incentive/incentives.h"

#include "platform/incentive/no_incentive.h"
#include "platform/incentive/reweight.h"

namespace perennial {

std::span<const Plugin<Incentive>> incentives() {
  static const std::vector<Plugin<Incentive>> list = {
      {"none", "every click counts 1, whoever clicks", make_plugin<Incentive, NoIncentive>},
      {"reweight",
       "clicks of users who got little lately count more to creators, those of the well served less",
       make_plugin<Incentive, ReweightIncentive>},
  };
  return list;
}

}  // namespace perennial
