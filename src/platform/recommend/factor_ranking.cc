#include "platform/recommend/factor_ranking.h"

#include <Eigen/Core>
#include <limits>

#include "platform/recommend/top_items.h"

namespace perennial {
namespace {

// A tile of scores, 64 x 1920 floats = 480 KiB, stays in a core's second-level cache. Eigen's product kernel
// works on 3 packets x 4 columns and treats what is left over differently, in the last bit: tiles are
// therefore padded to multiples of these, so that a score does not depend on its place. 48 suits packets of
// 4, 8 and 16 floats.
constexpr std::size_t block_of_users = 64;
constexpr std::size_t multiple_of_users = 8;
constexpr std::size_t multiple_of_candidates = 48;
constexpr std::size_t tile_of_candidates = 40 * multiple_of_candidates;

constexpr std::size_t rounded_up(std::size_t n, std::size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

/// The candidates' vectors as columns, their biases beside them; padded with candidates that are never shown.
struct CandidateFactors {
  Eigen::MatrixXf vectors;  // dimensions x padded candidates
  Eigen::VectorXf biases;

  CandidateFactors(const FactorModel& model, const RankRequest& request) {
    const auto dimensions = static_cast<Eigen::Index>(model.dimensions());
    const std::size_t count = request.candidates.size();
    const auto columns = static_cast<Eigen::Index>(rounded_up(count, multiple_of_candidates));
    vectors = Eigen::MatrixXf::Zero(dimensions, columns);
    biases = Eigen::VectorXf::Constant(columns, -std::numeric_limits<float>::infinity());
    request.workers.for_blocks(count, 512, [&](std::size_t begin, std::size_t end) {
      std::vector<float> vector(model.stride());
      for (std::size_t i = begin; i < end; ++i) {
        const ItemId item = request.candidates[i];
        model.item_vector({0, item, request.items.creator[item], request.items.genre[item]}, vector.data());
        const auto column = static_cast<Eigen::Index>(i);
        vectors.col(column) = Eigen::Map<const Eigen::VectorXf>(vector.data(), dimensions);
        biases[column] = vector[model.dimensions()];
      }
    });
  }
};

/// Ranks the users of one block.
class BlockRanking {
 public:
  BlockRanking(const FactorModel& model, const RankRequest& request, const CandidateIndex& index,
               std::size_t begin, std::size_t end)
      : model_(model),
        request_(request),
        index_(index),
        begin_(begin),
        rows_(end - begin),
        users_(Eigen::MatrixXf::Zero(static_cast<Eigen::Index>(model.dimensions()),
                                     static_cast<Eigen::Index>(rounded_up(rows_, multiple_of_users)))) {
    top_.reserve(rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
      const UserId user = request.users[begin + r];
      users_.col(static_cast<Eigen::Index>(r)) =
          Eigen::Map<const Eigen::VectorXf>(model.user_vector(user), users_.rows());
      top_.emplace_back(index, request.depth);
      for (const ItemId item : request.shown.row(user)) {
        const std::size_t position = index.position_of(item);
        if (position != CandidateIndex::npos) shown_.push_back(position);
      }
      shown_end_.push_back(shown_.size());
    }
  }

  void rank(const CandidateFactors& candidates, Slates& best) {
    for (std::size_t first = 0; first < index_.size(); first += tile_of_candidates)
      rank_tile(candidates, first);
    for (std::size_t r = 0; r < rows_; ++r) {
      const float user_bias = model_.user_vector(request_.users[begin_ + r])[model_.dimensions()];
      top_[r].write(best.row(begin_ + r), best.row_scores(begin_ + r), model_.base() + user_bias);
    }
  }

 private:
  void rank_tile(const CandidateFactors& candidates, std::size_t first) {
    const auto start = static_cast<Eigen::Index>(first);
    const auto size =
        std::min(static_cast<Eigen::Index>(tile_of_candidates), candidates.biases.size() - start);
    scores_.resize(size, users_.cols());
    scores_.colwise() = candidates.biases.segment(start, size);
    scores_.noalias() += candidates.vectors.middleCols(start, size).transpose() * users_;
    for (std::size_t r = 0; r < rows_; ++r) {
      float* const column = scores_.col(static_cast<Eigen::Index>(r)).data();
      const auto length = static_cast<std::size_t>(size);
      for (std::size_t i = r == 0 ? 0 : shown_end_[r - 1]; i < shown_end_[r]; ++i) {
        const std::size_t position = shown_[i];
        if (position - first < length) column[position - first] = -std::numeric_limits<float>::infinity();
      }
      top_[r].offer({column, length}, first);
    }
  }

  const FactorModel& model_;
  const RankRequest& request_;
  const CandidateIndex& index_;
  std::size_t begin_;
  std::size_t rows_;
  Eigen::MatrixXf users_;   // dimensions x padded rows
  Eigen::MatrixXf scores_;  // candidates of a tile x padded rows
  std::vector<TopItems> top_;
  std::vector<std::size_t> shown_;      // positions of candidates not to be shown, row after row
  std::vector<std::size_t> shown_end_;  // where each row of shown_ ends
};

}  // namespace

void rank_by_factors(FactorModel& model, const RankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  model.grow(request.items);
  const CandidateIndex index(request);
  const CandidateFactors candidates(model, request);
  request.workers.for_blocks(request.users.size(), block_of_users, [&](std::size_t begin, std::size_t end) {
    BlockRanking(model, request, index, begin, end).rank(candidates, best);
  });
}

}  // namespace perennial
