"""The peer of bench/pool.ts: the same random stories of the same files through NumPy's memmap.

usage: pool.py POOL_FOLDER STORIES_A_BATCH ROUNDS
prints JSON: median milliseconds a batch, and the sum of the tokens of every block's first 1,000 stories
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

folder, batch, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
blocks = [
    (
        np.load(block / "tokens.npy", mmap_mode="r"),
        np.load(block / "tokens.offsets.npy", mmap_mode="r"),
    )
    for block in sorted(folder.glob("block-*"))
]
starts = np.cumsum([0] + [len(offsets) - 1 for _, offsets in blocks])
random = np.random.default_rng(0)

times = []
for _ in range(rounds):
    indices = random.integers(0, starts[-1], batch)
    begin = time.perf_counter()
    owners = np.searchsorted(starts, indices, side="right") - 1
    stories = []
    for owner, index in zip(owners, indices - starts[owners]):
        tokens, offsets = blocks[owner]
        stories.append(tokens[offsets[index] : offsets[index + 1]])
    joined = np.concatenate(stories)
    times.append(1000 * (time.perf_counter() - begin))

total = sum(int(tokens[: offsets[1000]].sum(dtype=np.int64)) for tokens, offsets in blocks)
print(json.dumps({"milliseconds": statistics.median(times[rounds // 4 :]), "sum": total}))
