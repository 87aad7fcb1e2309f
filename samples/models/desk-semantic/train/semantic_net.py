"""The desk segmenter: desk-seg's backbone under a head shaped like LR-ASPP's (a gate from the whole picture's mean over deep
features, merged with shallow ones), written for this project. Any height and width."""
import torch
from torch import nn
import torch.nn.functional as F
from common import DeskBackbone

NAMES = ["background", "mug", "bottle", "apple", "banana", "die", "coin"]


class SemanticNet(nn.Module):
    def __init__(self, trained=True, width=80, narrow=40):
        super().__init__()
        self.backbone = DeskBackbone(trained)
        self.deep, self.gate, self.shallow = nn.Conv2d(64, width, 1), nn.Conv2d(112, width, 1), nn.Conv2d(32, narrow, 1)
        self.merge, self.classes = nn.Conv2d(width + narrow, narrow, 3, 1, 1), nn.Conv2d(narrow, len(NAMES), 1)

    def forward(self, x):
        """[batch,3,h,w] in 0..1 to logits [batch,7,h,w]: computed at a quarter of the size and enlarged bilinearly."""
        a, n8, _, d = self.backbone(x)
        y = F.silu(self.deep(n8)) * self.gate(F.adaptive_avg_pool2d(d, 1)).sigmoid()
        y = F.interpolate(y, size=a.shape[2:], mode="bilinear", align_corners=False)
        y = F.silu(self.merge(torch.cat([y, F.silu(self.shallow(a))], 1)))
        return F.interpolate(self.classes(y), size=x.shape[2:], mode="bilinear", align_corners=False)
