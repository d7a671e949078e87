#include <fmt/format.h>

#include "report/summary_json.h"
#include "report/surrogate_report.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json rules_json(const Surrogate& rule) {
  return {{"repeat_rates", rule.repeat},
          {"known_share", rule.known_share},
          {"herding", rule.herding},
          {"in_interest", rule.in_interest},
          {"out_of_interest", rule.out_of_interest}};
}

Json estimate_json(const Estimate& estimate) {
  return {{"mean", estimate.mean}, {"ci95", {estimate.low, estimate.high}}};
}

Json repeat_json(const std::array<RepeatRate, feedback_fifths>& rates) {
  Json fifths = Json::array();
  for (const auto& [rate, decisions] : rates) {
    Json json = decisions == 0 ? Json{{"mean", nullptr}, {"ci95", nullptr}} : estimate_json(rate);
    json["decisions"] = decisions;
    fifths.push_back(json);
  }
  return fifths;
}

Json watched_json(const WatchRates& rates) {
  return {{"items", rates.items},
          {"in_interest", estimate_json(rates.in_interest)},
          {"out_of_interest", estimate_json(rates.out_of_interest)}};
}

Json clicks_json(const SurrogateStudy& study) {
  const auto observed = clicks_per_round(study.seeds, &SurrogateSeed::observed),
             fitted = clicks_per_round(study.seeds, &SurrogateSeed::fitted),
             published = clicks_per_round(study.seeds, &SurrogateSeed::published);
  return {{"observed", interval_json(interval_of(observed))},
          {"fitted", interval_json(interval_of(fitted))},
          {"published", interval_json(interval_of(published))},
          {"fitted_less_observed", difference_json(fitted, observed)},
          {"published_less_observed", difference_json(published, observed)}};
}

std::string clicks_words(const SurrogateStudy& study, std::vector<double> SurrogateSeed::*people) {
  const auto interval = interval_of(clicks_per_round(study.seeds, people));
  return study.seeds.size() < 2 ? number_words(interval.mean)
                                : fmt::format("{} [{}]", number_words(interval.mean), range_words(interval));
}

}  // namespace

nlohmann::ordered_json surrogate_summary(const SurrogateStudy& study) {
  std::vector<std::uint64_t> seeds;
  for (const auto& seed : study.seeds) seeds.push_back(seed.seed);
  const auto& check = study.held_out;
  return {{"command", "study calibrate-surrogate"},
          {"people", study.people},
          {"policy", study.plan.policies},
          {"rounds", study.plan.rounds},
          {"seeds", seeds},
          {"creator_decisions", study.decisions.creators.size()},
          {"fitted", rules_json(study.fitted)},
          {"published", rules_json(study.published)},
          {"repeat", repeat_json(study.repeat)},
          {"watched", watched_json(study.watched)},
          {"held_out",
           {{"fitted", rules_json(check.fitted)},
            {"repeat", repeat_json(check.repeat)},
            {"watched", watched_json(check.watched)},
            {"repeat_log_loss_bits",
             {{"fitted", check.bits_fitted},
              {"published", check.bits_published},
              {"constant", check.bits_constant}}}}},
          {"clicks_per_round", clicks_json(study)}};
}

Table surrogate_rounds_table(const SurrogateStudy& study) {
  std::vector<std::int64_t> seeds, rounds;
  std::vector<double> observed, fitted, published;
  for (const auto& seed : study.seeds) {
    for (std::size_t round = 0; round < seed.observed.size(); ++round) {
      seeds.push_back(static_cast<std::int64_t>(seed.seed));
      rounds.push_back(static_cast<std::int64_t>(round + 1));
      observed.push_back(seed.observed[round]);
      fitted.push_back(seed.fitted[round]);
      published.push_back(seed.published[round]);
    }
  }
  Table table;
  table.add("seed", seeds)
      .add("round", rounds)
      .add("observed_clicks", observed)
      .add("fitted_clicks", fitted)
      .add("published_clicks", published);
  return table;
}

std::string surrogate_headline(const SurrogateStudy& study) {
  const auto observed = clicks_per_round(study.seeds, &SurrogateSeed::observed),
             fitted = clicks_per_round(study.seeds, &SurrogateSeed::fitted);
  const Interval difference = paired_difference(fitted, observed);
  const std::string interval = study.seeds.size() < 2 ? " (one seed, no interval)"
                                                      : fmt::format(" [{}]", signed_range_words(difference));
  return fmt::format("The fitted rules draw {} clicks per round, the people they stand in for {}: {}{}",
                     number_words(interval_of(fitted).mean), number_words(interval_of(observed).mean),
                     signed_words(difference.mean), interval);
}

std::string surrogate_text(const SurrogateStudy& study) {
  std::string text =
      fmt::format("{}\n\nrepeats after feedback of each fifth (held-out half: rule fitted to the other)\n",
                  surrogate_headline(study));
  for (std::size_t fifth = 0; fifth < feedback_fifths; ++fifth) {
    const auto& [rate, decisions] = study.held_out.repeat[fifth];
    if (decisions == 0) {
      text += fmt::format("  {}  no decision\n", fifth + 1);
      continue;
    }
    text += fmt::format("  {}  {:.3f} [{:.3f}, {:.3f}]  rule {:.3f}  ({} decisions)\n", fifth + 1, rate.mean,
                        rate.low, rate.high, study.held_out.fitted.repeat[fifth], decisions);
  }
  const auto& watched = study.held_out.watched;
  text += fmt::format(
      "watches\n  in interest      {:.3f} [{:.3f}, {:.3f}]  rule {:.3f}\n  out of interest  {:.3f} [{:.3f}, "
      "{:.3f}]  rule {:.3f}\n",
      watched.in_interest.mean, watched.in_interest.low, watched.in_interest.high,
      study.held_out.fitted.in_interest, watched.out_of_interest.mean, watched.out_of_interest.low,
      watched.out_of_interest.high, study.held_out.fitted.out_of_interest);
  text +=
      fmt::format("clicks per round\n  observed   {}\n  fitted     {}\n  published  {}\n",
                  clicks_words(study, &SurrogateSeed::observed), clicks_words(study, &SurrogateSeed::fitted),
                  clicks_words(study, &SurrogateSeed::published));
  return text;
}

}  // namespace perennial
