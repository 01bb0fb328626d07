"""What PyTorch's sides of the image benchmarks have in common: batches, and the answers of a round."""

import json
import resource
import sys
import time

import torch


def batches(images, size):
    """Endless batches [size, …] of images, in a new order every epoch."""
    while True:
        order = torch.randperm(len(images))
        for at in range(0, len(images) - size + 1, size):
            yield images[order[at : at + size]]


def answer_rounds(step, parameters):
    """Trains as many steps as each line of the input says; answers with seconds and the mean loss.

    `step` trains one and returns its loss; `parameters` is their number.
    """
    for line in sys.stdin:
        steps, losses = json.loads(line), 0.0
        begin, cpu = time.perf_counter(), time.process_time()
        for _ in range(steps):
            losses += step()
        answer = {
            "seconds": time.perf_counter() - begin,
            "cpuSeconds": time.process_time() - cpu,
            "loss": losses / steps,
            "parameters": parameters,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
        print(json.dumps(answer), flush=True)
