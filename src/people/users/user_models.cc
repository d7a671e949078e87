#include "people/users/user_models.h"

#include "people/users/interest.h"

namespace perennial {

std::span<const Plugin<UserModel>> user_models() {
  static const std::vector<Plugin<UserModel>> list = {
      {"interest", "clicks by interest in the item's genre, its quality and satiation",
       make_plugin<UserModel, InterestUsers>},
  };
  return list;
}

}  // namespace perennial
