#!/usr/bin/env python3
"""Writes deep_interest.json: what PyTorch computes, in double precision, for one small Deep Interest Network.

Made with Debian's python3-torch 1.13.1 (it calls itself 1.13.0a0). Only this script needs PyTorch; the tests read what it wrote.

    /usr/bin/python3 tests/golden/nn/make_din_golden.py > tests/golden/nn/deep_interest.json

A thing's vector is [item | creator | genre], each of two numbers, 0 where unknown (-1). A row asks a thing, its query, about
the things of its user's history; some occur twice, one history is empty. Attention: [q, h, q - h, q * h] -> 8 -> 4 -> 1,
ReLU, a weighted sum of the history, no softmax. Head: [query | pooled | user] -> 8 -> 4 -> 1, ReLU. Loss: the mean binary
cross-entropy on logits. Networks are computed the plain way, every input side by side.

Weights are listed layer by layer, W (inputs x outputs, by rows) before b. All given numbers are multiples of 1/1024, exact
in single and double precision.
"""

import json
import random

import torch

D = 2
ITEMS, CREATORS, GENRES, USERS = 5, 3, 2, 3
# Things: (item, creator, genre); the first four are queries.
THINGS = [(0, 0, 0), (1, 1, 1), (2, 0, 0), (3, 2, 1), (-1, 0, 1), (4, 1, 0), (-1, 2, -1)]
# Rows: (user, query, history).
ROWS = [(0, 0, [1, 4, 5]), (0, 1, [1, 4, 5]), (1, 2, [0, 5, 0]), (2, 3, []), (1, 0, [5, 6, 1, 4]), (2, 2, [4, 2])]
LABELS = [1, 0, 1, 0, 0, 1]

random.seed(7)
torch.set_default_dtype(torch.float64)


def drawn(count, reach, grain=1024):
    return [random.randint(round(-reach * grain), round(reach * grain)) / grain for _ in range(count)]


def table(rows):
    return torch.tensor(drawn(rows * D, 1)).reshape(rows, D).requires_grad_()


def network(*widths):
    layers = [torch.nn.Linear(i, o) for i, o in zip(widths, widths[1:])]
    for layer in layers:
        reach = (6 / (layer.in_features + layer.out_features)) ** 0.5
        layer.weight.data = torch.tensor(drawn(layer.weight.numel(), reach)).reshape(layer.weight.shape)
        layer.bias.data = torch.tensor(drawn(layer.out_features, 0.25))
    return layers


def apply(layers, x):
    for layer in layers[:-1]:
        x = torch.relu(layer(x))
    return layers[-1](x)


def flat(layers, of):
    return [x for l in layers for x in of(l.weight).t().reshape(-1).tolist() + of(l.bias).tolist()]


def rounded(numbers):
    return [float(f"{x:.10g}") for x in numbers]


tables = {"items": table(ITEMS), "creators": table(CREATORS), "genres": table(GENRES), "users": table(USERS)}
attention, head = network(12 * D, 8, 4, 1), network(7 * D, 8, 4, 1)


def vector(thing):
    part = [tables[name][i] if i >= 0 else torch.zeros(D) for name, i in zip(("items", "creators", "genres"), thing)]
    return torch.cat(part)


weights, pooled, logits = [], [], []
for user, query, history in ROWS:
    q, total = vector(THINGS[query]), torch.zeros(3 * D)
    for thing in history:
        h = vector(THINGS[thing])
        weight = apply(attention, torch.cat([q, h, q - h, q * h]))
        weights.append(weight.item())
        total = total + weight * h
    pooled.append(total)
    logits.append(apply(head, torch.cat([q, total, tables["users"][user]])))
loss = torch.nn.functional.binary_cross_entropy_with_logits(torch.cat(logits), torch.tensor(LABELS, dtype=torch.float64))
loss.backward()

golden = {
    "made_with": "PyTorch " + torch.__version__ + ", double precision",
    "dimensions": D,
    "queries": 4,
    "things": THINGS,
    "rows": [{"user": u, "query": q, "history": h} for u, q, h in ROWS],
    "labels": LABELS,
    "attention": flat(attention, lambda x: x.data),
    "head": flat(head, lambda x: x.data),
    "weights": rounded(weights),
    "pooled": rounded(torch.cat(pooled).tolist()),
    "logits": rounded(torch.cat(logits).tolist()),
    "loss": loss.item(),
    "attention_gradient": rounded(flat(attention, lambda x: x.grad)),
    "head_gradient": rounded(flat(head, lambda x: x.grad)),
}
for name, of in tables.items():
    golden[name] = of.detach().reshape(-1).tolist()
    golden[name + "_gradient"] = rounded(of.grad.reshape(-1).tolist())

print("{\n" + ",\n".join(f'  "{key}": {json.dumps(value)}' for key, value in golden.items()) + "\n}")
