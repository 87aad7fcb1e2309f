"""The network, written for this project from the published ideas: a small backbone of split-and-merge blocks, pyramid
pooling, a two-way feature pyramid, an anchor-free head (class, four distances, 32 mask coefficients at strides 8, 16, 32)
and a mask-prototype branch at stride 4."""
import torch
from torch import nn
import torch.nn.functional as F

STRIDES, COEFFICIENTS = (8, 16, 32), 32


class Conv(nn.Module):
    """Convolution, batch norm, SiLU."""
    def __init__(self, a, b, k=1, s=1, groups=1):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(a, b, k, s, k // 2, groups=groups, bias=False), nn.BatchNorm2d(b, eps=1e-3, momentum=0.03)

    def forward(self, x):
        return F.silu(self.norm(self.conv(x)))

    def fuse(self):
        """Folds the norm into the convolution; only for export."""
        k = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        c = nn.Conv2d(self.conv.in_channels, self.conv.out_channels, self.conv.kernel_size, self.conv.stride, self.conv.padding, groups=self.conv.groups)
        c.weight.data, c.bias.data = self.conv.weight.data * k[:, None, None, None], self.norm.bias.data - self.norm.running_mean * k.data
        self.conv, self.norm = c, nn.Identity()


class Separable(nn.Sequential):
    """A 3 x 3 convolution per channel, then 1 x 1."""
    def __init__(self, a, b, s=1):
        super().__init__(Conv(a, a, 3, s, a), Conv(a, b))


class Block(nn.Module):
    """Half the channels go through n residual pairs of 3 x 3 convolutions; every stage is kept and merged."""
    def __init__(self, a, b, n=1, residual=True):
        super().__init__()
        self.h, self.residual = b // 2, residual
        self.enter, self.leave = Conv(a, b), Conv((2 + n) * self.h, b)
        self.pairs = nn.ModuleList(nn.Sequential(Conv(self.h, self.h, 3), Conv(self.h, self.h, 3)) for _ in range(n))

    def forward(self, x):
        parts = list(self.enter(x).split((self.h, self.h), 1))
        for pair in self.pairs:
            y = pair(parts[-1])
            parts.append(parts[-1] + y if self.residual else y)
        return self.leave(torch.cat(parts, 1))


class Pool(nn.Module):
    """Three 5 x 5 maximum pools in a row, all kept: a cheap view of the surroundings."""
    def __init__(self, c):
        super().__init__()
        self.enter, self.leave = Conv(c, c // 2), Conv(c * 2, c)

    def forward(self, x):
        y = [self.enter(x)]
        for _ in range(3):
            y.append(F.max_pool2d(y[-1], 5, 1, 2))
        return self.leave(torch.cat(y, 1))


class Segmenter(nn.Module):
    def __init__(self, classes, size=640):
        super().__init__()
        self.classes, self.size = classes, size
        self.s4 = nn.Sequential(Conv(3, 16, 3, 2), Conv(16, 32, 3, 2), Block(32, 32))
        self.s8 = nn.Sequential(Conv(32, 64, 3, 2), Block(64, 64, 2))
        self.s16 = nn.Sequential(Conv(64, 96, 3, 2), Block(96, 96, 2))
        self.s32 = nn.Sequential(Conv(96, 112, 3, 2), Block(112, 112), Pool(112))
        self.up16, self.up8 = Block(112 + 96, 96, 1, False), Block(96 + 64, 64, 1, False)
        self.down16, self.down32 = Separable(64, 64, 2), Separable(96, 96, 2)
        self.out16, self.out32 = Block(64 + 96, 96, 1, False), Block(96 + 112, 112, 1, False)
        head = lambda c, n: nn.Sequential(Separable(c, 48), Separable(48, 48), nn.Conv2d(48, n, 1))
        self.cls = nn.ModuleList(head(c, classes) for c in (64, 96, 112))
        self.box = nn.ModuleList(head(c, 4) for c in (64, 96, 112))
        self.coef = nn.ModuleList(head(c, COEFFICIENTS) for c in (64, 96, 112))
        self.proto = nn.Sequential(Conv(64 + 32, 48), Conv(48, 48, 3), Conv(48, 48, 3), nn.Conv2d(48, COEFFICIENTS, 1))
        for c, b in zip(self.cls, self.box):
            nn.init.constant_(c[-1].bias, -5.0)
            nn.init.constant_(b[-1].bias, 1.5)
        points, strides = [], []
        for s in STRIDES:
            n = size // s
            y, x = torch.meshgrid(torch.arange(n) + 0.5, torch.arange(n) + 0.5, indexing="ij")
            points.append(torch.stack([x.flatten(), y.flatten()], 0) * s)
            strides.append(torch.full((n * n,), float(s)))
        self.register_buffer("points", torch.cat(points, 1), persistent=False)      # [2, 8400] in input pixels
        self.register_buffer("strides", torch.cat(strides), persistent=False)

    def raw(self, x):
        """(class logits [b,c,a], distances left/top/right/bottom in pixels [b,4,a], coefficients [b,32,a], prototypes)."""
        a = self.s4(x); b = self.s8(a); c = self.s16(b); d = self.s32(c)
        up = lambda t: F.interpolate(t, scale_factor=2.0, mode="nearest")
        n16 = self.up16(torch.cat([up(d), c], 1)); n8 = self.up8(torch.cat([up(n16), b], 1))
        p16 = self.out16(torch.cat([self.down16(n8), n16], 1)); p32 = self.out32(torch.cat([self.down32(p16), d], 1))
        gather = lambda heads: torch.cat([h(f).reshape(-1, h[-1].out_channels, (self.size // k) ** 2) for h, f, k in zip(heads, (n8, p16, p32), STRIDES)], 2)
        return gather(self.cls), F.softplus(gather(self.box)) * self.strides, gather(self.coef), self.proto(torch.cat([up(n8), a], 1))

    def forward(self, x):
        """The export form: output0 [b, 4+classes+32, a] with cx, cy, w, h, and output1, the prototypes."""
        cls, d, coef, proto = self.raw(x)
        low, high = self.points - d[:, :2], self.points + d[:, 2:]
        return torch.cat([(low + high) * 0.5, high - low, cls.sigmoid(), coef], 1), proto


class EndToEnd(nn.Module):
    """The same weights with the choice of the best 300 in the graph: rows [b, 300, 6+32] of x1, y1, x2, y2, score, class,
    32 coefficients by falling score. Of two boxes of one class that overlap by more than `iou` the weaker one scores 0."""
    def __init__(self, net, iou=0.6):
        super().__init__()
        self.net, self.iou = net, iou
        self.register_buffer("earlier", torch.ones(300, 300, dtype=torch.bool).tril(-1), persistent=False)

    def forward(self, x):
        cls, d, coef, proto = self.net.raw(x)
        boxes = torch.cat([self.net.points - d[:, :2], self.net.points + d[:, 2:]], 1)
        score, label = cls.sigmoid().max(1)
        score, at = score.topk(300, 1)
        rows = torch.cat([boxes, label[:, None].to(boxes.dtype), coef], 1).transpose(1, 2)
        rows = rows.gather(1, at[..., None].expand(-1, -1, 5 + COEFFICIENTS))
        low, high, label = rows[..., 0:2], rows[..., 2:4], rows[..., 4]
        common = (torch.minimum(high[:, :, None], high[:, None]) - torch.maximum(low[:, :, None], low[:, None])).clamp(min=0)
        common, area = common[..., 0] * common[..., 1], (high - low)[..., 0] * (high - low)[..., 1]
        iou = common / (area[:, :, None] + area[:, None] - common + 1e-7)
        worse = (iou > self.iou) & (label[:, :, None] == label[:, None]) & self.earlier
        score = score * (1 - worse.to(boxes.dtype).amax(2))
        score, at = score.topk(300, 1)
        rows = rows.gather(1, at[..., None].expand(-1, -1, 5 + COEFFICIENTS))
        return torch.cat([rows[..., :4], score[..., None], rows[..., 4:]], 2), proto
