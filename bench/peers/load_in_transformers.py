"""Checks that transformers computes our loss: python load_in_transformers.py FOLDER [FOLDER ...]
FOLDER is an exported model with a loss.json beside its weights: {"sequences": [[ids]], "loss": nats}.

The loss is the mean over all targets of all sequences, each seen from token 0 on. Exits with 1 when
a loss differs by more than 1e-4 or transformers reports missing or unexpected tensors.
"""

import json
import pathlib
import sys

import torch
import torch.nn.functional as F
from transformers import AutoModelForCausalLM

TOLERANCE = 1e-4


def check(folder):
    """Whether the folder's model has the loss that stands in it."""
    given = json.loads((folder / "loss.json").read_text())
    model, report = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, output_loading_info=True
    )
    wrong = [name for kind in report.values() for name in kind]
    model.eval()
    nats, targets = 0.0, 0
    with torch.no_grad():
        for tokens in given["sequences"]:
            tokens = torch.tensor(tokens)
            inputs = torch.cat([torch.zeros(1, dtype=torch.long), tokens[:-1]])
            logits = model(inputs[None]).logits[0]
            nats += F.cross_entropy(logits.double(), tokens, reduction="sum").item()
            targets += len(tokens)
    theirs, ours = nats / targets, given["loss"]
    good = abs(theirs - ours) <= TOLERANCE and not wrong
    size = sum(parameter.numel() for parameter in model.parameters())
    print(
        f"{folder}: {type(model).__name__} of {size:,} parameters, {targets} targets: "
        f"transformers {theirs:.6f}, ours {ours:.6f}, {'equal' if good else 'DIFFERENT'}"
    )
    if wrong:
        print(f"  tensors that do not fit: {', '.join(map(str, wrong))}")
    return good


if len(sys.argv) < 2:
    sys.exit(__doc__)
results = [check(pathlib.Path(argument)) for argument in sys.argv[1:]]
sys.exit(0 if all(results) else 1)
