#include "platform/suggest/saved_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "io/checkpoint.h"
#include "io/temporary_folder.h"
#include "io/text_file.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::vector<std::string> genres = {"a", "b", "c"};
constexpr PlatformShape shape{.users = 10, .creators = 4, .genres = 3, .slate = 3, .recency = 5, .seed = 7};

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::vector<std::byte> knowledge_of(SuggestionPolicy& policy) {
  Archive archive;
  policy.learned()->persist_knowledge(archive);
  return archive.bytes();
}

/// What `perennial train` would leave after no round at all.
SavedPolicy untrained(const std::string& name,
                      std::vector<std::pair<std::string, FieldValue>> settings = {}) {
  const auto policy = make_policy({name, {}, false}, settings, shape, genres);
  return {.policy = name,
          .settings = std::move(settings),
          .genres = genres,
          .creators = shape.creators,
          .knowledge = knowledge_of(*policy)};
}

double setting(SuggestionPolicy& policy, const std::string& name) {
  for (const auto& field : policy.fields().all()) {
    if (field.name == name) return std::get<double>(Fields::value(field));
  }
  return -1;
}

TEST(PolicyName, IsABuiltInAFolderAndWhetherItIsFrozen) {
  EXPECT_EQ(parse_policy_name("silent").policy, "silent");
  EXPECT_TRUE(parse_policy_name("lore-d").folder.empty());
  const auto going_on = parse_policy_name("lore-d@out/trained");
  EXPECT_EQ(going_on.policy, "lore-d");
  EXPECT_EQ(going_on.folder, "out/trained");
  EXPECT_FALSE(going_on.frozen);
  const auto frozen = parse_policy_name("lore-d@/some:where/x@y:frozen");
  EXPECT_EQ(frozen.folder, "/some:where/x@y");
  EXPECT_TRUE(frozen.frozen);
}

TEST(PolicyName, ThatMakesNoSenseIsRefusedInWords) {
  const auto refused = [](const std::string& name) { return refusal([&] { parse_policy_name(name); }); };
  EXPECT_THAT(refused("lore-e@out"), HasSubstr("did you mean 'lore-d'?"));
  EXPECT_THAT(refused("random@out"), AllOf(HasSubstr("does not learn"), HasSubstr("lore-d")));
  EXPECT_THAT(refused("lore-d@"), HasSubstr("folder of a trained policy is missing"));
  EXPECT_THAT(refused("lore-d@out:frosen"), AllOf(HasSubstr("'frozen'"), HasSubstr("'frosen'")));
  EXPECT_THAT(refused("lore-d:frozen"), HasSubstr("nothing to freeze"));
}

TEST(SavedPolicy, ComesBackAsItWas) {
  const TemporaryFolder folder;
  const auto saved =
      untrained("lore-d", {{"learning_rate", 1.0}, {"hidden", std::int64_t{8}}, {"clip", 0.1 + 0.2}});
  save_policy(folder.path(), saved);
  const auto loaded = load_policy(folder.path());
  EXPECT_EQ(loaded.policy, "lore-d");
  EXPECT_EQ(loaded.genres, genres);
  EXPECT_EQ(loaded.creators, 4);
  EXPECT_EQ(loaded.knowledge, saved.knowledge);
  EXPECT_THAT(loaded.settings, testing::UnorderedElementsAreArray(saved.settings));
}

TEST(SavedPolicy, PlaysWithWhatItKnewAndItsSettingsBelowTheUsers) {
  const TemporaryFolder folder;
  const auto saved = untrained("lore-d", {{"learning_rate", 0.5}, {"clip", 0.4}});
  save_policy(folder.path(), saved);
  PlatformShape elsewhere = shape;
  elsewhere.seed = 8;
  const auto policy = make_policy({"lore-d", folder.path(), false}, {{"clip", 0.1}}, elsewhere, genres);
  EXPECT_EQ(knowledge_of(*policy), saved.knowledge);
  EXPECT_EQ(setting(*policy, "learning_rate"), 0.5);
  EXPECT_EQ(setting(*policy, "clip"), 0.1);
  EXPECT_NE(knowledge_of(*make_policy({"lore-d", {}, false}, {}, elsewhere, genres)), saved.knowledge);
}

TEST(SavedPolicy, ThatReadsFeaturesServesOtherGenresAndMoreCreators) {
  const TemporaryFolder folder;
  save_policy(folder.path(), untrained("lore-d"));
  PlatformShape elsewhere = shape;
  elsewhere.creators = 500;
  elsewhere.genres = 2;
  EXPECT_NO_THROW(make_policy({"lore-d", folder.path(), true}, {}, elsewhere, {"x", "y"}));
}

TEST(SavedPolicy, TiedToItsPeopleRefusesOthersNamingBothSides) {
  const TemporaryFolder folder;
  save_policy(folder.path(), untrained("lore"));
  const PolicyName lore{"lore", folder.path(), false};
  EXPECT_NO_THROW(make_policy(lore, {}, shape, genres));
  EXPECT_THAT(refusal([&] {
                make_policy(lore, {}, shape, {"a", "c", "b"});
              }),
              HasSubstr("its genre 2 of 3 is 'b', here genre 2 of 3 is 'c'"));
  EXPECT_THAT(refusal([&] {
                make_policy(lore, {}, shape, {"a", "b"});
              }),
              HasSubstr("its genre 3 of 3 is 'c', here genre 3 of 2 is missing"));
  PlatformShape larger = shape;
  larger.creators = 5;
  EXPECT_THAT(refusal([&] { make_policy(lore, {}, larger, genres); }),
              AllOf(HasSubstr("4 creators"), HasSubstr("not with 5")));
}

TEST(SavedPolicy, UnderSettingsThatItsKnowledgeDoesNotFitIsRefused) {
  const TemporaryFolder folder;
  save_policy(folder.path(), untrained("lore-d"));
  const auto said = refusal([&] {
    make_policy({"lore-d", folder.path(), false}, {{"hidden", std::int64_t{5}}}, shape, genres);
  });
  EXPECT_THAT(said, HasSubstr(policy_file));
}

TEST(SavedPolicy, OfAnotherNameIsRefusedNamingBoth) {
  const TemporaryFolder folder;
  save_policy(folder.path(), untrained("lore-d"));
  EXPECT_THAT(refusal([&] {
                make_policy({"lore", folder.path(), false}, {}, shape, genres);
              }),
              AllOf(HasSubstr("'lore-d'"), HasSubstr("'lore'")));
}

TEST(SavedPolicy, InNoFolderSaysWhatMakesOne) {
  EXPECT_THAT(refusal([] { load_policy("nowhere"); }),
              AllOf(HasSubstr("nowhere/policy.checkpoint"), HasSubstr("perennial train --out nowhere")));
}

TEST(SavedPolicy, CutAnywhereOrWithAnyByteChangedIsRefused) {
  const TemporaryFolder folder;
  save_policy(folder.path(), untrained("lore-d", {{"hidden", std::int64_t{2}}}));
  const auto path = folder.path() / policy_file;
  const auto whole = read_text_file(path);
  const auto write = [&](const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; };
  for (std::size_t i = 0; i < whole.size(); i += 7) {
    write(whole.substr(0, i));
    EXPECT_THAT(refusal([&] { load_policy(folder.path()); }), HasSubstr(policy_file)) << "cut at " << i;
    auto damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    write(damaged);
    EXPECT_THAT(refusal([&] { load_policy(folder.path()); }), HasSubstr(policy_file)) << "damaged at " << i;
  }
}

TEST(SavedPolicy, WithAHeaderOfAnotherFormatOrNoneIsRefused) {
  const TemporaryFolder folder;
  const auto said = [&](const std::string& kind, const std::string& header) {
    write_checkpoint(folder.path() / policy_file, {.kind = kind, .header = header, .state = Archive()});
    return refusal([&] { load_policy(folder.path()); });
  };
  EXPECT_THAT(said("policy", R"({"format": 99})"), AllOf(HasSubstr("format 99"), HasSubstr("format 2")));
  EXPECT_THAT(said("policy", R"({"format": 1, "policy": "lore-d"})"),
              AllOf(HasSubstr("format 1"), HasSubstr("train it again")));
  EXPECT_THAT(said("policy", R"({"format": 2, "policy": 3})"), HasSubstr("header"));
  EXPECT_THAT(said("policy", "not JSON"), HasSubstr("header"));
  EXPECT_THAT(said("run", "{}"), AllOf(HasSubstr("'run'"), HasSubstr("'policy'")));
}

}  // namespace
}  // namespace perennial
