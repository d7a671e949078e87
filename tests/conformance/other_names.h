#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "base/random.h"

// Ids are names, and names say nothing: whoever is called otherwise fares alike. A method that draws addresses its coins by
// ids, so under other ids it draws others: then names may move what it does, but only as another seed does.

namespace perennial {

/// Everything called what it is.
template <class Id>
std::vector<Id> own_names(std::size_t count) {
  std::vector<Id> names(count);
  std::iota(names.begin(), names.end(), Id{0});
  return names;
}

/// Other names for `count` >= 2 things: thing i is called names[i], never i. Each bears the name of the next in a circle in
/// which they stand in random order, another in every lane.
template <class Id>
std::vector<Id> other_names(std::size_t count, std::uint32_t lane) {
  auto circle = own_names<Id>(count);
  const Draws draws(2000, Purpose::world);
  std::ranges::sort(circle, {}, [&](Id name) { return draws.uniform(name, 0, lane); });
  std::vector<Id> names(count);
  for (std::size_t i = 0; i < count; ++i) names[circle[i]] = circle[(i + 1) % count];
  return names;
}

/// Which thing is called i.
template <class Id>
std::vector<Id> things_called(const std::vector<Id>& names) {
  std::vector<Id> things(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) things[names[i]] = static_cast<Id>(i);
  return things;
}

/// What a method did in one run, in numbers about things told apart by what they are and not by what they are called: a table
/// whose last axis runs fastest.
using Deed = std::vector<double>;

/// Runs by different seeds, half of them under other names.
struct NamedRuns {
  std::vector<Deed> plain, renamed;

  /// `play(names, seed)` runs the method. `count` runs of each, at least 6: more find less.
  template <class Names, class Play>
  static NamedRuns of(std::uint64_t count, const Names& plain, const Names& renamed, Play play) {
    NamedRuns runs;
    for (std::uint64_t run = 0; run < count; ++run) {
      runs.plain.push_back(play(plain, 2000 + run));
      runs.renamed.push_back(play(renamed, 3000 + run));
    }
    return runs;
  }
};

/// A deed summed over all axes but the last ones, which hold `size` numbers: what is small in each round may be large in all.
inline Deed summed(const Deed& deed, std::size_t size) {
  Deed sums(size);
  for (std::size_t i = 0; i < deed.size(); ++i) sums[i % size] += deed[i];
  return sums;
}

/// Squared distance between the sums of two groups of runs: those whose place in `order` is in its first half, and the rest.
inline double apart(const std::vector<Deed>& runs, const std::vector<std::size_t>& order) {
  Deed difference(runs.front().size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    const Deed& deed = runs[order[place]];
    const double sign = place < order.size() / 2 ? 1 : -1;
    for (std::size_t i = 0; i < deed.size(); ++i) difference[i] += sign * deed[i];
  }
  double squares = 0;
  for (const double x : difference) squares += x * x;
  return squares;
}

/// What no seed moves is moved by no names, either. Of the rest, permutation tests, one for each size that deeds are summed
/// to: the runs under other names must not differ from the plain ones by more than the halves of 999 random partitions of all
/// runs differ from each other. Each gives a false alarm in a thousand changes of how a method draws; seeds are fixed, so
/// never by chance.
inline void expect_names_to_say_nothing(const NamedRuns& runs, const std::vector<std::size_t>& sizes) {
  if (std::ranges::all_of(runs.plain, [&](const Deed& deed) { return deed == runs.plain.front(); })) {
    for (const Deed& deed : runs.renamed) EXPECT_EQ(deed, runs.plain.front()) << "other names move it";
    return;
  }
  for (const std::size_t size : sizes) {
    std::vector<Deed> all;
    for (const Deed& deed : runs.plain) all.push_back(summed(deed, size));
    for (const Deed& deed : runs.renamed) all.push_back(summed(deed, size));
    const auto by_name = own_names<std::size_t>(all.size());
    double most = 0;
    for (std::uint32_t partition = 0; partition < 999; ++partition) {
      auto order = by_name;
      const Draws draws(2000, Purpose::world, partition);
      std::ranges::sort(order, {}, [&](auto run) { return draws.uniform(static_cast<std::uint32_t>(run)); });
      most = std::max(most, apart(all, order));
    }
    EXPECT_LE(apart(all, by_name), most * (1 + 1e-9))
        << "other names move it further than other seeds do, summed to " << size;
  }
}

}  // namespace perennial
