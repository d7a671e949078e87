#include "llm/secret.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <type_traits>

namespace perennial {
namespace {

template <class T>
concept Printable = requires(std::ostream& stream, const T& value) {
  stream << value;
};

TEST(Secret, CannotBePrintedOrTakenForText) {
  static_assert(!Printable<Secret>);
  static_assert(!std::is_convertible_v<Secret, std::string>);
  static_assert(!std::is_convertible_v<std::string, Secret>);
  EXPECT_TRUE(Secret().empty());
}

TEST(Redact, TakesOutTheKeyWhereverItStands) {
  const Secret key("sk-abcdef0123456789");
  EXPECT_EQ(redact("no sk-abcdef0123456789, and again sk-abcdef0123456789", key),
            "no (key), and again (key)");
  EXPECT_EQ(redact("nothing to hide", key), "nothing to hide");
}

TEST(Redact, TakesOutWhatACutTextLeavesOfTheKey) {
  const Secret key("sk-abcdef0123456789");
  EXPECT_EQ(redact("Incorrect key: sk-abcdef01", key), "Incorrect key: (key)");
  EXPECT_EQ(redact("..f0123456789 is no key", key), "..(key) is no key");
  EXPECT_EQ(redact("sk-abc and 789 tell nothing", key), "sk-abc and 789 tell nothing");
}

TEST(Redact, TakesOutAShortKeyWhole) {
  EXPECT_EQ(redact("key 'abc' refused", Secret("abc")), "key '(key)' refused");
  EXPECT_EQ(redact("ab", Secret("abc")), "ab");
}

TEST(Redact, LeavesAllWhenThereIsNoKey) {
  EXPECT_EQ(redact("as it is", Secret()), "as it is");
  EXPECT_EQ(redact("", Secret("abc")), "");
}

}  // namespace
}  // namespace perennial
