"""The VanillaVAE of lib/models/vanillaVae in PyTorch: same layers, loss, batch, Adam and data.

Reads one JSON line (threads, memory format, compile, autocast, sizes), then trains as many steps as each
further line says and answers with seconds and loss.
"""

import contextlib
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from rounds import answer_rounds, batches

KL_WEIGHT = 0.00025


def block(convolution, channels):
    return nn.Sequential(convolution, nn.BatchNorm2d(channels), nn.LeakyReLU())


def up(before, after):
    return block(nn.ConvTranspose2d(before, after, 3, 2, 1, output_padding=1), after)


class VanillaVae(nn.Module):
    def __init__(self, side, depth, channels, latent, format):
        super().__init__()
        bottom = side // 2 ** len(channels)
        features = channels[-1] * bottom**2
        widths = [depth, *channels]
        down = [block(nn.Conv2d(a, b, 3, 2, 1), b) for a, b in zip(widths, channels)]
        self.encoder = nn.Sequential(*down)
        self.code = nn.Linear(features, 2 * latent)
        self.decoder_input = nn.Linear(latent, features)
        back = channels[::-1]
        self.decoder = nn.Sequential(
            *[up(a, b) for a, b in zip(back, back[1:])],
            up(channels[0], channels[0]),
            nn.Conv2d(channels[0], depth, 3, padding=1),
            nn.Tanh(),
        )
        self.bottom = (channels[-1], bottom, bottom)
        self.format = format
        self.to(memory_format=format)

    def forward(self, x, noise):
        mean, log_variance = self.code(self.encoder(x).flatten(1)).chunk(2, 1)
        z = mean + noise * torch.exp(0.5 * log_variance)
        maps = self.decoder_input(z).view(-1, *self.bottom).contiguous(memory_format=self.format)
        error = F.mse_loss(self.decoder(maps).float(), x)
        mean, log_variance = mean.float(), log_variance.float()
        kl = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean()
        return error + KL_WEIGHT * kl


def main():
    config = json.loads(sys.stdin.readline())
    torch.manual_seed(0)
    torch.set_num_threads(config["threads"])
    side, depth, batch = config["side"], config["depth"], config["batch"]
    images = torch.from_numpy(np.fromfile(config["images"], np.uint8)).view(-1, side, side, depth)
    format = torch.channels_last if config["channelsLast"] else torch.contiguous_format
    model = VanillaVae(side, depth, config["channels"], config["latent"], format)
    parameters = sum(p.numel() for p in model.parameters())
    adam = torch.optim.Adam(model.parameters(), lr=config["learningRate"], fused=True)
    step = torch.compile(model) if config["compile"] else model
    autocast = (
        torch.autocast("cpu", dtype=torch.bfloat16)
        if config["autocast"]
        else contextlib.nullcontext()
    )
    source = batches(images, batch)

    def train():
        pixels = next(source).permute(0, 3, 1, 2)
        x = (pixels.float() / 255).contiguous(memory_format=format)
        with autocast:
            loss = step(x, torch.randn(batch, config["latent"]))
        adam.zero_grad()
        loss.backward()
        adam.step()
        return loss.item()

    answer_rounds(train, parameters)


main()
