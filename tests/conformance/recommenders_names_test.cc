// Rankers and names: what recommender.h says of ids, for every built-in ranker.

#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/logged_platform.h"
#include "platform/recommend/recommenders.h"

namespace perennial {
namespace {

/// Opinions of each user on each item; of all users on each creator.
const std::vector<std::size_t> axes = {LoggedPlatform::users * LoggedPlatform::window,
                                       LoggedPlatform::creators};

class RecommendersUnderOtherNames : public testing::TestWithParam<std::string> {
 protected:
  static std::unique_ptr<Recommender> make() {
    return find_plugin(recommenders(), "recommender", GetParam()).make();
  }
  static bool trains() {
    const auto names = make()->fields().names();
    return std::ranges::find(names, "epochs") != names.end();
  }
  /// If it trains, with more and longer steps: few rounds are to leave it with opinions.
  static std::unique_ptr<Recommender> eager() {
    auto ranker = make();
    const auto fields = ranker->fields();
    const std::vector<std::pair<std::string, FieldValue>> steps = {
        {"epochs", std::int64_t{5}}, {"batch", std::int64_t{32}}, {"rate", 0.01}};
    for (const auto& field : fields.all()) {
      for (const auto& [name, value] : steps) {
        if (field.name == name) fields.set("test", name, value);
      }
    }
    return ranker;
  }

  /// A number per user and candidate it was not shown, 0 for the others.
  template <class Number>
  static Deed opinions(const PlatformNames& names, std::uint64_t seed, Number number) {
    const auto ranker = eager();
    LoggedPlatform platform(names);
    ranker->start(platform.world, platform.past(), seed);
    const Slates listed = platform.rank_all(*ranker, seed);
    Deed opinions(LoggedPlatform::users * LoggedPlatform::window);
    for (UserId name = 0; name < LoggedPlatform::users; ++name) {
      for (std::size_t place = 0; place < listed.width && listed.row(name)[place] != no_item; ++place)
        opinions[platform.place_of(name, listed.row(name)[place])] =
            number(listed.row_scores(name)[place], place);
    }
    return opinions;
  }

  template <class Number>
  static NamedRuns runs(Number number) {
    return NamedRuns::of(
        trains() ? 8 : 40, LoggedPlatform::plain(), LoggedPlatform::renamed(),
        [&](const PlatformNames& names, std::uint64_t seed) { return opinions(names, seed, number); });
  }
};

TEST_P(RecommendersUnderOtherNames, ScoreTheSameUpToWhatTheyDraw) {
  expect_names_to_say_nothing(runs([](float score, std::size_t) { return score; }), axes);
}

TEST_P(RecommendersUnderOtherNames, ShowTheSameUpToWhatTheyDraw) {
  expect_names_to_say_nothing(
      runs([](float, std::size_t place) { return place < LoggedPlatform::slate ? 1 : 0; }), axes);
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, RecommendersUnderOtherNames,
                         testing::ValuesIn(plugin_names(recommenders())), [](const auto& test) {
                           std::string name = test.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace perennial
