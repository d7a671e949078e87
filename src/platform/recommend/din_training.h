#pragma once

#include "platform/recommend/din_model.h"
#include "platform/recommend/example_training.h"

namespace perennial {

/// Which rows of a platform a DIN learns from, and with what.
struct DinExamples {
  const InteractionRows& rows;
  const ClickHistories& histories;  ///< of all rows
  std::size_t first_row = 0;        ///< rows from here on
  std::size_t history = 20;         ///< clicks attended to, at most
};

/// Makes `block` be about these rows of `examples`. Deterministic.
void fill_block(const DinExamples& examples, std::span<const std::uint32_t> rows, const DinModel& model,
                DinBlock& block);

/// Trains the model to tell clicks from skips: binary cross-entropy on logits, as train(Learner&, ..) does, with Adam. A
/// batch's slopes are summed over blocks of 512 rows in order: same bytes at any number of threads.
TrainingReport train(DinModel& model, const DinExamples& examples, const TrainingSettings& settings,
                     double dropout, const Draws& draws, Workers& workers);

}  // namespace perennial
