"""GeoDiff's network as lib/models/geodiff has it, in plain eager PyTorch.

Each pair is listed in both directions, messages are gathered by indexing and summed by index_add,
optimisation is fused Adam. The lists of pairs of each molecule are made once; a batch selects those
within the cutoff. As in lib/models/geodiff, heads run over the pairs of their branch only and
sampling leaves the global branch out where its forces do not count.

Reads one JSON line of settings, then answers each further line (check, train, sample, forces) with
seconds and peak memory.
"""

import json
import math
import resource
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

LOG2 = math.log(2)


class Mlp(nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x if i == 0 else F.relu(x))
        return x


class EdgeEncoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.bond_emb = nn.Embedding(100, width)
        self.mlp = Mlp(1, width, width)

    def forward(self, length, kind):
        return self.mlp(length[:, None]) * self.bond_emb(kind)


class Convolution(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.nn = nn.Sequential(nn.Linear(width, width), nn.Softplus(), nn.Linear(width, width))
        self.lin1 = nn.Linear(width, width, bias=False)
        self.lin2 = nn.Linear(width, width)

    def forward(self, x, source, target, e, weight):
        filters = self.nn[2](self.nn[1](self.nn[0](e)) - LOG2) * weight
        messages = self.lin1(x)[source] * filters
        return self.lin2(torch.zeros_like(x).index_add(0, target, messages))


class Interaction(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = Convolution(width)
        self.lin = nn.Linear(width, width)

    def forward(self, x, *pairs):
        return x + self.lin(F.softplus(self.conv(x, *pairs)) - LOG2)


class SchNet(nn.Module):
    def __init__(self, width, interactions):
        super().__init__()
        self.embedding = nn.Embedding(100, width, max_norm=10.0)
        self.interactions = nn.ModuleList([Interaction(width) for _ in range(interactions)])

    def forward(self, z, *pairs):
        x = self.embedding(z)
        for interaction in self.interactions:
            x = interaction(x, *pairs)
        return x


class Gine(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.nn = Mlp(width, width, width)

    def forward(self, x, source, target, e):
        messages = F.relu(x[source] + e)
        return self.nn(x + torch.zeros_like(x).index_add(0, target, messages))


class Gin(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.node_emb = nn.Embedding(100, width)
        self.convs = nn.ModuleList([Gine(width) for _ in range(layers)])

    def forward(self, z, *pairs):
        x = self.node_emb(z)
        for i, conv in enumerate(self.convs):
            h = conv(x, *pairs)
            x = x + (F.relu(h) if i < len(self.convs) - 1 else h)
        return x


class GeoDiff(nn.Module):
    def __init__(self, width, interactions, layers, cutoff, smooth):
        super().__init__()
        self.cutoff, self.smooth = cutoff, smooth
        self.edge_encoder_global = EdgeEncoder(width)
        self.encoder_global = SchNet(width, interactions)
        self.encoder_local = Gin(width, layers)
        self.grad_global_dist_mlp = Mlp(2 * width, width, width // 2, 1)
        self.grad_local_dist_mlp = Mlp(2 * width, width, width // 2, 1)

    def forward(self, z, source, target, kind, length, both=True):
        """Numbers of the local pairs and, if asked for, of the global ones (type 0)."""
        local = kind > 0
        e = self.edge_encoder_global(length, kind)
        far = None
        if both:
            near = length <= self.cutoff
            s, t, en = source[near], target[near], e[near]
            weight = torch.ones_like(length[near])
            if self.smooth:
                weight = 0.5 * (torch.cos(length[near] * math.pi / self.cutoff) + 1)
            x = self.encoder_global(z, s, t, en, weight[:, None])
            s, t, en = source[~local], target[~local], e[~local]
            far = self.grad_global_dist_mlp(torch.cat([x[s] * x[t], en], -1))[:, 0]
        s, t, el = source[local], target[local], e[local]
        x = self.encoder_local(z, s, t, el)
        return far, self.grad_local_dist_mlp(torch.cat([x[s] * x[t], el], -1))[:, 0]


def to_atoms(numbers, line, source, target, atoms):
    push = line * numbers[:, None]
    result = torch.zeros(atoms, 3).index_add(0, source, push)
    return result.index_add(0, target, -push)


class Batch:
    """Molecules one behind the other, with all directed pairs of atoms of each."""

    def __init__(self, molecules):
        sizes = [len(m["z"]) for m in molecules]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.sizes, self.atoms = sizes, sum(sizes)
        self.z = torch.cat([m["z"] for m in molecules])
        self.owner = torch.repeat_interleave(torch.tensor(sizes))
        self.pairs = torch.cat([m["pairs"] + int(s) for m, s in zip(molecules, starts)], 1)
        self.kinds = torch.cat([m["kinds"] for m in molecules])
        self.positions = torch.cat([m["positions"] for m in molecules])

    def edges(self, positions, cutoff, local_only=False):
        pairs, kind = self.pairs, self.kinds
        if local_only:
            pairs, kind = pairs[:, kind > 0], kind[kind > 0]
        line = positions[pairs[0]] - positions[pairs[1]]
        length = line.norm(dim=-1)
        if not local_only:
            seen = (kind > 0) | (length <= cutoff)
            pairs, kind, line, length = pairs[:, seen], kind[seen], line[seen], length[seen]
        return pairs[0], pairs[1], kind, length, line / length[:, None]

    def centred(self, positions):
        sums = torch.zeros(len(self.sizes), 3).index_add(0, self.owner, positions)
        return positions - (sums / torch.tensor(self.sizes)[:, None])[self.owner]


def prepare(molecule):
    size = len(molecule["atomicNumbers"])
    kinds = np.zeros((size, size), np.int64)
    for a, b, kind in zip(molecule["low"], molecule["high"], molecule["types"]):
        kinds[a, b] = kinds[b, a] = kind
    a, b = np.nonzero(~np.eye(size, dtype=bool))
    return {
        "z": torch.tensor(molecule["atomicNumbers"]),
        "pairs": torch.from_numpy(np.stack([a, b])),
        "kinds": torch.from_numpy(kinds[a, b]),
        "positions": torch.tensor(molecule["positions"]).view(-1, 3),
    }


def loss_of(model, batch, noise, sigma):
    sigma = sigma[batch.owner]
    moved = batch.positions + noise * sigma[:, None]
    source, target, kind, length, line = batch.edges(moved, model.cutoff)
    far, near = model(batch.z, source, target, kind, length)
    true = (batch.positions[source] - batch.positions[target]).norm(dim=-1)
    wanted = (true - length) / sigma[source]
    total = 0.0
    for weight, numbers, mask in ((2, far, kind == 0), (5, near, kind > 0)):
        s, t, along = source[mask], target[mask], line[mask]
        error = to_atoms(numbers, along, s, t, batch.atoms)
        error = error - to_atoms(wanted[mask], along, s, t, batch.atoms)
        total = total + weight * (error**2).sum(-1).mean()
    return total


def forces_of(model, batch, positions, both):
    source, target, kind, length, line = batch.edges(positions, model.cutoff, not both)
    far, near = model(batch.z, source, target, kind, length, both)
    local = kind > 0
    force = to_atoms(near, line[local], source[local], target[local], batch.atoms)
    if both:
        s, t = source[~local], target[~local]
        force = force + to_atoms(far, line[~local], s, t, batch.atoms)
    return force


def main():
    config = json.loads(sys.stdin.readline())
    torch.set_num_threads(config["threads"])
    torch.manual_seed(0)
    with open(config["molecules"]) as file:
        molecules = [prepare(m) for m in json.load(file)]
    shape = config["model"]
    model = GeoDiff(**shape)
    numbers = torch.from_numpy(np.fromfile(config["weights"], np.float32))
    state, at = {}, 0
    for name, size in config["layout"]:
        count = math.prod(size)
        state[name] = numbers[at : at + count].view(size)
        at += count
    model.load_state_dict(state)
    parameters = sum(p.numel() for p in model.parameters())
    adam = torch.optim.Adam(
        model.parameters(), lr=config["learningRate"], betas=(0.95, 0.999), fused=True
    )
    schedule = config["schedule"]
    steps = schedule["steps"]
    span = schedule["betaEnd"] - schedule["betaStart"]
    beta = torch.sigmoid(torch.linspace(-6, 6, steps, dtype=torch.float64)) * span
    bars = torch.cumprod(1 - beta - schedule["betaStart"], 0)
    sigmas = ((1 - bars) / bars).sqrt().float()
    first = Batch(molecules[: config["batch"]])

    def check():
        count = config["batch"]
        levels = [steps * (m + 1) // (count + 1) for m in range(count)]
        noise = torch.sin(torch.arange(1, 3 * first.atoms + 1).double()).float().view(-1, 3)
        with torch.no_grad():
            return loss_of(model, first, noise, sigmas[levels]).item()

    def train():
        items = torch.randperm(len(molecules))[: config["batch"]]
        batch = Batch([molecules[i] for i in items])
        half = config["batch"] // 2 + 1
        drawn = torch.randint(0, steps, (half,))
        levels = torch.cat([drawn, steps - 1 - drawn])[: config["batch"]]
        loss = loss_of(model, batch, torch.randn(batch.atoms, 3), sigmas[levels])
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), config["clip"])
        adam.step()

    @torch.no_grad()
    def sample(conformers, count):
        wanted = [molecules[i % len(molecules)] for i in range(conformers)]
        for begin in range(0, conformers, config["batch"]):
            batch = Batch(wanted[begin : begin + config["batch"]])
            positions = torch.randn(batch.atoms, 3) * sigmas[-1]
            for t in reversed(range(steps - count, steps)):
                force = forces_of(model, batch, positions, bool(sigmas[t] < 0.5))
                step = 1e-6 * (sigmas[t] / 0.01) ** 2
                noise = torch.randn(batch.atoms, 3) * torch.sqrt(2 * step)
                positions = batch.centred(positions + step / sigmas[t] * force + noise)

    @torch.no_grad()
    def forces(times):
        for _ in range(times):
            positions = first.positions + 0.1 * torch.randn(first.atoms, 3)
            forces_of(model, first, positions, True)

    for line in sys.stdin:
        question = json.loads(line)
        begin, answer = time.perf_counter(), {}
        if question["work"] == "check":
            answer["loss"] = check()
        elif question["work"] == "train":
            for _ in range(question["steps"]):
                train()
        elif question["work"] == "sample":
            sample(question["conformers"], question["steps"])
        else:
            forces(question["times"])
        answer["seconds"] = time.perf_counter() - begin
        answer["parameters"] = parameters
        answer["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps(answer), flush=True)


main()
