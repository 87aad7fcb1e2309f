"""One narrow network for three tasks: backbone and neck as desk-seg's at little more than half its width, and for each cell
class scores, a box, a turned rectangle and three key points. Each task is exported with the parts it needs."""
import os, sys
HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("common", "train"): sys.path.insert(0, os.path.join(HERE, "..", "..", folder))
import copy
import torch
from torch import nn
import torch.nn.functional as F
from network import STRIDES, Block, Conv, Pool, Separable

SIZE, POINTS = 416, 3
WIDTHS = (24, 40, 48, 56)       # at strides 4, 8, 16, 32
HEAD = 32


class Tasks(nn.Module):
    def __init__(self, classes, size=SIZE):
        super().__init__()
        self.size = size
        a, b, c, d = WIDTHS
        self.s4 = nn.Sequential(Conv(3, 16, 3, 2), Conv(16, a, 3, 2), Block(a, a))
        self.s8 = nn.Sequential(Conv(a, b, 3, 2), Block(b, b, 2))
        self.s16 = nn.Sequential(Conv(b, c, 3, 2), Block(c, c, 2))
        self.s32 = nn.Sequential(Conv(c, d, 3, 2), Block(d, d), Pool(d))
        self.up16, self.up8 = Block(d + c, c, 1, False), Block(c + b, b, 1, False)
        self.down16, self.down32 = Separable(b, b, 2), Separable(c, c, 2)
        self.out16, self.out32 = Block(b + c, c, 1, False), Block(c + d, d, 1, False)
        heads = lambda n: nn.ModuleList(nn.Sequential(Separable(w, HEAD), Separable(HEAD, HEAD), nn.Conv2d(HEAD, n, 1)) for w in (b, c, d))
        self.cls, self.box, self.rectangle, self.points = heads(classes), heads(4), heads(5), heads(3 * POINTS)
        for i in range(3):
            nn.init.constant_(self.cls[i][-1].bias, -5.0)
            nn.init.constant_(self.box[i][-1].bias, 1.5)
            nn.init.zeros_(self.rectangle[i][-1].bias); nn.init.constant_(self.rectangle[i][-1].bias[2], 1.5)
            nn.init.zeros_(self.points[i][-1].bias)
        places, strides = [], []
        for s in STRIDES:
            n = size // s
            y, x = torch.meshgrid(torch.arange(n) + 0.5, torch.arange(n) + 0.5, indexing="ij")
            places.append(torch.stack([x.flatten(), y.flatten()], 0) * s)
            strides.append(torch.full((n * n,), float(s)))
        self.register_buffer("places", torch.cat(places, 1), persistent=False)      # [2,a], the cells' middles in input pixels
        self.register_buffer("strides", torch.cat(strides), persistent=False)

    def features(self, x):
        a = self.s4(x); b = self.s8(a); c = self.s16(b); d = self.s32(c)
        up = lambda t: F.interpolate(t, scale_factor=2.0, mode="nearest")
        n16 = self.up16(torch.cat([up(d), c], 1)); n8 = self.up8(torch.cat([up(n16), b], 1))
        p16 = self.out16(torch.cat([self.down16(n8), n16], 1))
        return n8, p16, self.out32(torch.cat([self.down32(p16), d], 1))

    def gather(self, heads, features):
        return torch.cat([h(f).reshape(-1, h[-1].out_channels, (self.size // s) ** 2) for h, f, s in zip(heads, features, STRIDES)], 2)

    def edges(self, raw):
        """Left, top, right and bottom [b,4,a] of the boxes."""
        d = F.softplus(raw) * self.strides
        return torch.cat([self.places - d[:, :2], self.places + d[:, 2:]], 1)

    def shapes(self, raw):
        """(centre [b,2,a], mean half side [b,1,a], lean [b,2,a]) of the turned rectangles: half sides m(1 + |lean|) along the
        angle and m(1 - |lean|) across it, lean being |lean| (cos 2 angle, sin 2 angle). Continuous in everything: a square has
        lean 0 and needs no angle."""
        centre = self.places + raw[:, :2] * self.strides
        return centre, F.softplus(raw[:, 2:3]) * self.strides, slant(raw)

    def raw(self, x):
        """(class logits [b,c,a], edges [b,4,a], rectangles [b,5,a], key points [b,9,a]), the last two not yet decoded."""
        f = self.features(x)
        return self.gather(self.cls, f), self.edges(self.gather(self.box, f)), self.gather(self.rectangle, f), self.gather(self.points, f)


def slant(raw):
    """The lean [b,2,a] of a turned rectangle, shorter than 1."""
    k = raw[:, 3:5]
    return k / torch.sqrt(1 + (k * k).sum(1, keepdim=True))


def only(net, *heads):
    """A copy without the other tasks' heads."""
    net = copy.deepcopy(net)
    for h in ("cls", "box", "rectangle", "points"):
        if h not in heads: delattr(net, h)
    return net


# The forms below use the two constants once each: the exporter writes a constant again for every use.

def offset_and_size(raw):
    """Centre from the cell's middle and size of the boxes, [b,4,a] in units of the stride."""
    d = F.softplus(raw)
    return torch.cat([(d[:, 2:] - d[:, :2]) * 0.5, d[:, :2] + d[:, 2:]], 1)


class Detect(nn.Module):
    """YOLO's dense form: [b, 4 + classes, a] of cx, cy, w, h, scores."""
    heads = ("cls", "box")

    def __init__(self, net):
        super().__init__(); self.net = only(net, *self.heads)

    def forward(self, x):
        n = self.net; f = n.features(x); box = offset_and_size(n.gather(n.box, f)) * n.strides
        return torch.cat([box[:, :2] + n.places, box[:, 2:], n.gather(n.cls, f).sigmoid()], 1)


class Pose(nn.Module):
    """[b, 4 + classes + 9, a]: the box, the scores of the classes that have key points, and x, y, seen of each point."""
    heads = ("cls", "box", "points")

    def __init__(self, net, classes):
        super().__init__(); self.net = only(net, *self.heads)
        for h in self.net.cls:
            all_ = h[-1]; h[-1] = nn.Conv2d(all_.in_channels, len(classes), 1).to(all_.weight.device)
            h[-1].weight.data, h[-1].bias.data = all_.weight.data[classes].clone(), all_.bias.data[classes].clone()

    def forward(self, x):
        n = self.net; f = n.features(x); raw, box = n.gather(n.points, f), offset_and_size(n.gather(n.box, f))
        all_ = torch.cat([box[:, :2]] + [raw[:, 3 * k:3 * k + 2] * 2 for k in range(POINTS)] + [box[:, 2:]], 1) * n.strides
        at = (all_[:, :2 * POINTS + 2].reshape(-1, POINTS + 1, 2, n.places.shape[1]) + n.places).reshape(-1, 2 * POINTS + 2, n.places.shape[1])
        parts = [at[:, :2], all_[:, 2 * POINTS + 2:], n.gather(n.cls, f).sigmoid()]
        for k in range(POINTS): parts += [at[:, 2 * k + 2:2 * k + 4], raw[:, 3 * k + 2:3 * k + 3].sigmoid()]
        return torch.cat(parts, 1)


class Obb(nn.Module):
    """[b, 4 + classes + 1, a]: cx, cy, w, h of the turned rectangle, w its longer side, the scores, and the angle of w in radians
    from -pi/4 to 3 pi/4, clockwise on the screen."""
    heads = ("cls", "rectangle")

    def __init__(self, net):
        super().__init__(); self.net = only(net, *self.heads)

    def forward(self, x):
        n = self.net; f = n.features(x); raw = n.gather(n.rectangle, f)
        half, lean = F.softplus(raw[:, 2:3]), slant(raw)
        c, s = lean[:, 0:1], lean[:, 1:2]; much = torch.sqrt(c * c + s * s)
        # half the angle of (s, -c), which is (c, s) turned back by a right angle: its range is where the angle itself is wanted
        angle = torch.atan((-c - 1e-9) / (s + much + 1e-12)) + 0.7853981633974483
        all_ = torch.cat([raw[:, :2], 2 * half * (1 + much), 2 * half * (1 - much)], 1) * n.strides
        return torch.cat([all_[:, :2] + n.places, all_[:, 2:], n.gather(n.cls, f).sigmoid(), angle], 1)


def fused(form):
    """For export: norms folded into the convolutions."""
    form = copy.deepcopy(form).cpu().eval()
    for m in form.modules():
        if isinstance(m, Conv): m.fuse()
    for p in form.parameters(): p.data = p.data.contiguous()        # training keeps them channels last
    return form
