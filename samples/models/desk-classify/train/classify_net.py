"""A small classifier in the form that YOLO classifiers are exported in: probabilities, softmax in the graph."""
import os, sys
HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("common", "train"): sys.path.insert(0, os.path.join(HERE, "..", "..", folder))
from torch import nn
from network import Block, Conv, Separable

SIZE = 96


class Classifier(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.body = nn.Sequential(Conv(3, 16, 3, 2), Conv(16, 24, 3, 2), Block(24, 24), Separable(24, 40, 2), Block(40, 40), Separable(40, 64, 2), Block(64, 64))
        self.drop, self.out = nn.Dropout(0.1), nn.Linear(64, classes)

    def logits(self, x):
        return self.out(self.drop(self.body(x).mean((2, 3))))

    def forward(self, x):
        return self.logits(x).softmax(1)
