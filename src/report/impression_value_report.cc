#include <fmt/format.h>

#include "report/page.h"
#include "report/value_frame.h"
#include "report/value_report.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json groups_block(const ImpressionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  Json rows = Json::array();
  for (const ImpressionGroup& group : values.groups) {
    rows.push_back({{"name", group.name},
                    {"cells",
                     {cell_json(whole_words(group.creators)), cell_json(number_words(group.impressions)),
                      cell_json(signed_words(group.expected_now)), value_cell(group.now, futures),
                      cell_json(signed_words(group.expected_later)), value_cell(group.later, futures),
                      value_cell(group.total, futures)}}});
  }
  return {
      {"kind", "table"},
      {"title", "What one more impression is worth"},
      {"note",
       "Clicks of the whole platform per impression added, now (in the boosted round) and later, "
       "discounted. Expected later: the value formula. Expected now: the creator's click rate less that of "
       "all impressions."},
      {"columns",
       {{{"title", "Creators"}, {"help", ""}},
        {{"title", "Number"}, {"help", ""}},
        {{"title", "Added"}, {"help", "impressions each"}},
        {{"title", "Now"}, {"help", "expected"}},
        {{"title", "Now"}, {"help", "measured"}},
        {{"title", "Later"}, {"help", "expected"}},
        {{"title", "Later"}, {"help", "measured"}},
        {{"title", "Together"}, {"help", "measured"}}}},
      {"rows", rows}};
}

Json posts_block(const ImpressionValues& values) {
  const std::uint32_t futures = values.header.settings.futures;
  Json rows = Json::array();
  for (const ImpressionGroup& group : values.groups) {
    rows.push_back(
        {{"name", group.name},
         {"cells", {cell_json(signed_words(group.expected_posts)), value_cell(group.posts, futures)}}});
  }
  return {{"kind", "table"},
          {"title", "Posts that one more impression brings"},
          {"note",
           "Later posts of the creator who was seen, per impression added, not discounted. Expected: "
           "rho / (1 - rho) x p x s. Measured: its probabilities to post, summed over the rounds after."},
          {"columns",
           {{{"title", "Creators"}, {"help", ""}},
            {{"title", "Posts"}, {"help", "expected"}},
            {{"title", "Posts"}, {"help", "measured"}}}},
          {"rows", rows}};
}

Json lines_block(const ImpressionValues& values) {
  if (!values.creators_respond) return nullptr;
  const std::uint32_t futures = values.header.settings.futures;
  const std::size_t creators = values.values.size();
  return {
      {"kind", "table"},
      {"title", "The formula creator by creator"},
      {"note",
       "Of a whole boost: what the impressions that it added should have brought, and what it brought. Slope "
       "of that on what was expected: 1 is honest, below 1 boasts. Rank correlation is held down by chance "
       "in the values; reliability says how much of their spread is not chance."},
      {"columns", line_columns("What is brought")},
      {"rows", Json::array({line_row("clicks later", values.later, creators, futures),
                            line_row("posts later", values.posts, creators, futures)})}};
}

Json chart_block(const ImpressionValues& values) {
  if (values.groups.size() < 2) return nullptr;
  Json points = Json::array();
  for (std::size_t g = 0; g + 1 < values.groups.size(); ++g) {
    const ImpressionGroup& group = values.groups[g];
    points.push_back({{"series", 0},
                      {"x", rounded(group.expected_later)},
                      {"mean", rounded(group.later.mean)},
                      {"low", rounded(group.later.low)},
                      {"high", rounded(group.later.high)}});
  }
  return {
      {"kind", "points"},
      {"title", "The formula against the forks"},
      {"note",
       "Later value of an impression, by quarters of the creators. On the dashed line the formula is right."},
      {"x_title", "expected later"},
      {"y_title", "measured later"},
      {"diagonal", true},
      {"plots", {{{"title", "Later clicks per impression"}, {"note", ""}, {"points", points}}}}};
}

Json notes_block(const ImpressionValues& values) {
  const ValueSettings& s = values.header.settings;
  return {{"kind", "notes"},
          {"title", "How this was measured"},
          {"items",
           {fmt::format("In each future one fork multiplies a creator's scores by {:g} in round {} only, "
                        "another leaves them; "
                        "both are played for {} rounds on the same coins. Value: the platform's clicks with "
                        "less without, per "
                        "impression that the creator got more.",
                        s.factor, values.header.at + 1, s.rounds),
            fmt::format(
                "Formula: gamma rho / (1 - gamma rho) x p x s x v with gamma {:g}, rho {:g} (how much of a "
                "creator's engagement is still felt a round later), p the creator's click rate, s its extra "
                "posts per "
                "click, v the clicks that one more item of its genre is expected to add.",
                s.discount, values.persistence),
            "p and v are the platform's own counts. rho and s are the simulator's truth: on a real platform "
            "an experiment on "
            "creators has to find them (`perennial experiment`, `perennial response`), so this is the "
            "formula at its best.",
            "An impression has further consequences that the formula leaves out: what the creator makes next "
            "follows what was "
            "clicked, the ranker learns, and the item is not shown to that user again."}}};
}

}  // namespace

std::string impression_value_headline(const ImpressionValues& values) {
  const ImpressionGroup& all = values.groups.back();
  const std::uint32_t futures = values.header.settings.futures;
  return fmt::format("One more impression: {} clicks now, {} later; the formula expected {} later",
                     value_words(all.now, futures), value_words(all.later, futures),
                     number_words(all.expected_later));
}

std::string render_impression_value_report(const ImpressionValues& values) {
  Frame frame = value_frame(values.header, "impressions");
  frame.headline = impression_value_headline(values);
  if (!values.creators_respond)
    frame.warnings.emplace_back(
        "Creators of this platform do not respond to being seen (`response.sensitivity_mean` = 0), so an "
        "impression has "
        "no later value through more posts, and the formula says 0. Settings such as `responsive` have "
        "creators who do.");
  frame.series = {{"creators", 1}};
  return render_frame(frame, {groups_block(values), chart_block(values), posts_block(values),
                              lines_block(values), notes_block(values)});
}

}  // namespace perennial
