#include "study/compare.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <set>

#include "base/error.h"
#include "llm/scripted_chat_for_tests.h"
#include "study/recorded_run.h"
#include "study/saved_runs.h"
#include "study/training.h"

namespace perennial {
namespace {

using testing::HasSubstr;

/// Twelve users and eight creators over four genres.
World small_people() {
  World world{
      .name = "small", .genres = {"a", "b", "c", "d"}, .users = {}, .creators = {}, .past_clicks = {}};
  for (GenreId u = 0; u < 12; ++u) {
    world.users.interests.push_back(std::vector<GenreId>{static_cast<GenreId>(u % 4)});
    world.users.activity.push_back(0.5);
  }
  for (GenreId c = 0; c < 8; ++c) {
    world.creators.history.push_back(std::vector<GenreCount>{{static_cast<GenreId>(c % 2), 10}});
    world.creators.activity.push_back(0.5);
  }
  return world;
}

const WorldSource& small_world() {
  static const WorldSource source(small_people());
  return source;
}

Plan small_plan() {
  Plan plan = make_plan("lockin", {}, {});
  plan.policies = "silent,random,oracle";
  plan.simulation.everyone = true;
  plan.rounds = 25;
  plan.seeds = 3;
  return plan;
}

/// A folder that goes with the test.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("perennial-compare-" + std::to_string(getpid()));
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(Compare, PlaysEveryPolicyOnEverySeed) {
  const auto comparison = compare(small_plan(), small_world(), {});
  ASSERT_TRUE(comparison.has_value());
  ASSERT_EQ(comparison->policies.size(), 3);
  EXPECT_TRUE(comparison->policies[2].uses_truth);
  for (const auto& policy : comparison->policies) {
    ASSERT_EQ(policy.runs.size(), 3) << policy.name;
    for (const auto& run : policy.runs) EXPECT_EQ(run.rounds.size(), 25);
  }
  EXPECT_GT(comparison->impressions, 0);
}

TEST(Compare, GivesTheSameBytesAtAnyNumberOfThreads) {
  const auto plan = small_plan();
  const auto alone = compare(plan, small_world(), {.threads = 1, .played = {}, .stop = {}, .saved_runs = {}});
  for (const std::size_t threads : {2, 3, 7}) {
    const auto together =
        compare(plan, small_world(), {.threads = threads, .played = {}, .stop = {}, .saved_runs = {}});
    EXPECT_EQ(together->result_hash, alone->result_hash) << threads << " threads";
  }
}

TEST(Compare, PairsPoliciesOnTheSameCoins) {
  const auto comparison = compare(small_plan(), small_world(), {});
  const auto& silent = comparison->policies[0];
  const auto& oracle = comparison->policies[2];
  for (std::size_t seed = 0; seed < silent.runs.size(); ++seed) {
    for (std::size_t round = 0; round < 25; ++round) {
      EXPECT_EQ(at(silent.runs[seed].rounds[round], Metric::active_users),
                at(oracle.runs[seed].rounds[round], Metric::active_users));
    }
  }
}

/// Users who are language models.
Plan asking_plan() {
  Plan plan = small_plan();
  plan.policies = "silent,random";
  plan.rounds = 6;
  plan.seeds = 2;
  set_options(plan.simulation, {{"test", "user_model.name", std::string("llm")},
                                {"test", "user_model.model", std::string("m")}});
  return plan;
}

/// Whom several runs may ask at once: answers so many questions, then fails.
class FailingChat final : public Chat {
 public:
  explicit FailingChat(int questions) : left_(questions) {}

  void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) override {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      if (left_.fetch_sub(1) <= 0) throw Error(ErrorCode::io, "nobody answers");
      std::string answers;
      const auto count = std::stoul(line_after(questions[i], "The platform shows you "));
      for (std::size_t item = 0; item < count; ++item)
        answers += item % 2 == 0 ? R"(, "WATCH")" : R"(, "SKIP")";
      take(i, {.text = R"({"answers": [)" + answers.substr(2) + "]}"});
    }
  }

  bool failed() const { return left_ < 0; }

 private:
  std::atomic<int> left_;
};

TEST(Compare, LosesNothingWhenALanguageModelFails) {
  const Folder folder;
  const auto plan = asking_plan();
  FailingChat patient(1'000'000), failing(60);
  const auto whole = compare(plan, small_world(),
                             {.threads = 1, .played = {}, .stop = {}, .saved_runs = {}, .chat = &patient});
  ASSERT_TRUE(whole.has_value());
  CompareControl control{.threads = 2, .played = {}, .stop = {}, .saved_runs = folder.path, .chat = &failing};
  EXPECT_THROW(compare(plan, small_world(), control), Error);
  const auto left = rounds_to_play(plan, folder.path);
  EXPECT_GT(left, 0u);
  EXPECT_LT(left, 2u * 2 * 6);
  control.chat = &patient;
  const auto resumed = compare(plan, small_world(), control);
  ASSERT_TRUE(resumed.has_value());
  EXPECT_EQ(resumed->result_hash, whole->result_hash);
  for (std::size_t p = 0; p < 2; ++p) {
    EXPECT_EQ(resumed->policies[p].runs[1].user_answers, whole->policies[p].runs[1].user_answers);
    EXPECT_GT(whole->policies[p].runs[1].user_answers.questions, 0u);
  }
}

TEST(Compare, WhoseQuestionIsBrokenOffByAStopIsStoppedAndSaved) {
  const Folder folder;
  FailingChat failing(60);
  const CompareControl control{.threads = 1,
                               .played = {},
                               .stop = [&] { return failing.failed(); },
                               .saved_runs = folder.path,
                               .chat = &failing};
  const auto plan = asking_plan();
  EXPECT_FALSE(compare(plan, small_world(), control).has_value());
  const auto left = rounds_to_play(plan, folder.path);
  EXPECT_GT(left, 0u);
  EXPECT_LT(left, 2u * 2 * 6);
}

TEST(Compare, GoesOnFromWhereItWasStoppedToTheSameBytes) {
  const Folder folder;
  const auto plan = small_plan();
  std::atomic<int> rounds = 0;
  CompareControl control{.threads = 2,
                         .played = [&](std::uint64_t) { ++rounds; },
                         .stop = [&] { return rounds >= 90; },
                         .saved_runs = folder.path};
  EXPECT_FALSE(compare(plan, small_world(), control).has_value());
  const auto left = rounds_to_play(plan, folder.path);
  EXPECT_EQ(left, 3 * 3 * 25 - static_cast<std::uint64_t>(rounds));
  control.stop = {};
  rounds = 0;
  const auto resumed = compare(plan, small_world(), control);
  ASSERT_TRUE(resumed.has_value());
  EXPECT_EQ(rounds, static_cast<int>(left)) << "finished rounds are not played again";
  EXPECT_EQ(resumed->result_hash, compare(plan, small_world(), {})->result_hash);
}

TEST(Compare, RefusesARunSavedUnderOtherSettings) {
  const Folder folder;
  auto plan = small_plan();
  CompareControl control{.threads = 1, .played = {}, .stop = {}, .saved_runs = folder.path};
  int rounds = 0;
  control.played = [&](std::uint64_t) { ++rounds; };
  control.stop = [&] { return rounds >= 3; };
  EXPECT_FALSE(compare(plan, small_world(), control).has_value());
  control.stop = {};
  plan.simulation.leaving.after = 6;
  try {
    compare(plan, small_world(), control);
    FAIL() << "must be refused";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::AllOf(HasSubstr("silent-1.run"), HasSubstr("other settings")));
  }
}

TEST(Compare, RefusesADamagedSavedRun) {
  const Folder folder;
  std::filesystem::create_directories(folder.path);
  std::ofstream(folder.path / "silent-1.run") << "PERENNIAL but not really";
  EXPECT_THROW(compare(small_plan(), small_world(),
                       {.threads = 1, .played = {}, .stop = {}, .saved_runs = folder.path}),
               Error);
}

/// Leaves a policy trained for a few rounds in a folder and returns the folder.
std::filesystem::path trained(const std::filesystem::path& folder, const std::string& policy,
                              std::uint32_t rounds) {
  auto plan = small_plan();
  plan.policies = policy;
  plan.first_seed = 1000;
  set_options(plan.simulation, {{"test", "policy.lore.hidden", std::string("4")},
                                {"test", "policy.lore-d.learning_rate", 0.3},
                                {"test", "policy.lore-d.rounds_per_update", std::int64_t{5}}});
  Workers workers;
  Training training(plan, small_world(), workers);
  training.play(rounds, [] { return true; });
  std::filesystem::create_directories(folder);
  save_policy(folder, training.policy());
  return folder;
}

TEST(Compare, PlaysTrainedPoliciesOfSeveralFoldersBesideAnUntrainedOne) {
  const Folder folder;
  const auto a = trained(folder.path / "x/trained", "lore-d", 10),
             b = trained(folder.path / "y", "lore-d", 20);
  auto plan = small_plan();
  plan.policies = fmt::format("lore-d,lore-d@{0},lore-d@{0}:frozen,lore-d@{1}", a.string(), b.string());
  plan.seeds = 6;
  const auto comparison = compare(plan, small_world(), {});
  ASSERT_TRUE(comparison.has_value());
  EXPECT_EQ(comparison->policies[1].name, "lore-d@" + a.string());
  EXPECT_EQ(comparison->policies[1].shown(), "lore-d@trained");
  EXPECT_EQ(comparison->policies[2].shown(), "lore-d@trained:frozen");
  // On one seed two of them may well do the same.
  const auto rounds_of = [&](std::size_t policy) {
    std::vector<std::vector<RoundMetrics>> rounds;
    for (const auto& run : comparison->policies[policy].runs) rounds.push_back(run.rounds);
    return rounds;
  };
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(rounds_of(i), rounds_of(j)) << i << " and " << j;
  }
  EXPECT_GT(comparison->policies[0].runs[0].learning->train_seconds, 0);
  EXPECT_EQ(comparison->policies[2].runs[0].learning->train_seconds, 0) << "frozen";
}

TEST(Compare, SavesRunsOfPoliciesTrainedInSeveralFoldersApart) {
  const auto path = [](const std::string& policy) { return saved_run_path("runs", {policy, 3}).string(); };
  EXPECT_EQ(path("lore-d"), "runs/lore-d-3.run");
  const std::set<std::string> paths = {path("lore-d@a/b"), path("lore-d@a-b"), path("lore-d@a/b:frozen"),
                                       path("lore-d@" + std::string(900, 'x')), path("lore-d")};
  EXPECT_EQ(paths.size(), 5);
  for (const auto& name : paths) {
    EXPECT_EQ(std::filesystem::path(name).parent_path(), "runs");
    EXPECT_LT(name.size(), 80);
  }
}

TEST(Compare, RefusesARunWhosePolicyWasTrainedAnewSince) {
  const Folder folder;
  const auto where = trained(folder.path / "trained", "lore-d", 10);
  auto plan = small_plan();
  plan.policies = "lore-d@" + where.string();
  int rounds = 0;
  CompareControl control{.threads = 1,
                         .played = [&](std::uint64_t) { ++rounds; },
                         .stop = [&] { return rounds >= 3; },
                         .saved_runs = folder.path};
  EXPECT_FALSE(compare(plan, small_world(), control).has_value());
  trained(where, "lore-d", 20);
  control.stop = {};
  try {
    compare(plan, small_world(), control);
    FAIL() << "must be refused";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("trained anew"));
  }
}

TEST(Compare, RefusesAPolicyThatCannotPlayThereBeforeAnyRound) {
  const Folder folder;
  auto plan = small_plan();
  plan.policies = "silent,lore@" + trained(folder.path, "lore", 1).string();
  auto people = small_people();
  people.genres[3] = "other";
  int rounds = 0;
  const CompareControl control{
      .threads = 1, .played = [&](std::uint64_t) { ++rounds; }, .stop = {}, .saved_runs = {}};
  EXPECT_THROW(compare(plan, WorldSource(people), control), Error);
  EXPECT_EQ(rounds, 0);
}

TEST(RecordedRun, AForkUnderTheSamePolicyIsTheSameRun) {
  Workers workers(1);
  const auto plan = small_plan();
  const auto on = [] { return true; };
  RecordedRun parent(plan.simulation, small_people(), "random", 1, workers);
  parent.play(10, on);
  RecordedRun child(plan.simulation, small_people(), "random", 1, workers);
  child.fork_from(parent);
  child.play(25, on);
  parent.play(25, on);
  EXPECT_EQ(child.result().rounds, parent.result().rounds);
}

}  // namespace
}  // namespace perennial
