"""The image VAE of lib/models/vae in eager PyTorch: same layers, loss, batch, Adam and data.

Reads one JSON line (threads, memory format, sizes), then trains as many steps as each further
line says and answers with seconds and loss. `nn.Conv2d(padding=1)` pads the mirror image of what
the other side pads; the network is the same up to turning all pictures and filters round.
"""

import json
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from rounds import answer_rounds, batches


class Vae(nn.Module):
    def __init__(self, side, channels, latent, channels_last):
        super().__init__()
        sizes, widths = [side], [1, *channels]
        for _ in channels:
            sizes.append(-(-sizes[-1] // 2))
        encoder = []
        for a, b in zip(widths, widths[1:]):
            encoder += [nn.Conv2d(a, b, 3, stride=2, padding=1), nn.ReLU()]
        decoder = []
        for i in range(len(channels), 0, -1):
            odd = 1 - sizes[i - 1] % 2
            decoder.append(nn.ConvTranspose2d(widths[i], widths[i - 1], 3, 2, 1, odd))
            if i > 1:
                decoder.append(nn.ReLU())
        self.bottom = (widths[-1], sizes[-1], sizes[-1])
        features = widths[-1] * sizes[-1] ** 2
        self.encoder = nn.Sequential(*encoder)
        self.code = nn.Linear(features, 2 * latent)
        self.decoder_input = nn.Linear(latent, features)
        self.decoder = nn.Sequential(*decoder)
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.to(memory_format=self.format)

    def forward(self, x, noise):
        mean, log_variance = self.code(self.encoder(x).flatten(1)).chunk(2, 1)
        z = mean + noise * torch.exp(0.5 * log_variance)
        h = F.relu(self.decoder_input(z)).view(-1, *self.bottom)
        return self.decoder(h.contiguous(memory_format=self.format)), mean, log_variance


def main():
    config = json.loads(sys.stdin.readline())
    torch.manual_seed(0)
    torch.set_num_threads(config["threads"])
    side, batch, latent = config["side"], config["batch"], config["latent"]
    images = torch.from_numpy(np.fromfile(config["images"], np.uint8)).view(-1, 1, side, side)
    model = Vae(side, config["channels"], latent, config["channelsLast"])
    # The fastest of PyTorch's three Adams on a CPU.
    adam = torch.optim.Adam(model.parameters(), lr=config["learningRate"], fused=True)
    parameters = sum(p.numel() for p in model.parameters())
    source = batches(images, batch)

    def train():
        x = next(source).float() / 255
        logits, mean, log_variance = model(x, torch.randn(batch, latent))
        loss = F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / batch
        loss = loss + 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum() / batch
        adam.zero_grad()
        loss.backward()
        adam.step()
        return loss.item()

    answer_rounds(train, parameters)


main()
