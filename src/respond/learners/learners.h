#pragma once

#include <memory>

#include "respond/learners/learned_response.h"
#include "respond/learners/learner_options.h"
#include "respond/learners/training_data.h"

namespace perennial {

/// Fits the learner of that name: nuisance models, an effect rule and a final model (recipes.h). The result is a
/// function of data and options, whatever the threads.
///
/// Throws Error(invalid_argument) for a name that is none, Error(invalid_data) where an arm has fewer than 50 creators
/// or the outcome is one and the same for all, Error(interrupted) when the user asks to stop (base/interrupt.h).
std::unique_ptr<LearnedResponse> fit_response_model(const TrainingData& data, const LearnerOptions& options,
                                                    const FitProgress& progress = {});

}  // namespace perennial
