#include "cli/llm_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "base/error.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The flags as a command has them, parsed from one line.
struct Parsed {
  CLI::App app;
  LlmFlags flags;

  explicit Parsed(const std::string& arguments) {
    flags.add_to(app);
    app.parse(arguments);
  }
};

std::string refusal(const std::string& arguments) {
  try {
    Parsed(arguments).flags.language_model();
  } catch (const CLI::ParseError& error) {
    return error.what();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(LlmFlags, DescribeAnEndpoint) {
  const Parsed parsed(
      "--llm-url http://localhost:8080/v1 --llm-in-flight 8 --llm-timeout 2.5 --llm-retries 0 "
      "--llm-price-prompt 0.5 "
      "--llm-budget-tokens 1000000 --llm-cache off");
  const auto endpoint = parsed.flags.endpoint_with_key();
  EXPECT_EQ(endpoint.base_url, "http://localhost:8080/v1");
  EXPECT_EQ(endpoint.requests_in_flight, 8);
  EXPECT_EQ(endpoint.requests_in_flight_per_host, 8);
  EXPECT_EQ(endpoint.timeout_s, 2.5);
  EXPECT_EQ(endpoint.retries, 0);
  EXPECT_EQ(endpoint.price_per_million_prompt_tokens, 0.5);
  EXPECT_EQ(endpoint.budget_tokens, 1'000'000);
  EXPECT_NE(parsed.flags.language_model(), nullptr);
}

TEST(LlmFlags, AskNobodyUnlessAnEndpointOrACacheAloneIsNamed) {
  EXPECT_EQ(Parsed("").flags.language_model(), nullptr);
  EXPECT_EQ(Parsed("--llm-cache read").flags.language_model(), nullptr);
}

TEST(LlmFlags, MakeTheCachesFolderAndReadFromItLater) {
  const TemporaryFolder folder;
  const auto file = (folder.path() / "new" / "answers.sqlite").string();
  EXPECT_NE(Parsed("--llm-url http://localhost:1/v1 --llm-cache-file " + file).flags.language_model(),
            nullptr);
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_NE(Parsed("--llm-cache only --llm-cache-file " + file).flags.language_model(), nullptr);
  EXPECT_THAT(refusal("--llm-cache only --llm-cache-file " + file + ".other"),
              HasSubstr("answers.sqlite.other"));
}

TEST(LlmFlags, TakeTheKeyFromTheVariableThatIsNamed) {
  ::setenv("PERENNIAL_TEST_KEY", "sesame-0123456789", 1);
  EXPECT_EQ(Parsed("--llm-key-variable PERENNIAL_TEST_KEY").flags.endpoint_with_key().key.reveal(),
            "sesame-0123456789");
  ::setenv("PERENNIAL_TEST_KEY", "sesame\n0123456789", 1);
  const auto broken = refusal("--llm-url http://localhost:1/v1 --llm-key-variable PERENNIAL_TEST_KEY");
  EXPECT_THAT(broken, HasSubstr("line break"));
  EXPECT_THAT(broken, Not(HasSubstr("sesame")));
  ::unsetenv("PERENNIAL_TEST_KEY");
  EXPECT_THAT(refusal("--llm-url http://localhost:1/v1 --llm-key-variable PERENNIAL_TEST_KEY"),
              HasSubstr("--llm-key-variable PERENNIAL_TEST_KEY: the environment holds no such variable"));
}

TEST(LlmFlags, SayWhatIsOutOfRange) {
  EXPECT_THAT(refusal("--llm-in-flight 0"), HasSubstr("must lie between 1 and 4096"));
  EXPECT_THAT(refusal("--llm-timeout nan"), HasSubstr("must be a finite number"));
  EXPECT_THAT(refusal("--llm-price-prompt -1"), HasSubstr("must be at least 0"));
  EXPECT_THAT(refusal("--llm-cache sometimes"), HasSubstr("sometimes"));
  EXPECT_THAT(refusal("--llm-url localhost:8080"), HasSubstr("is no http:// or https:// address"));
  EXPECT_THAT(refusal("--llm-url http://localhost:1/v1 --llm-budget-cost 5"), HasSubstr("needs the prices"));
}

}  // namespace
}  // namespace perennial
