#include "platform/suggest/hidden_layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(const std::string& hidden, std::size_t creators, std::size_t inputs = 100) {
  try {
    hidden_layers(hidden, creators, inputs, 80);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return error.what();
  }
  return "";
}

TEST(HiddenLayers, AreWidthsOrMultiplesOfTheInputs) {
  EXPECT_THAT(hidden_layers("256,128", 1000, 17'000, 16'000), ElementsAre(256, 128));
  EXPECT_THAT(hidden_layers("2x,4x,2x", 50, 850, 800), ElementsAre(1700, 3400, 1700));
  EXPECT_THAT(hidden_layers("2x,64", 50, 850, 800), ElementsAre(1700, 64));
}

TEST(HiddenLayers, AsMultiplesAreRefusedBeyondTwoHundredCreatorsWithAWayOut) {
  EXPECT_EQ(refusal("2x,4x,2x", 200), "");
  EXPECT_THAT(refusal("2x,4x,2x", 201), AllOf(HasSubstr("at most 200 creators, here are 201"),
                                              HasSubstr("13 million at 50, 5.7 billion at 1,000"),
                                              HasSubstr("set hidden = \"256,256\"")));
}

TEST(HiddenLayers, ThatWouldFillTheMemoryAreRefused) {
  EXPECT_THAT(refusal("100000,100000", 10), HasSubstr("1e+10 weights"));
  EXPECT_THAT(refusal("4x,4x", 200, 10'400), HasSubstr("weights"));
}

TEST(HiddenLayers, OfAnyOtherFormAreRefused) {
  for (const char* hidden :
       {"", "256,", ",256", "x", "0", "0x", "-1", "2.5x", "256;256", "wide", "99999999999999999999"})
    EXPECT_THAT(refusal(hidden, 10), HasSubstr("as in \"256,256\"")) << hidden;
}

}  // namespace
}  // namespace perennial
