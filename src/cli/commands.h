#pragma once

#include <CLI/App.hpp>

namespace perennial {

/// Each adds one command, whose callback does the work and throws Error.
void add_compare_command(CLI::App& app);
void add_experiment_command(CLI::App& app);
void add_diagnose_command(CLI::App& app);
void add_simulate_command(CLI::App& app);
void add_fork_command(CLI::App& app);
void add_suggest_command(CLI::App& app);
void add_train_command(CLI::App& app);
void add_reproduce_command(CLI::App& app);
void add_study_command(CLI::App& app);
void add_world_command(CLI::App& app);
void add_response_command(CLI::App& app);
void add_settings_command(CLI::App& app);
void add_panel_command(CLI::App& app);
void add_llm_command(CLI::App& app);

}  // namespace perennial
