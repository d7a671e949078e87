// What every list of built-ins promises to whoever reads --help or writes a config.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <regex>
#include <set>

#include "base/error.h"
#include "people/creators/creator_models.h"
#include "people/users/user_models.h"
#include "platform/incentive/incentives.h"
#include "platform/recommend/recommenders.h"
#include "platform/rerank/rerankers.h"
#include "platform/suggest/suggestion_policies.h"

namespace perennial {
namespace {

/// One built-in of any kind.
struct Entry {
  std::string kind, name, summary;
  std::function<void(const std::function<void(const Fields&)>&)> with_fields;

  friend void PrintTo(const Entry& entry, std::ostream* out) { *out << entry.kind << " " << entry.name; }
};

template <class Interface>
void append(std::vector<Entry>& all, const std::string& kind, std::span<const Plugin<Interface>> list) {
  for (const auto& plugin : list) {
    const auto with_fields = [make = plugin.make](const std::function<void(const Fields&)>& use) {
      const auto object = make();
      use(object->fields());
    };
    all.push_back({kind, plugin.name, plugin.summary, with_fields});
  }
}

std::vector<Entry> entries() {
  std::vector<Entry> all;
  append(all, "recommender", recommenders());
  append(all, "reranker", rerankers());
  append(all, "creator_model", creator_models());
  append(all, "user_model", user_models());
  append(all, "incentive", incentives());
  append(all, "policy", suggestion_policies());
  return all;
}

class EveryPlugin : public testing::TestWithParam<Entry> {};

INSTANTIATE_TEST_SUITE_P(, EveryPlugin, testing::ValuesIn(entries()), [](const auto& which) {
  return std::regex_replace(which.param.kind + "_" + which.param.name, std::regex("-"), "_");
});

TEST_P(EveryPlugin, HasANameThatCanBeTypedAndASummaryOfOneSentence) {
  EXPECT_TRUE(std::regex_match(GetParam().name, std::regex("[a-z][a-z0-9]*(-[a-z0-9]+)*")));
  EXPECT_TRUE(std::regex_match(GetParam().summary, std::regex("[^A-Z\n].{10,}[^.\n]"))) << GetParam().summary;
}

TEST_P(EveryPlugin, HasDefaultsItAcceptsItselfAndExplainsThem) {
  GetParam().with_fields([](const Fields& fields) {
    std::set<std::string> names;
    for (const auto& field : fields.all()) {
      SCOPED_TRACE(field.name);
      EXPECT_TRUE(names.insert(field.name).second) << "two settings of one name";
      EXPECT_FALSE(field.help.empty());
      EXPECT_NO_THROW(fields.set("test", field.name, Fields::value(field)));
    }
  });
}

TEST_P(EveryPlugin, RefusesWhatIsNoSettingOrOutOfRange) {
  GetParam().with_fields([](const Fields& fields) {
    EXPECT_THROW(fields.set("test", "no_such_setting", true), Error);
    for (const auto& field : fields.all()) {
      SCOPED_TRACE(field.name);
      if (std::holds_alternative<double*>(field.target)) {
        EXPECT_TRUE(std::isfinite(field.range.least) && std::isfinite(field.range.most));
        EXPECT_THROW(fields.set("test", field.name, field.range.least - 1), Error);
        EXPECT_THROW(fields.set("test", field.name, 2 * field.range.most + 1), Error);
        EXPECT_THROW(fields.set("test", field.name, std::nan("")), Error);
      } else if (std::holds_alternative<std::int64_t*>(field.target)) {
        EXPECT_THROW(fields.set("test", field.name, static_cast<std::int64_t>(field.range.least) - 1), Error);
        EXPECT_THROW(fields.set("test", field.name, static_cast<std::int64_t>(field.range.most) + 1), Error);
      } else if (!field.choices.empty()) {
        EXPECT_THROW(fields.set("test", field.name, std::string("no such choice")), Error);
      }
    }
  });
}

TEST(PluginLists, NameNothingTwice) {
  std::set<std::string> names;
  for (const auto& entry : entries())
    EXPECT_TRUE(names.insert(entry.kind + " " + entry.name).second) << entry.kind << " " << entry.name;
}

// A simulation's truth is for those who say that they read it, and whose results are marked.
TEST(PluginLists, LetOnlyPoliciesReadTheTruth) {
  const auto reads_truth = [](const auto& list) {
    return std::ranges::any_of(list, [](const auto& plugin) { return plugin.uses_truth; });
  };
  EXPECT_FALSE(reads_truth(recommenders()) || reads_truth(rerankers()) || reads_truth(creator_models()) ||
               reads_truth(user_models()) || reads_truth(incentives()));
}

}  // namespace
}  // namespace perennial
