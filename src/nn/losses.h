#pragma once

#include <span>

namespace perennial {

/// log(1 + e^x) without overflow.
double softplus(double x);
/// 1 / (1 + e^-x) without overflow.
double sigmoid(double x);

/// Binary cross-entropy of `labels` (0 or 1) under `logits`, which are no probabilities: the sigmoid is in
/// here. Returns the mean over the batch and writes its derivative by each logit to `slope`. All of one
/// length, >= 1.
double bce_on_logits(std::span<const float> logits, std::span<const float> labels, std::span<float> slope);

/// Bayesian personalised ranking (Rendle et al., UAI 2009): -log sigmoid(s_preferred - s_other). `scores`
/// holds pairs, the preferred one first. Returns the mean over pairs and writes its derivative by each score
/// to `slope`.
double bpr(std::span<const float> scores, std::span<float> slope);

}  // namespace perennial
