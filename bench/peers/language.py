"""The GPT-2 of lib/models/language in PyTorch: same shape, weights, stories, loss and AdamW.

Reads one JSON line (workload, threads, sizes, files, and whether to `compile` and to `autocast` to
bfloat16), then answers each further line:
a number asks for so many steps of training or sets of stories sampled, "matmul" for the speed of a
large product.

Training stories are padded to the longest of their batch, as transformers' data collator does, and
the loss is that of real tokens alone. Padding lies on the right, where causal attention does not
see it, so no mask is needed (transformers would make one, which costs time).
"""

import json
import os
import resource
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

END_OF_TEXT = 0
IGNORED = -100


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.c_attn = nn.Linear(width, 3 * width)
        self.c_proj = nn.Linear(width, width)

    def forward(self, x, past=None):
        b, n, width = x.shape
        shape = (b, n, self.heads, width // self.heads)
        q, k, v = (t.view(shape).transpose(1, 2) for t in self.c_attn(x).split(width, 2))
        if past is not None:
            if past:
                k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
            past[:] = k, v
        y = F.scaled_dot_product_attention(q, k, v, is_causal=past is None)
        return self.c_proj(y.transpose(1, 2).reshape(b, n, width))


class Mlp(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.c_fc = nn.Linear(width, hidden)
        self.c_proj = nn.Linear(hidden, width)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = Attention(width, heads)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = Mlp(width, hidden)

    def forward(self, x, past=None):
        x = x + self.attn(self.ln_1(x), past)
        return x + self.mlp(self.ln_2(x))


class Gpt2(nn.Module):
    def __init__(self, vocabulary, width, layers, heads, hidden, context, **_):
        super().__init__()
        self.wte = nn.Embedding(vocabulary, width)
        self.wpe = nn.Embedding(context, width)
        self.h = nn.ModuleList(Block(width, heads, hidden) for _ in range(layers))
        self.ln_f = nn.LayerNorm(width)

    def forward(self, tokens, past=None, begin=0):
        positions = torch.arange(begin, begin + tokens.shape[1])
        x = self.wte(tokens) + self.wpe(positions)
        for i, block in enumerate(self.h):
            x = block(x, past[i] if past is not None else None)
        return F.linear(self.ln_f(x), self.wte.weight)

    def load(self, file):
        """Weights in safetensors under Hugging Face's names, whose matrices are [in, out]."""
        with open(file, "rb") as f:
            header = json.loads(f.read(int.from_bytes(f.read(8), "little")))
            data = f.read()
        state = self.state_dict()
        for name, parameter in state.items():
            entry = header[f"transformer.{name}"]
            begin, end = entry["data_offsets"]
            value = torch.from_numpy(np.frombuffer(data[begin:end], np.float32).copy())
            value = value.view(entry["shape"])
            parameter.copy_(value.T if "c_" in name and value.dim() == 2 else value)


def batches(config):
    """Inputs and targets [batch, longest], and how many tokens are real, in the order given."""
    tokens = np.fromfile(config["tokens"], np.uint16)
    offsets = np.fromfile(config["offsets"], np.int32)
    order = np.fromfile(config["order"], np.int32)
    size = config["batch"]
    for at in range(0, len(order) - size + 1, size):
        chosen = [tokens[offsets[i] : offsets[i + 1]] for i in order[at : at + size]]
        longest = max(map(len, chosen))
        inputs = np.full((size, longest), END_OF_TEXT, np.int64)
        targets = np.full((size, longest), IGNORED, np.int64)
        for row, story in enumerate(chosen):
            inputs[row, 1 : len(story)] = story[:-1]
            targets[row, : len(story)] = story
        yield torch.from_numpy(inputs), torch.from_numpy(targets), sum(map(len, chosen))


def mixed(config):
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=config.get("autocast", False))


def trainer(model, config):
    parameters = list(model.parameters())
    # The fastest of PyTorch's three AdamWs on a CPU.
    adam = torch.optim.AdamW(
        parameters,
        lr=config["learningRate"],
        weight_decay=config["weightDecay"],
        fused=True,
    )
    supply = batches(config)

    def train(steps):
        losses = count = 0
        for _ in range(steps):
            inputs, targets, real = next(supply)
            with mixed(config):
                logits = model(inputs)
                loss = F.cross_entropy(
                    logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED
                )
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            adam.step()
            losses += loss.item()
            count += real
            # As at the end of a training function: nothing of this step is alive in the next.
            del logits, loss
        return {"tokens": count, "loss": losses / steps}

    return train


def sampler(model, config):
    stories = config["stories"]

    @torch.inference_mode()
    def sample(sets):
        tokens = 0
        for _ in range(sets):
            last = torch.full((stories, 1), END_OF_TEXT)
            past = [[] for _ in model.h]
            live = torch.ones(stories, dtype=torch.bool)
            # As transformers' generate: stories that have ended stay until all have.
            for position in range(config["newTokens"]):
                tokens += int(live.sum())
                with mixed(config):
                    logits = model(last, past, position)[:, -1]
                last = torch.multinomial(F.softmax(logits.float(), -1), 1)
                live &= last[:, 0] != END_OF_TEXT
                if not live.any():
                    break
        return {"tokens": tokens}

    return sample


def matmul(size):
    """FLOP/s of the best of some products of square matrices."""
    a, b = torch.randn(size, size), torch.randn(size, size)
    best = float("inf")
    for _ in range(8):
        begin = time.perf_counter()
        torch.mm(a, b)
        best = min(best, time.perf_counter() - begin)
    return 2 * size**3 / best


def peak_memory():
    """As in bench/memory.ts."""
    if os.path.exists("/proc/self/status"):
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    config = json.loads(sys.stdin.readline())
    torch.manual_seed(0)
    torch.set_num_threads(config["threads"])
    model = Gpt2(**config["model"])
    with torch.no_grad():
        model.load(config["weights"])
    parameters = sum(p.numel() for p in model.parameters())
    if config.get("compile", False):
        model = torch.compile(model)
    work = (sampler if config["workload"] == "sampling" else trainer)(model, config)
    for line in sys.stdin:
        question = json.loads(line)
        if question == "matmul":
            print(json.dumps({"peak": matmul(config["matmulSize"])}), flush=True)
            continue
        begin, cpu = time.perf_counter(), time.process_time()
        answer = work(question)
        answer["seconds"] = time.perf_counter() - begin
        answer["cpuSeconds"] = time.process_time() - cpu
        print(json.dumps({**answer, "parameters": parameters, "peak": peak_memory()}), flush=True)


main()
