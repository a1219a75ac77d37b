"""An encoder trained in the Contrastive Playground, in PyTorch.

As a program, it writes one row of numbers a picture:

    python contrastive_playground.py weights.safetensors photos/*.jpg > embeddings.csv

In Python:

    from PIL import Image
    from contrastive_playground import embed, load

    model = load("weights.safetensors")
    h = embed(model, [Image.open("cat.jpg"), Image.open("dog.jpg")])  # array [2, representation]

`model.encoder` gives the representation h and `model.head` the projection z, both of a float tensor
[batch, 3, side, side] in 0..1. The model is an ordinary `nn.Module`: fine-tune it, or put a layer on h.

Needs torch and numpy, and pillow for picture files. License: MIT OR Apache-2.0.
"""

import csv
import io
import json
import math
import struct
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIZES = ("small", "medium", "large")
KEPT_SIDE = 64  # at which the page keeps photos; a model's own side is made from that
HIDDEN, PROJECTION = 128, 64  # of the head
GROUP = 8  # channels that are normalised together
ATTENTION_HEADS = 4
AT_ONCE = 64  # pictures


class Article(nn.Module):
    """Two rounds of convolution and pooling, and a linear layer."""

    def __init__(self, size, side):
        super().__init__()
        width = (32, 64, 128)[size]
        self.representation = 4 * width
        self.conv1 = nn.Conv2d(3, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, 2 * width, 3, padding=1)
        self.linear = nn.Linear(2 * width * (side // 4) ** 2, self.representation)

    def forward(self, images):
        x = F.max_pool2d(F.relu(self.conv1(images)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.linear(x.flatten(1))


class ConvNorm(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.norm = nn.GroupNorm(outputs // GROUP, outputs)

    def forward(self, x):
        return self.norm(self.conv(x))


class Block(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = ConvNorm(inputs, outputs, 3, stride)
        self.second = ConvNorm(outputs, outputs, 3)
        self.shortcut = nn.Identity() if inputs == outputs else ConvNorm(inputs, outputs, 1, stride)

    def forward(self, x):
        return F.relu(self.shortcut(x) + self.second(F.relu(self.first(x))))


class ResNet(nn.Module):
    """A convolution, three stages of blocks, and the mean over the picture."""

    def __init__(self, size, side):
        super().__init__()
        width, per_stage = ((16, 1), (32, 1), (64, 2))[size]
        self.representation = 4 * width
        self.stem = ConvNorm(3, width, 3)
        blocks, inputs = [], width
        for stage in range(3):
            for block in range(per_stage):
                outputs = width * 2**stage
                blocks.append(Block(inputs, outputs, stride=2 if stage and not block else 1))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)

    def forward(self, images):
        return self.blocks(F.relu(self.stem(images))).mean((2, 3))


class ViT(nn.Module):
    """A transformer over patches; the mean over its tokens."""

    def __init__(self, size, side):
        super().__init__()
        width, depth = ((64, 2), (96, 3), (128, 4))[size]
        patch = 8 if side > 32 else 4
        self.representation = width
        self.patches = nn.Conv2d(3, width, patch, stride=patch)
        layer = nn.TransformerEncoderLayer(
            width, ATTENTION_HEADS, 2 * width, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, depth, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(width)
        self.register_buffer("positions", sinusoids((side // patch) ** 2, width), persistent=False)

    def forward(self, images):
        tokens = self.patches(images).flatten(2).transpose(1, 2)
        return self.norm(self.layers(tokens + self.positions)).mean(1)


def sinusoids(length, width):
    """Positions as sines and cosines side by side, [length, width] (Vaswani et al. 2017)."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    angles = torch.arange(length)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)


def projection_head(kind, representation):
    """Linear layers with ReLU between them; none at all where the loss saw h itself."""
    hidden = {"none": None, "linear": 0, "mlp2": 1, "mlp3": 2}[kind]
    if hidden is None:
        return nn.Sequential()
    sizes = [representation] + [HIDDEN] * hidden + [PROJECTION]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Model(nn.Module):
    """`encoder` gives h and `head` gives z; calling the model gives both."""

    def __init__(self, family, size, head, side):
        super().__init__()
        self.side = side
        self.encoder = {"article": Article, "resnet": ResNet, "vit": ViT}[family](SIZES.index(size), side)
        self.head = projection_head(head, self.encoder.representation)

    def forward(self, images):
        h = self.encoder(images)
        return h, self.head(h)


def load(path):
    """The model of a weights file, ready to be used."""
    about, weights = read_safetensors(path)
    if "family" not in about:
        raise ValueError(f"{path} does not hold weights for PyTorch. Save those on the page, not a checkpoint.")
    model = Model(about["family"], about["size"], about["head"], about["side"])
    model.load_state_dict(weights)
    return model.eval()


def read_safetensors(path):
    """What the file says of itself, and its tensors by name."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])  # of the header, which is JSON; the numbers follow it
    header = json.loads(data[8 : 8 + length])
    about = json.loads(header.pop("__metadata__", {}).get("contrastive-playground", "{}"))
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        numbers = np.frombuffer(data[start:end], "<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(numbers.copy())
    return about, tensors


def square(picture):
    """The middle square of a PIL image as the page keeps it: upright, in sRGB, on white, as bytes [64, 64, 3]."""
    from PIL import Image, ImageOps

    picture = in_srgb(in_bytes(ImageOps.exif_transpose(picture))).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    # Half after half of whole pixels, then a triangle filter: as the page, to a rounding.
    short = min(picture.size)
    factor = 2 ** max(0, math.ceil(math.log2(short / (8 * KEPT_SIDE))))
    side = short // factor * factor
    left, top = ((length - side) // 2 for length in picture.size)
    picture = picture.crop((left, top, left + side, top + side)).reduce(factor)
    return np.array(picture.resize((KEPT_SIDE, KEPT_SIDE), Image.Resampling.BILINEAR))


def in_bytes(picture):
    """Grey of 16 bits as grey of 8, which Pillow would cut off at white."""
    from PIL import Image

    if not picture.mode.startswith("I"):
        return picture
    return Image.fromarray((np.asarray(picture) / 257).round().clip(0, 255).astype(np.uint8))


def in_srgb(picture):
    """By the picture's colour profile; one that is broken, or not of red, green and blue, is left, as browsers do."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "P"):
        return picture
    colours = picture.convert("RGBA")
    alpha = colours.getchannel("A")
    try:
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        colours = ImageCms.profileToProfile(colours.convert("RGB"), source, target)
    except (ImageCms.PyCMSError, OSError):
        return picture
    colours.putalpha(alpha)
    return colours


def resize(images, side):
    """Bytes [n, from, from, 3] at another side: averaged where smaller, interpolated where larger."""
    x = torch.as_tensor(images).permute(0, 3, 1, 2).float()
    if x.shape[-1] != side:
        x = (F.interpolate(x, (side, side), mode="bilinear", antialias=True) + 0.5).floor()
    return x / 255


def embed(model, images):
    """The representations h, a float array [n, representation].

    `images`: PIL images, or square RGB bytes as an array [n, side, side, 3].
    """
    device = next(model.parameters()).device
    rows = [np.zeros((0, model.encoder.representation), np.float32)]
    with torch.no_grad():
        for start in range(0, len(images), AT_ONCE):
            some = images[start : start + AT_ONCE]
            if not isinstance(some, np.ndarray):
                some = np.stack([square(picture) for picture in some])
            rows.append(model.encoder(resize(some, model.side).to(device)).cpu().numpy())
    return np.concatenate(rows)


def main(weights, *paths):
    from PIL import Image

    model = load(weights)
    table = csv.writer(sys.stdout)
    table.writerow(["name"] + [f"h{i}" for i in range(model.encoder.representation)])
    for path in paths:
        with Image.open(path) as picture:
            (h,) = embed(model, [picture])
        table.writerow([path] + [f"{value:.9g}" for value in h])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("Usage: python contrastive_playground.py weights.safetensors photos/*.jpg > embeddings.csv")
    main(*sys.argv[1:])
