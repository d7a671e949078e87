#include "simulate/options.h"

namespace perennial {

Fields ArrivalOptions::fields() {
  Fields fields;
  fields
      .text("source", source,
            "fixed: the two probabilities below for all; world: each user's and creator's own",
            {"fixed", "world"})
      .real("users", users, {0, 1}, "probability that a user arrives in a round")
      .real("creators", creators, {0, 1}, "probability that a creator creates in a round");
  return fields;
}

Fields LeavingOptions::fields() {
  Fields fields;
  fields
      .integer("after", after, {0, 1000},
               "a creator leaves for good when its last so many items drew no click; 0 = never")
      .integer("warm_up", warm_up, {0, 1000000}, "rounds in which nobody leaves");
  return fields;
}

Fields JoiningOptions::fields() {
  Fields fields;
  fields.real("per_round", per_round, {0, 1e6}, "newcomers per round on average (Poisson); 0 = nobody joins")
      .real("return_unseen", return_unseen, {0, 1},
            "probability to come back after a first item that drew no click")
      .real("return_low", return_low, {0, 1},
            "the same, lowest third among the latest items that drew clicks")
      .real("return_middle", return_middle, {0, 1}, "the same, middle third")
      .real("return_high", return_high, {0, 1}, "the same, highest third");
  return fields;
}

Fields HomesOptions::fields() {
  Fields fields;
  fields
      .text("source", source,
            "world: creators' own histories; popular: one home each, among the genres most users like",
            {"world", "popular"})
      .text("shares", shares, "popular: shares of creators at home in the most, second most, .. liked genre");
  return fields;
}

Fields PastOptions::fields() {
  Fields fields;
  fields
      .integer("clicks_per_user", clicks_per_user, {0, 10000},
               "clicks before round 1 drawn per user where the world has none")
      .integer("negatives_per_click", negatives_per_click, {0, 1000},
               "random items of the catalogue not clicked, per click");
  return fields;
}

Fields PlatformOptions::fields() {
  Fields fields;
  fields.integer("slate", slate, {1, 1000}, "items shown to a user per visit (k)")
      .integer("recency", recency, {0, 1000}, "rounds after the one it was made in that an item can be shown")
      .text("observe", observe,
            "how the platform sees that a suggestion was followed: the coin itself, or the genre matching",
            {"coin", "match"})
      .real("discount", discount, {0, 1}, "weight of the next round's clicks in discounted_value (gamma)")
      .integer("rerank_from", rerank_from, {0, 1000000},
               "the round from which on the re-ranker is heard; before it slates are the ranker's");
  return fields;
}

}  // namespace perennial
