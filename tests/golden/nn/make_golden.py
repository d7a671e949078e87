#!/usr/bin/env python3
"""Writes clipped_surrogate.json: what PyTorch computes, in double precision, for one small policy network.

Made with Debian's python3-torch 1.13.1 (it calls itself 1.13.0a0). Only this script needs PyTorch; the tests read what it wrote.

    /usr/bin/python3 tests/golden/nn/make_golden.py > tests/golden/nn/clipped_surrogate.json

The network 5-8-8-1 (ReLU) gives every (decision, option) a logit; the four options of a decision share a softmax. The
loss to be minimised is PPO's clipped surrogate with entropy, a mean over decisions:

    -min(ratio A, clip(ratio, 1 - c, 1 + c) A) - b entropy,   ratio = p[chosen] / p_old[chosen]

Weights are listed layer by layer, W (inputs x outputs, by rows) before b: PyTorch's weight is W transposed. All given
numbers are multiples of 1/1024 or 1/64, exact in single and double precision.
"""

import json
import random

import torch

WIDTHS = [5, 8, 8, 1]
DECISIONS, OPTIONS = 6, 4
CLIP, ENTROPY = 0.2, 0.01
# An epsilon far above single precision's noise: the output bias has gradient 0, since softmax ignores a common shift.
RATE, EPSILON, STEPS = 0.01, 1e-4, 3

random.seed(20)
torch.set_default_dtype(torch.float64)


def drawn(count, reach, grain=1024):
    return [random.randint(round(-reach * grain), round(reach * grain)) / grain for _ in range(count)]


def flat(matrices):
    return [x for w, b in matrices for x in w.t().reshape(-1).tolist() + b.tolist()]


def rounded(numbers):
    return [float(f"{x:.10g}") for x in numbers]


layers = [torch.nn.Linear(i, o) for i, o in zip(WIDTHS, WIDTHS[1:])]
for layer in layers:
    reach = (6 / (layer.in_features + layer.out_features)) ** 0.5
    layer.weight.data = torch.tensor(drawn(layer.weight.numel(), reach)).reshape(layer.weight.shape)
    layer.bias.data = torch.tensor(drawn(layer.out_features, 0.25))
inputs = torch.tensor(drawn(DECISIONS * OPTIONS * WIDTHS[0], 2, 64)).reshape(-1, WIDTHS[0]).requires_grad_()
chosen = torch.tensor([random.randrange(OPTIONS) for _ in range(DECISIONS)])
advantage = torch.tensor([1.5, -0.75, 0.5, -2.0, 1.0, -0.25])
# Ratios at the first step: within the clip, and beyond it on either side with an advantage of either sign.
log_ratio = torch.tensor([0.0625, -0.125, 0.5, 0.5, -0.5, -0.5])


def forward():
    x = inputs
    for layer in layers[:-1]:
        x = torch.relu(layer(x))
    return layers[-1](x)


def log_probabilities():
    return torch.log_softmax(forward().reshape(DECISIONS, OPTIONS), dim=1)


def of_chosen(rows):
    return rows.gather(1, chosen[:, None])[:, 0]


old = torch.round((of_chosen(log_probabilities()).detach() - log_ratio) * 1024) / 1024


def loss():
    rows = log_probabilities()
    ratio = torch.exp(of_chosen(rows) - old)
    surrogate = torch.min(ratio * advantage, ratio.clamp(1 - CLIP, 1 + CLIP) * advantage)
    entropy = -(rows.exp() * rows).sum(dim=1)
    return (-surrogate - ENTROPY * entropy).mean()


def weights():
    return flat([(layer.weight.data, layer.bias.data) for layer in layers])


golden = {
    "made_with": "PyTorch " + torch.__version__ + ", double precision",
    "widths": WIDTHS,
    "options": OPTIONS,
    "clip": CLIP,
    "entropy": ENTROPY,
    "rate": RATE,
    "epsilon": EPSILON,
    "weights": weights(),
    "inputs": inputs.reshape(-1).tolist(),
    "chosen": chosen.tolist(),
    "advantage": advantage.tolist(),
    "old_log_probability": old.tolist(),
    "outputs": rounded(forward().reshape(-1).tolist()),
    "log_probabilities": rounded(log_probabilities().reshape(-1).tolist()),
}
parameters = [p for layer in layers for p in (layer.weight, layer.bias)]
adam = torch.optim.Adam(parameters, lr=RATE, eps=EPSILON)
losses = []
for step in range(STEPS):
    adam.zero_grad()
    inputs.grad = None
    now = loss()
    losses.append(now.item())
    now.backward()
    if step == 0:
        golden["weight_gradient"] = rounded(flat([(layer.weight.grad, layer.bias.grad) for layer in layers]))
        golden["input_gradient"] = rounded(inputs.grad.reshape(-1).tolist())
    adam.step()
golden["losses"] = rounded(losses)
golden["weights_after"] = rounded(weights())

print("{\n" + ",\n".join(f'  "{key}": {json.dumps(value)}' for key, value in golden.items()) + "\n}")
