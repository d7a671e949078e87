#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace perennial {

/// A fixed team of threads that shares out index ranges. Results must not depend on who does what: a task writes only
/// to the rows it was given, and sums over tasks are taken in index order (see ordered_sum).
class Workers {
 public:
  /// `threads` >= 1 counts the caller too; 1 starts no thread.
  explicit Workers(std::size_t threads = 1);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  std::size_t threads() const;

  /// Calls task(begin, end) for the blocks [0, block), [block, 2 block), .. of [0, count). Returns when all are done;
  /// rethrows the exception of the lowest failing block. Calls from inside a task run in the calling thread.
  void for_blocks(std::size_t count, std::size_t block,
                  const std::function<void(std::size_t begin, std::size_t end)>& task);

 private:
  struct Team;
  std::unique_ptr<Team> team_;
};

/// Sum of term(i), i < count, by blocks of 4,096 in index order: the same bits at any number of threads.
double ordered_sum(Workers& workers, std::size_t count, const std::function<double(std::size_t)>& term);

}  // namespace perennial
