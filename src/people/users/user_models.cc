#include "people/users/user_models.h"

#include "people/users/interest.h"
#include "people/users/llm_users.h"

namespace perennial {

std::span<const Plugin<UserModel>> user_models() {
  static const std::vector<Plugin<UserModel>> list = {
      {"interest", "clicks by interest in the item's genre, its quality and satiation",
       make_plugin<UserModel, InterestUsers>},
      {"llm", "language models, told their interests and shown the items' words",
       make_plugin<UserModel, LlmUsers>},
  };
  return list;
}

}  // namespace perennial
