#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/progress.h"
#include "cli/commands.h"
#include "cli/field_flags.h"
#include "cli/llm_check_output.h"
#include "cli/llm_flags.h"

namespace perennial {
namespace {

struct CheckFlags {
  LlmFlags llm;
  std::string model;
  std::int64_t questions = 0;
  StudyShape shape;
  bool json = false;
};

void run_check(const CheckFlags& flags) {
  if (flags.llm.endpoint.base_url.empty() || flags.model.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "llm check: give --llm-url URL and --llm-model NAME, as in --llm-url "
                "http://localhost:8080/v1 --llm-model "
                "llama-3-8b");
  }
  const auto endpoint = checked(flags.llm.endpoint_with_key());
  const auto questions =
      static_cast<std::size_t>(flags.questions > 0 ? flags.questions : 2 * endpoint.requests_in_flight);
  EndpointChat chat(endpoint);
  Progress progress("llm check", questions * all_question_kinds.size(), progress_style(stderr),
                    progress_sink(stderr));
  const auto check = check_endpoint(chat, endpoint, flags.model, static_cast<std::size_t>(flags.shape.slate),
                                    questions, [&] { progress.advance(); });
  progress.finish();
  fmt::print("{}", flags.json ? check_json(check, endpoint, flags.model, flags.shape)
                              : check_text(check, endpoint, flags.model, flags.shape));
}

void add_check(CLI::App& llm) {
  auto* command = llm.add_subcommand(
      "check",
      "Tests an endpoint before a run starts: what it can do, how fast, and what a study would cost");
  const auto flags = std::make_shared<CheckFlags>();
  flags->llm.add_endpoint_to(*command);
  command->add_option("--llm-model", flags->model, "the model that is asked, as the endpoint names it");
  command
      ->add_option("--questions", flags->questions, "questions of each kind (default: twice --llm-in-flight)")
      ->check(CLI::Range(1, 1'000'000));
  const auto shape = flags->shape.fields();
  for (const auto& field : shape.all()) add_field_flag(*command, "--" + field.name, field);
  command->add_flag("--json", flags->json, "print JSON");
  command->footer(
      "\nExamples:\n"
      "  perennial llm check --llm-url http://localhost:8080/v1 --llm-model llama-3-8b\n"
      "  perennial llm check --llm-url https://api.example.com/v1 --llm-model small --llm-price-prompt 0.15 "
      "--llm-price-completion 0.6 --users 1000 --seeds 5\n");
  command->callback([flags] { run_check(*flags); });
}

}  // namespace

void add_llm_command(CLI::App& app) {
  auto* command =
      app.add_subcommand("llm", "Language models that play users and creators: check an endpoint");
  command->require_subcommand(1);
  add_check(*command);
}

}  // namespace perennial
