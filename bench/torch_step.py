"""PyTorch on one thread of the CPU: python bench/torch_step.py FOLDER JSON, with the work's folder and its numbers."""

import json
import sys
import time
from pathlib import Path

try:
    import numpy as np
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    print(json.dumps({"error": f"Python has it not: {error}"}))
    sys.exit()

folder, work = Path(sys.argv[1]), json.loads(sys.argv[2])
pictures, side = work["pictures"], work["side"]
torch.set_num_threads(1)


def weights(file):
    """The tensors of a safetensors file."""
    head = 8 + int.from_bytes(file[:8], "little")
    tensors = json.loads(file[8:head])
    tensors.pop("__metadata__", None)
    return {
        name: torch.from_numpy(np.frombuffer(file[head:][slice(*about["data_offsets"])], np.float32).reshape(about["shape"]).copy())
        for name, about in tensors.items()
    }


P = {name: nn.Parameter(values) for name, values in weights((folder / "weights.safetensors").read_bytes()).items()}
views = np.fromfile(folder / "views.bin", np.uint8).reshape(-1, 2 * pictures, side, side, 3)
batches = torch.from_numpy(views.transpose(0, 1, 4, 2, 3).astype(np.float32) / 255)
optimizer = torch.optim.Adam(P.values(), work["learningRate"])


def project(x):
    for layer in ("encoder.conv1", "encoder.conv2"):
        x = F.max_pool2d(F.relu(F.conv2d(x, P[layer + ".weight"], P[layer + ".bias"], padding=1)), 2)
    h = F.linear(x.flatten(1), P["encoder.linear.weight"], P["encoder.linear.bias"])
    z = F.relu(F.linear(h, P["head.0.weight"], P["head.0.bias"]))
    return F.linear(z, P["head.2.weight"], P["head.2.bias"])


def step(number):
    z = F.normalize(project(batches[number % len(batches)].clone()))
    similarities = (z @ z.T / work["temperature"]).fill_diagonal_(-torch.inf)
    loss = F.cross_entropy(similarities, torch.arange(2 * pictures).roll(pictures))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


print(json.dumps({"version": torch.__version__}), flush=True)
for number, _ in enumerate(sys.stdin):
    began = time.perf_counter()
    loss = step(number)
    print(json.dumps({"ms": 1000 * (time.perf_counter() - began), "loss": loss}), flush=True)
