// A panel from 50,000,000 events of 90 days: 40 M impressions, 6 M likes, 2 M posts, 1.5 M comments, .5 M follows of 200,000
// creators, few of whom have most, in Parquet files. They are generated once, into perennial-panel-events in the folder for
// temporary files (1 GB, half a minute); the peak of memory is that of a run which finds them there.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <filesystem>

#include "io/duckdb.h"
#include "io/table_source.h"
#include "respond/panel/panel.h"

namespace perennial {
namespace {

/// `rows` events in order of time; creator and user by hashes of the row, cubed for the creators' unevenness.
void write_events(const std::filesystem::path& folder, const std::string& name, std::int64_t rows) {
  const auto uniform = [](int what) {
    return fmt::format("(hash(i * 8 + {}) / 18446744073709551616.0::DOUBLE)", what);
  };
  const auto path = folder / (name + ".parquet"), part = folder / (name + ".part");
  Duckdb().execute(fmt::format(
      "COPY (SELECT CAST(floor(200000 * power({}, 3)) AS BIGINT) AS creator_id, CAST(floor(2000000 * {}) AS "
      "BIGINT) "
      "AS user_id, TIMESTAMP '2025-12-15' + to_microseconds(CAST(i * {} AS BIGINT)) AS created_at "
      "FROM range({}) AS r (i)) TO {} (FORMAT parquet)",
      uniform(0), uniform(1), 90 * 86400 * std::int64_t{1000000} / rows, rows, sql_string(part.string())));
  std::filesystem::rename(part, path);
}

std::filesystem::path events() {
  const auto folder = std::filesystem::temp_directory_path() / "perennial-panel-events";
  std::filesystem::create_directories(folder);
  for (const auto& [name, rows] :
       {std::pair{"impressions", 40000000}, std::pair{"likes", 6000000}, std::pair{"posts", 2000000},
        std::pair{"comments", 1500000}, std::pair{"follows", 500000}}) {
    if (!std::filesystem::exists(folder / (std::string(name) + ".parquet"))) write_events(folder, name, rows);
  }
  return folder;
}

void panel_of_fifty_million_events(benchmark::State& state) {
  const auto folder = events();
  for (auto _ : state) {
    PanelSpec spec;
    spec.start = "2026-03-01";
    spec.end = "2026-03-15";
    const auto source = open_table_source(folder.string());
    const auto panel = make_panel(*source, spec);
    state.counters["creators"] = static_cast<double>(panel.table.rows());
    state.counters["columns"] = static_cast<double>(panel.table.columns.size());
  }
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  state.counters["peak_memory_mb"] = static_cast<double>(used.ru_maxrss) / 1024;
}
BENCHMARK(panel_of_fifty_million_events)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

}  // namespace
}  // namespace perennial
