#include "study/surrogate_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace perennial {
namespace {

constexpr Surrogate published_rules() {
  return {.repeat = {0.6138, 0.8953, 0.9220, 0.9250, 0.9498},
          .known_share = 0.5,
          .herding = 0,
          .in_interest = 0.68,
          .out_of_interest = 0.15};
}

/// Lanes of the coins that part people into halves.
enum Lane : std::uint32_t { creator_half, user_half };

/// One half of the people: `second` or not.
PeopleDecisions half_of(const PeopleDecisions& all, std::uint64_t seed, bool second) {
  const Draws coins(seed, Purpose::evaluation);
  PeopleDecisions half;
  for (const auto& decision : all.creators) {
    if (coins.coin(0.5, decision.person, 0, creator_half) == second) half.creators.push_back(decision);
  }
  for (std::size_t user = 0; user < all.users.size(); ++user) {
    if (coins.coin(0.5, static_cast<std::uint32_t>(user), 0, user_half) == second)
      half.users.push_back(all.users[user]);
  }
  return half;
}

HeldOutCheck check_held_out(const PeopleDecisions& all, const Surrogate& published, std::uint64_t seed) {
  const auto learn = half_of(all, seed, false), test = half_of(all, seed, true);
  const auto repeats = static_cast<double>(
      std::ranges::count_if(learn.creators, [](const CreatorDecision& d) { return d.repeated; }));
  std::array<double, feedback_fifths> constant{};
  constant.fill(learn.creators.empty() ? 0.5 : repeats / static_cast<double>(learn.creators.size()));
  HeldOutCheck check{.fitted = fit_surrogate(learn, published),
                     .repeat = repeat_rates_of(test.creators),
                     .watched = watch_rates_of(test.users)};
  check.bits_fitted = repeat_log_loss(test.creators, check.fitted.repeat);
  check.bits_published = repeat_log_loss(test.creators, published.repeat);
  check.bits_constant = repeat_log_loss(test.creators, constant);
  return check;
}

/// The same platform with the rules as its people. Rates are rounded to what a person would write.
Plan with_rules(Plan plan, const Surrogate& rule) {
  const auto rounded = [](double p) { return std::round(p * 1e4) / 1e4; };
  plan.simulation.creator_model = {
      "bounded",
      {{"repeat_rates", fmt::format("{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}", rule.repeat[0], rule.repeat[1],
                                    rule.repeat[2], rule.repeat[3], rule.repeat[4])},
       {"known_share", rounded(rule.known_share)},
       {"herding", rounded(rule.herding)}}};
  plan.simulation.user_model = {
      "interest",
      {{"in_interest", rounded(rule.in_interest)}, {"out_of_interest", rounded(rule.out_of_interest)}}};
  return plan;
}

/// Plays one kind of people on every seed.
class People {
 public:
  People(const Plan& plan, const WorldSource& source, const SurrogateControl& control)
      : plan_(plan), source_(source), control_(control), workers_(control.threads) {}

  PeopleDecisions observe(std::uint64_t seed) {
    Simulation simulation(plan_.simulation, first_world(plan_, source_, seed), plan_.policy_names().front(),
                          seed, {workers_, control_.chat});
    auto decisions = observe_decisions(simulation, static_cast<std::uint32_t>(plan_.rounds), control_.played);
    user_answers += simulation.ecosystem().user_answers;
    creator_answers += simulation.ecosystem().creator_answers;
    return decisions;
  }

  AnswerCounts user_answers, creator_answers;

 private:
  const Plan& plan_;
  const WorldSource& source_;
  const SurrogateControl& control_;
  Workers workers_;
};

/// Plays a plan's seeds with rules as people.
void play_rules(const Plan& plan, const WorldSource& source, const SurrogateControl& control,
                std::vector<SurrogateSeed>& seeds, std::vector<double> SurrogateSeed::*clicks) {
  People people(plan, source, control);
  for (auto& seed : seeds) seed.*clicks = people.observe(seed.seed).clicks;
}

std::string words_of(const Plan& plan) {
  const auto with_model = [](const Slot& slot) {
    for (const auto& [key, value] : slot.settings) {
      const auto* name = std::get_if<std::string>(&value);
      if (key == "model" && name) return fmt::format("{} ({})", slot.name, *name);
    }
    return slot.name;
  };
  return fmt::format("creators: {}, users: {}", with_model(plan.simulation.creator_model),
                     with_model(plan.simulation.user_model));
}

}  // namespace

std::vector<double> clicks_per_round(const std::vector<SurrogateSeed>& seeds,
                                     std::vector<double> SurrogateSeed::*people) {
  std::vector<double> means;
  for (const auto& seed : seeds) {
    const auto& clicks = seed.*people;
    means.push_back(std::accumulate(clicks.begin(), clicks.end(), 0.0) / static_cast<double>(clicks.size()));
  }
  return means;
}

std::uint64_t rounds_of_surrogate(const Plan& plan) {
  return static_cast<std::uint64_t>(3 * plan.seeds * plan.rounds);
}

SurrogateStudy study_surrogate(const Plan& plan, const WorldSource& source, const SurrogateControl& control) {
  if (plan.policy_names().size() != 1)
    throw Error(ErrorCode::invalid_argument, "study calibrate-surrogate: observes people under one policy");
  SurrogateStudy study;
  study.plan = plan;
  study.people = words_of(plan);
  study.published = published_rules();
  People people(plan, source, control);
  for (const auto seed : plan.seed_list()) {
    const auto decisions = people.observe(seed);
    study.seeds.push_back({.seed = seed, .observed = decisions.clicks, .fitted = {}, .published = {}});
    study.decisions.append(decisions);
  }
  study.user_answers = people.user_answers;
  study.creator_answers = people.creator_answers;
  study.repeat = repeat_rates_of(study.decisions.creators);
  study.watched = watch_rates_of(study.decisions.users);
  study.held_out = check_held_out(study.decisions, study.published, plan.seed_list().front());
  study.fitted = fit_surrogate(study.decisions, study.published);
  study.surrogate_plan = with_rules(plan, study.fitted);
  play_rules(study.surrogate_plan, source, control, study.seeds, &SurrogateSeed::fitted);
  play_rules(with_rules(plan, study.published), source, control, study.seeds, &SurrogateSeed::published);
  return study;
}

}  // namespace perennial
