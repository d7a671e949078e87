#include "report/surrogate_report.h"

#include <fmt/format.h>

#include <cmath>

#include "report/charts.h"
#include "report/curves.h"
#include "report/frame.h"
#include "report/page.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_points = 150;
constexpr std::array<double, 4> others_per_interest = {1, 2, 3, 9};

struct People {
  const char* name;
  std::vector<double> SurrogateSeed::*clicks;
};
constexpr std::array<People, 3> kinds_of_people = {{{"observed", &SurrogateSeed::observed},
                                                    {"fitted rules", &SurrogateSeed::fitted},
                                                    {"rules as they come", &SurrogateSeed::published}}};
enum Kind : std::size_t { observed, fitted, published };

ComparedPolicy as_runs(const SurrogateStudy& study, const People& people) {
  ComparedPolicy policy{.name = people.name, .summary = "", .uses_truth = false, .runs = {}};
  for (const auto& seed : study.seeds) {
    RunResult run{};
    for (const double clicks : seed.*people.clicks) {
      RoundMetrics metrics{};
      at(metrics, Metric::clicks) = clicks;
      run.rounds.push_back(metrics);
    }
    policy.runs.push_back(std::move(run));
  }
  return policy;
}

Json clicks_block(const SurrogateStudy& study) {
  const auto rounds = static_cast<std::size_t>(study.plan.rounds);
  const auto window = smoothing_window(rounds);
  const auto drawn = drawn_rounds(rounds, most_points);
  Json x = Json::array(), lines = Json::array();
  for (const std::size_t round : drawn) x.push_back(round + 1);
  for (std::size_t kind = 0; kind < kinds_of_people.size(); ++kind)
    lines.push_back(
        line_json(kind, curve_of(as_runs(study, kinds_of_people[kind]), Metric::clicks, window, drawn)));
  Json views = Json::array();
  views.push_back({{"name", ""}, {"x", x}, {"lines", lines}});
  return {{"kind", "curves"},
          {"title", "Clicks per round"},
          {"note",
           fmt::format(
               "The same platform, seeds and coins with other people. Moving average over {}; bands are 95% "
               "intervals over {}.",
               count_words(window, "round"), count_words(study.seeds.size(), "seed"))},
          {"x_title", "Round"},
          {"y_title", "Clicks per round"},
          {"views", views}};
}

Json whisker_of(const Estimate& estimate) {
  return whisker_json(estimate.mean, estimate.low, estimate.high);
}
Json bar_without_whisker(double value) {
  return whisker_json(value, value, value);
}

/// Held out against fitted: the bars of a fifth that nobody decided in are left at 0.
Json repeat_block(const SurrogateStudy& study) {
  Json categories = Json::array(), seen = Json::array(), rule = Json::array(), as_come = Json::array();
  for (std::size_t fifth = 0; fifth < feedback_fifths; ++fifth) {
    const auto& [rate, decisions] = study.held_out.repeat[fifth];
    categories.push_back(fmt::format("{} ({})", fifth + 1, whole_words(decisions)));
    seen.push_back(whisker_of(rate));
    rule.push_back(bar_without_whisker(study.held_out.fitted.repeat[fifth]));
    as_come.push_back(bar_without_whisker(study.published.repeat[fifth]));
  }
  Json bars = Json::array();
  bars.push_back({{"series", Kind::observed}, {"values", seen}});
  bars.push_back({{"series", Kind::fitted}, {"values", rule}});
  bars.push_back({{"series", Kind::published}, {"values", as_come}});
  Json plots = Json::array();
  plots.push_back({{"title", ""},
                   {"note", ""},
                   {"category_title", "Fifth of feedback on the latest item (decisions)"},
                   {"categories", categories},
                   {"bars", bars}});
  return {{"kind", "bars"},
          {"title", "How often a creator repeats itself"},
          {"note",
           "Creators of one half; the fitted rules know only the other half. Whiskers are 95% intervals, "
           "which know "
           "that decisions of one creator hang together."},
          {"value_title", "share of decisions"},
          {"across", false},
          {"plots", plots}};
}

Json alignment_cells(const Alignment& a) {
  Json cells = Json::array();
  for (const double value : {a.accuracy, a.precision, a.recall, a.f1})
    cells.push_back(cell_json(fmt::format("{:.3f}", value)));
  return cells;
}

Json alignment_block(const SurrogateStudy& study) {
  Json columns = Json::array(), rows = Json::array();
  columns.push_back({{"title", "People, items"}, {"help", ""}});
  for (const char* title : {"Accuracy", "Precision", "Recall", "F1"})
    columns.push_back({{"title", title}, {"help", ""}});
  const auto& check = study.held_out;
  for (const double m : others_per_interest) {
    const auto add = [&](Kind kind, double in, double out) {
      rows.push_back({{"name", fmt::format("1:{:.0f}, {}", m, kinds_of_people[kind].name)},
                      {"cells", alignment_cells(alignment_of(in, out, m))}});
    };
    add(observed, check.watched.in_interest.mean, check.watched.out_of_interest.mean);
    add(fitted, check.fitted.in_interest, check.fitted.out_of_interest);
    add(published, study.published.in_interest, study.published.out_of_interest);
  }
  return {
      {"kind", "table"},
      {"title", "How far watching means interest"},
      {"note",
       fmt::format(
           "When each item of interest comes with m others. Users of one half, {} items shown, of which they "
           "watched {:.1f}% [{:.1f}, {:.1f}] in their interest and {:.1f}% [{:.1f}, {:.1f}] of the others; "
           "the fitted "
           "rules know only the other half.",
           whole_words(check.watched.items), 100 * check.watched.in_interest.mean,
           100 * check.watched.in_interest.low, 100 * check.watched.in_interest.high,
           100 * check.watched.out_of_interest.mean, 100 * check.watched.out_of_interest.low,
           100 * check.watched.out_of_interest.high)},
      {"columns", columns},
      {"rows", rows}};
}

Json settings_block(const SurrogateStudy& study) {
  Json columns = Json::array(), rows = Json::array();
  columns.push_back({{"title", "Setting"}, {"help", ""}});
  columns.push_back({{"title", "Fitted"}, {"help", "to all people observed"}});
  columns.push_back({{"title", "As it comes"}, {"help", "fitted to what was published"}});
  const auto add = [&](const std::string& name, double fit, double as_comes) {
    rows.push_back({{"name", name},
                    {"cells", Json::array({cell_json(fmt::format("{:.3f}", fit)),
                                           cell_json(fmt::format("{:.3f}", as_comes))})}});
  };
  for (std::size_t fifth = 0; fifth < feedback_fifths; ++fifth)
    add(fmt::format("creator_model.repeat_rates, fifth {}", fifth + 1), study.fitted.repeat[fifth],
        study.published.repeat[fifth]);
  add("creator_model.known_share", study.fitted.known_share, study.published.known_share);
  add("creator_model.herding", study.fitted.herding, study.published.herding);
  add("user_model.in_interest", study.fitted.in_interest, study.published.in_interest);
  add("user_model.out_of_interest", study.fitted.out_of_interest, study.published.out_of_interest);
  return {{"kind", "table"},
          {"title", "The surrogate's settings"},
          {"note", "As they stand in surrogate.toml."},
          {"columns", columns},
          {"rows", rows}};
}

Json notes_block(const SurrogateStudy& study) {
  const auto& check = study.held_out;
  Json items = Json::array();
  items.push_back(
      fmt::format("Saying whether a held-out creator repeats itself costs {:.3f} bits a decision by the "
                  "fitted rule, {:.3f} by the rule as it "
                  "comes, {:.3f} by one rate for all feedback: less is better, and a rule that is no better "
                  "than the last tells nothing "
                  "from feedback.",
                  check.bits_fitted, check.bits_published, check.bits_constant));
  items.push_back(
      "The rules know an item's genre only. What language models read in titles and descriptions, and what "
      "they remember of "
      "their profile, is in their rates on average.");
  items.push_back(
      "Rates were observed under one policy and one ranker; far from those, observe again. For the checks, "
      "rules were "
      "fitted to one half of the people and held against the other; the settings above are fitted to all.");
  if (study.user_answers.questions + study.creator_answers.questions > 0)
    items.push_back(fmt::format(
        "Language models were asked {} questions; {} decisions were left to a rule after two unclear "
        "answers, and are among those observed.",
        whole_words(study.user_answers.questions + study.creator_answers.questions),
        whole_words(study.user_answers.fallbacks + study.creator_answers.fallbacks)));
  return {{"kind", "notes"}, {"title", "How to read this"}, {"items", items}};
}

Json command_block() {
  return {{"kind", "command"},
          {"title", "Play the surrogate"},
          {"note", "The same platform with the fitted rules as its people."},
          {"text",
           "perennial compare --config surrogate.toml --policies silent,random,lore-d --seeds 20 --out out"}};
}

}  // namespace

std::string render_surrogate_report(const SurrogateStudy& study) {
  std::vector<FrameSeries> series;
  for (std::size_t kind = 0; kind < kinds_of_people.size(); ++kind)
    series.push_back({kinds_of_people[kind].name, kind + 1});
  const Frame frame{.title = "study calibrate-surrogate",
                    .headline = surrogate_headline(study),
                    .warnings = {},
                    .lead = {fmt::format("Rules fitted to the decisions of others, so that a long study can "
                                         "be played with rules in their place. "
                                         "Observed: {}.",
                                         study.people)},
                    .facts = {{"Setting", study.plan.simulation.setting},
                              {"Policy", study.plan.policies},
                              {"Rounds", whole_words(static_cast<std::uint64_t>(study.plan.rounds))},
                              {"Seeds", whole_words(study.seeds.size())},
                              {"Creator decisions", whole_words(study.decisions.creators.size())},
                              {"Items shown", whole_words(study.watched.items)}},
                    .series = series,
                    .footer = ""};
  return render_frame(frame, {clicks_block(study), repeat_block(study), alignment_block(study),
                              settings_block(study), notes_block(study), command_block()});
}

}  // namespace perennial
