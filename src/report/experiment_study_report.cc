#include "report/experiment_study_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/frame.h"
#include "report/page.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// The designs played, in order: each is a series.
std::vector<Design> designs_of(const ExperimentStudy& study) {
  std::vector<Design> designs;
  for (const DesignCell& cell : study.cells) {
    if (std::ranges::find(designs, cell.design) == designs.end()) designs.push_back(cell.design);
  }
  return designs;
}

struct Look {
  const char* title;
  const char* note;
  const char* y_title;
  Interval DesignCell::*value;
  double factor;
};

/// One line per design over the shares treated.
Json panel_of(const ExperimentStudy& study, const Look& look) {
  Json lines = Json::array(), x = Json::array();
  const auto designs = designs_of(study);
  for (std::size_t series = 0; series < designs.size(); ++series) {
    Json mean = Json::array(), low = Json::array(), high = Json::array(), shares = Json::array();
    for (const DesignCell& cell : study.cells) {
      if (cell.design != designs[series]) continue;
      const Interval& value = cell.*look.value;
      shares.push_back(rounded(100 * cell.share));
      mean.push_back(rounded(look.factor * value.mean));
      low.push_back(rounded(look.factor * value.low));
      high.push_back(rounded(look.factor * value.high));
    }
    if (x.empty()) x = shares;
    if (shares != x) continue;  // a design without some of the shares has no place in this panel
    lines.push_back({{"series", series}, {"mean", mean}, {"low", low}, {"high", high}});
  }
  return {{"title", look.title},
          {"note", look.note},
          {"x_title", "% of creators treated"},
          {"y_title", look.y_title},
          {"view", {{"name", ""}, {"x", x}, {"lines", lines}}}};
}

Json designs_block(const ExperimentStudy& study) {
  Json panels = Json::array();
  for (const Look& look :
       {Look{"Bias", "posts per creator: what the experiment says less what boosting one creator does",
             "posts", &DesignCell::bias, 1},
        Look{"Contamination of the controls",
             "% of exposure that controls gained or lost to the boost of others", "%",
             &DesignCell::control_exposure, 100},
        Look{"Dose", "% of exposure that the treated gained", "%", &DesignCell::treated_exposure, 100},
        Look{"Bias as a forecast of full launch", "posts per creator: less what boosting everybody does",
             "posts", &DesignCell::launch_bias, 1}}) {
    panels.push_back(panel_of(study, look));
  }
  return {
      {"kind", "panels"},
      {"title", "What an experiment would have said"},
      {"note",
       "Each design at each share treated, over replications with assignments and futures of their own; "
       "bands are "
       "95% intervals of their means. Truth: forks of the platform on the same coins, with and without the "
       "boost."},
      {"panels", panels}};
}

Json cell_of(const Interval& interval, double factor, const char* unit) {
  return cell_json(
      fmt::format("{}{}", signed_words(factor * interval.mean), unit),
      signed_range_words({factor * interval.mean, factor * interval.low, factor * interval.high}));
}

Json designs_table(const ExperimentStudy& study) {
  const auto designs = designs_of(study);
  Json rows = Json::array();
  for (const DesignCell& cell : study.cells) {
    const auto series = std::ranges::find(designs, cell.design) - designs.begin();
    rows.push_back({{"series", series},
                    {"cells",
                     {cell_json(fmt::format("{:g}%", 100 * cell.share)), cell_of(cell.effect, 1, ""),
                      cell_of(cell.bias, 1, ""), cell_json(fmt::format("{:.0f}%", 100 * cell.coverage)),
                      cell_of(cell.treated_exposure, 100, "%"), cell_of(cell.control_exposure, 100, "%"),
                      cell_of(cell.control_posts, 100, "%")}}});
  }
  return {
      {"kind", "table"},
      {"title", "The designs in numbers"},
      {"note",
       fmt::format("True effect of boosting one creator: {} posts on average, {} between creators (standard "
                   "deviation). Of boosting everybody: {}.",
                   signed_words(study.truth.mean), number_words(study.truth.deviation),
                   signed_words(study.truth.launch_effect))},
      {"columns",
       {{{"title", "Design"}, {"help", ""}},
        {{"title", "Treated"}, {"help", "as planned"}},
        {{"title", "Effect found"}, {"help", "posts"}},
        {{"title", "Bias"}, {"help", "posts"}},
        {{"title", "Coverage"}, {"help", "of 95% intervals"}},
        {{"title", "Dose"}, {"help", "exposure of treated"}},
        {{"title", "Contamination"}, {"help", "exposure of controls"}},
        {{"title", "Posts of controls"}, {"help", "change"}}}},
      {"rows", rows}};
}

Json score_block(const ExperimentStudy& study) {
  const LearnedScore& score = study.score;
  const auto row = [](const char* name, double value, const std::string& beside) {
    return Json{{"name", name}, {"cells", {cell_json(number_words(value)), cell_json(beside)}}};
  };
  return {
      {"kind", "table"},
      {"title", "What the score knows of the truth"},
      {"note",
       "On creators that the learner has not seen. It saw the experiment's logs alone; the truth is the "
       "forks'."},
      {"columns",
       {{{"title", ""}, {"help", ""}},
        {{"title", "Score"}, {"help", ""}},
        {{"title", "Beside it"}, {"help", ""}}}},
      {"rows",
       {row("Rank correlation with the true effect (Spearman)", score.spearman, "1 at best"),
        row("AUTOC by true effects", score.autoc, fmt::format("{} at best", number_words(score.best_autoc))),
        row("Root PEHE, posts", score.root_pehe,
            fmt::format("{} for one number for all; {} once shrunk", number_words(score.constant_root_pehe),
                        number_words(score.calibrated_root_pehe))),
        row("Slope of true effect on score", score.slope, "1 at best"),
        row("AUTOC as the platform itself sees it", score.evaluation.targeting.autoc.mean,
            fmt::format("{}; verdict {}", p_words(score.evaluation.targeting.autoc.p),
                        verdict_name(score.evaluation.decision.verdict)))}}};
}

Json deployment_block(const ExperimentStudy& study) {
  Json names = Json::array(), clicks = Json::array(), posts = Json::array();
  for (const DeployedBoost& boost : study.boosts) {
    if (boost.name == "none") continue;
    names.push_back(boost.uses_truth ? boost.name + " (truth)" : boost.name);
    const auto add = [](Json& to, const Interval& change) {
      to.push_back(whisker_json(100 * change.mean, 100 * change.low, 100 * change.high));
    };
    add(clicks, boost.clicks_against_none);
    add(posts, boost.posts_against_none);
  }
  if (names.empty()) return nullptr;
  const auto plot = [&](const char* title, const Json& values) {
    return Json{{"title", title},
                {"note", ""},
                {"category_title", "boost by"},
                {"categories", names},
                {"bars", {{{"series", designs_of(study).size()}, {"values", values}}}}};
  };
  return {
      {"kind", "bars"},
      {"title", "What boosting by the score really did"},
      {"note",
       fmt::format(
           "Change over the next {} rounds against no boost, in percent, on forks of the platform paired by "
           "future, with 95% intervals. `placebo` has the same factors, dealt to creators at random.",
           study.experiment.deployment_rounds)},
      {"value_title", "% against no boost"},
      {"across", false},
      {"plots", {plot("Clicks per round", clicks), plot("Posts per round", posts)}}};
}

const DeployedBoost* find_boost(const ExperimentStudy& study, std::string_view name) {
  const auto found = std::ranges::find(study.boosts, name, &DeployedBoost::name);
  return found == study.boosts.end() ? nullptr : &*found;
}

std::string headline_of(const ExperimentStudy& study) {
  const DeployedBoost* boost = find_boost(study, "score");
  if (boost == nullptr) return "What an experiment on creators would have said, beside the truth";
  const auto words = [](const Interval& change) {
    return fmt::format("{}% ({})", signed_words(100 * change.mean),
                       signed_range_words({0, 100 * change.low, 100 * change.high}));
  };
  return fmt::format("Boosting by the learned score: posts {}, clicks {} against no boost",
                     words(boost->posts_against_none), words(boost->clicks_against_none));
}

std::vector<std::string> lead_of(const ExperimentStudy& study) {
  const DeployedBoost* boost = find_boost(study, "score");
  if (boost == nullptr) return {};
  const auto words = [](const Interval& change) {
    return fmt::format("{}% ({})", signed_words(100 * change.mean),
                       signed_range_words({0, 100 * change.low, 100 * change.high}));
  };
  return {fmt::format("Against a placebo boost of the same size: posts {}, clicks {}.",
                      words(boost->posts_against_placebo), words(boost->clicks_against_placebo))};
}

}  // namespace

std::string render_experiment_study_report(const ExperimentStudy& study) {
  Frame frame{
      .title = fmt::format("study experiment: {} world, {} setting", study.world, study.setting),
      .headline = headline_of(study),
      .warnings = {},
      .lead = lead_of(study),
      .facts = {{"world", study.world},
                {"setting", study.setting},
                {"ranker", study.recommender},
                {"users", whole_words(study.users)},
                {"creators", whole_words(study.creators)},
                {"rounds of an experiment", whole_words(static_cast<std::uint64_t>(study.rounds))},
                {"seed", fmt::format("{}", study.seed)},
                {"result", study.result_hash}},
      .series = {},
      .footer =
          "A simulated platform, not a real one. Beside this page: `summary.json`, `replications.parquet`, "
          "`effects.parquet`, `deployment.parquet`, `config.toml`."};
  for (const Design design : designs_of(study))
    frame.series.push_back({name_of(design), frame.series.size() + 1});
  return render_frame(
      frame, {deployment_block(study), designs_block(study), designs_table(study), score_block(study)});
}

}  // namespace perennial
