#include "platform/suggest/lore_critic.h"

namespace perennial {

LoreCritic::LoreCritic(std::size_t creators, std::size_t genres, std::vector<std::size_t> hidden)
    : genres_(genres) {
  hidden.insert(hidden.begin(), lore_inputs(creators, genres));
  hidden.push_back(1);
  net_ = Mlp(std::move(hidden));
}

std::vector<double> LoreCritic::values(const LoreTrajectory& trajectory) const {
  Mlp::Layers layers;
  const Matrix& v = net_.forward(lore_inputs_of(trajectory.rounds, &trajectory.after, genres_), layers);
  return {v.data(), v.data() + v.size()};
}

void LoreCritic::improve(std::span<const LoreTrajectory* const> trajectories, double gamma,
                         std::int64_t epochs, const Adam& adam) {
  std::vector<Matrix> inputs;
  double rounds = 0;
  for (const LoreTrajectory* trajectory : trajectories) {
    inputs.push_back(lore_inputs_of(trajectory->rounds, &trajectory->after, genres_));
    rounds += static_cast<double>(trajectory->rounds.size());
  }
  Mlp::Layers layers;
  Mlp::Weights gradient(static_cast<Eigen::Index>(net_.weight_count()));
  for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
    gradient.setZero();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const Matrix& v = net_.forward(inputs[k], layers);
      Matrix slope = Matrix::Zero(v.rows(), 1);
      for (Eigen::Index t = 0; t + 1 < v.rows(); ++t) {
        const double reward = trajectories[k]->rounds[static_cast<std::size_t>(t)].reward;
        const double error = reward + gamma * double{v(t + 1, 0)} - double{v(t, 0)};
        slope(t, 0) = static_cast<float>(-2 * error / rounds);
      }
      net_.backward(inputs[k], layers, slope, gradient);
    }
    net_.step(gradient, adam);
  }
}

}  // namespace perennial
