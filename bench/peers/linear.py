"""The peer of bench/linear.ts: Figure 16 as the paper describes it, in NumPy.

Builds X, stacks the blocks that the regime names, solves, relabels. The stacked X is allocated once a
chain and sliced; labels are drawn in one call a round; BLAS uses as many threads as it likes.

usage: linear.py CONFIG_JSON, with d, T, sigma2, iterations, seeds, solver ("normal" or "lstsq")
prints JSON: seconds, and the mean of the last test error over its closed form's scale, per regime
"""

import json
import sys
import time

import numpy as np

config = json.loads(sys.argv[1])
d, iterations, seeds = config["d"], config["iterations"], config["seeds"]


def normal_equations(x, y):
    return np.linalg.solve(x.T @ x, x.T @ y)


def least_squares(x, y):
    return np.linalg.lstsq(x, y, rcond=None)[0]


solve = {"normal": normal_equations, "lstsq": least_squares}[config["solver"]]


def chain(random, regime, T, sigma2):
    """Test errors of models 1 … iterations."""
    x = random.standard_normal((T, d))
    truth = random.standard_normal(d)
    sd = np.sqrt(sigma2)
    stacked = x if regime == "replace" else np.tile(x, (iterations, 1))
    labels = np.empty(len(stacked))
    w = truth
    errors = np.empty(iterations)
    for n in range(1, iterations + 1):
        rows = T if regime == "replace" else n * T
        if regime == "accumulate":
            labels[rows - T : rows] = x @ w + sd * random.standard_normal(T)
        else:
            labels[:rows] = stacked[:rows] @ w + sd * random.standard_normal(rows)
        w = solve(stacked[:rows], labels[:rows])
        errors[n - 1] = np.sum((w - truth) ** 2)
    return errors


random = np.random.default_rng(0)
begin = time.perf_counter()
ratios = {regime: [] for regime in ("replace", "replace-multiple", "accumulate")}
for regime, found in ratios.items():
    for T in config["T"]:
        for sigma2 in config["sigma2"]:
            scale = sigma2 * d / (T - d - 1)
            for _ in range(seeds):
                found.append(chain(random, regime, T, sigma2)[-1] / scale)
seconds = time.perf_counter() - begin
print(json.dumps({"seconds": seconds, "ratios": ratios}))
