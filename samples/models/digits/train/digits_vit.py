"""A small vision transformer, written for this project: 4 x 4 patches of a 32 x 32 picture, learned places, pre-norm blocks
of attention and a two-layer perceptron, the mean of all patches, one linear layer. Logits, no softmax."""
import torch
from torch import nn
import torch.nn.functional as F

SIZE, PATCH, CLASSES = 32, 4, 10
TOKENS = (SIZE // PATCH) ** 2


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.width, self.heads, self.each = width, heads, width // heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        split = lambda t: t.reshape(-1, TOKENS, self.heads, self.each).transpose(1, 2)
        q, k, v = [split(t) for t in self.qkv(x).split(self.width, 2)]
        a = (q @ k.transpose(2, 3) * self.each ** -0.5).softmax(-1)
        return self.out((a @ v).transpose(1, 2).reshape(-1, TOKENS, self.width))


class Layer(nn.Module):
    def __init__(self, width, heads, wide):
        super().__init__()
        self.first, self.second, self.attention = nn.LayerNorm(width), nn.LayerNorm(width), Attention(width, heads)
        self.perceptron = nn.Sequential(nn.Linear(width, wide), nn.GELU(), nn.Linear(wide, width))

    def forward(self, x, drop=0.0):
        keep = lambda t: t * (torch.rand(len(t), 1, 1, device=t.device) >= drop) / (1 - drop) if self.training and drop else t
        x = x + keep(self.attention(self.first(x)))
        return x + keep(self.perceptron(self.second(x)))


class DigitsViT(nn.Module):
    def __init__(self, width=80, heads=4, depth=4, wide=160, drop=0.08):
        super().__init__()
        self.drop, self.patches = drop, nn.Conv2d(3, width, PATCH, PATCH)
        self.places = nn.Parameter(torch.randn(1, TOKENS, width) * 0.02)
        self.layers = nn.ModuleList(Layer(width, heads, wide) for _ in range(depth))
        self.norm, self.classes = nn.LayerNorm(width), nn.Linear(width, CLASSES)

    def forward(self, x):
        """[batch,3,32,32], (picture - 0.5) / 0.5, to logits [batch,10]."""
        x = self.patches(x).reshape(-1, self.places.shape[2], TOKENS).transpose(1, 2) + self.places
        for layer in self.layers:
            x = layer(x, self.drop)
        return self.classes(self.norm(x).mean(1))
