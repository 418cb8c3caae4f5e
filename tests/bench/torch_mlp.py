#!/usr/bin/env python3
"""torch_mlp.py - the opponent: microseconds PyTorch takes for an update of an MLP, tuned as well as we know how.

    torch_mlp.py WIDTHS BATCH [SECONDS]        e.g. torch_mlp.py 784-128-10 128

One thread. Data in memory as floats already scaled, rows taken by an index a batch (no DataLoader), SGD with momentum
through its for-each path or not, whichever is faster here, gradients set to None, one-cycle schedule stepped every update.
The figure is the least of many short stretches, as in learn.c. MNIST from $DERNY_DATA if it is there, or noise.

SPDX-License-Identifier: MIT
"""
import gzip
import os
import sys
import time

import torch
from torch import nn

STRETCHES = 50
MNIST_INPUTS = 784


def read_idx(path, header):
    with gzip.open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


def load(inputs, outputs):
    folder = os.path.join(os.environ.get("DERNY_DATA", ""), "mnist")
    images = os.path.join(folder, "train-images-idx3-ubyte.gz")
    if inputs != MNIST_INPUTS or not os.path.exists(images):
        return torch.rand(8192, inputs), torch.randint(0, outputs, (8192,))
    x = read_idx(images, 16).reshape(-1, inputs).float() / 255
    y = read_idx(os.path.join(folder, "train-labels-idx1-ubyte.gz"), 8).long()
    return x, y


def network(widths):
    layers = []
    for here, there in zip(widths, widths[1:]):
        layers += [nn.Linear(here, there), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Training:
    def __init__(self, widths, batch, foreach):
        torch.manual_seed(1)
        self.x, self.y = load(widths[0], widths[-1])
        self.batch = batch
        self.model = network(widths)
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.05, momentum=0.9, foreach=foreach)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(self.optimizer, max_lr=0.05, total_steps=10**7)
        self.at = len(self.x)

    def update(self):
        if self.at + self.batch > len(self.x):
            self.order = torch.randperm(len(self.x))
            self.at = 0
        rows = self.order[self.at:self.at + self.batch]
        self.at += self.batch
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(self.x[rows]), self.y[rows]).backward()
        self.optimizer.step()
        self.schedule.step()


def measure(training, seconds):
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds / STRETCHES:
        training.update()
        count += 1
    least = float("inf")
    for _ in range(STRETCHES):
        start = time.perf_counter()
        for _ in range(count):
            training.update()
        least = min(least, (time.perf_counter() - start) / count)
    return 1e6 * least


def main():
    torch.set_num_threads(1)
    widths = [int(width) for width in sys.argv[1].split("-")]
    batch = int(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 2.0
    print(f"{min(measure(Training(widths, batch, f), seconds / 2) for f in (False, True)):.1f}")


if __name__ == "__main__":
    main()
