"""A small face detector with SCRFD's nine outputs, written for this project: a narrow backbone, a top-down pyramid, and per
stride (8, 16, 32) a head with two anchors a cell for the score, four distances and five key points."""
import torch
from torch import nn
import torch.nn.functional as F
from network import Block, Conv, Pool, Separable

STRIDES, ANCHORS, WIDTH = (8, 16, 32), 2, 48


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.faces, self.places = nn.Sequential(Separable(WIDTH, WIDTH), Separable(WIDTH, WIDTH)), nn.Sequential(Separable(WIDTH, WIDTH), Separable(WIDTH, WIDTH))
        self.score, self.box, self.points = nn.Conv2d(WIDTH, ANCHORS, 1), nn.Conv2d(WIDTH, 4 * ANCHORS, 1), nn.Conv2d(WIDTH, 10 * ANCHORS, 1)
        nn.init.constant_(self.score.bias, -4.5)
        with torch.no_grad():       # the first anchor starts from small faces, the second from larger ones
            self.box.bias[:4], self.box.bias[4:] = 1.0, 2.5

    def forward(self, x):
        rows = lambda t, k: t.permute(0, 2, 3, 1).reshape(t.shape[0], -1, k)
        a, b = self.faces(x), self.places(x)
        return rows(self.score(a), 1), rows(F.softplus(self.box(b)), 4), rows(self.points(b), 10)


class FaceNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.s4 = nn.Sequential(Conv(3, 16, 3, 2), Conv(16, 24, 3, 2), Block(24, 24))
        self.s8 = nn.Sequential(Conv(24, 48, 3, 2), Block(48, 48))
        self.s16 = nn.Sequential(Conv(48, 72, 3, 2), Block(72, 72))
        self.s32 = nn.Sequential(Conv(72, 96, 3, 2), Block(96, 96), Pool(96))
        self.enter = nn.ModuleList(Conv(c, WIDTH) for c in (48, 72, 96))
        self.leave = nn.ModuleList(Conv(WIDTH, WIDTH, 3) for _ in range(2))
        self.heads = nn.ModuleList(Head() for _ in STRIDES)

    def raw(self, x):
        """Per stride score logits [b,r,1], distances left, top, right, bottom [b,r,4] and points [b,r,10] in strides; rows
        go along the picture's rows, two to a cell."""
        b = self.s8(self.s4(x)); c = self.s16(b); d = self.s32(c)
        b, c, d = [e(t) for e, t in zip(self.enter, (b, c, d))]
        c = self.leave[0](c + F.interpolate(d, size=c.shape[2:], mode="nearest")); b = self.leave[1](b + F.interpolate(c, size=b.shape[2:], mode="nearest"))
        return [h(t) for h, t in zip(self.heads, (b, c, d))]

    def forward(self, x):
        """[batch,3,h,w], (RGB - 127.5) / 128, h and w multiples of 32, to nine outputs: scores 0..1, boxes, points, each for
        strides 8, 16, 32."""
        rows = self.raw(x)
        return tuple(r[0].sigmoid() for r in rows) + tuple(r[1] for r in rows) + tuple(r[2] for r in rows)

    def fuse(self):
        for m in self.modules():
            if isinstance(m, Conv): m.fuse()
        return self


def centres(h, w, device):
    """(points [2,a], strides [a]) of the anchors of an h x w input: the cell's corner, without a half cell."""
    points, strides = [], []
    for s in STRIDES:
        y, x = torch.meshgrid(torch.arange(h // s, device=device) * s, torch.arange(w // s, device=device) * s, indexing="ij")
        points.append(torch.stack([x.flatten(), y.flatten()]).float().repeat_interleave(ANCHORS, 1)); strides.append(torch.full((points[-1].shape[1],), float(s), device=device))
    return torch.cat(points, 1), torch.cat(strides)
