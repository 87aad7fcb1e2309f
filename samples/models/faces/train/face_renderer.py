"""Draws faces: an ellipsoid head turned in space, lit by one lamp, with painted eyes, brows, mouth, hair, beard, glasses, hat
or mask, neck and shoulders, and puts them on pictures. Everything is computed per pixel on the device, a batch at once.

These are drawn faces, not photographs of people. A face's box is as wide as the head and reaches from the upper part of
the forehead to the chin; its key points are the two eyes, the tip of the nose and the two corners of the mouth, left to
right for a head that faces the viewer, as SCRFD orders them.
"""
import math
import torch
import torch.nn.functional as F

PATCH, REACH = 160, 1.7         # a patch shows -REACH..REACH around the head's centre; the head is 1 high from centre to chin
LEVELS = (160, 80, 40, 20)      # reduced copies for smaller faces


def uniform(n, low, high, device):
    return torch.rand(n, device=device) * (high - low) + low


def smooth(low, high, x):
    t = ((x - low) / (high - low)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def rotation(yaw, pitch, roll):
    """[n,3,3]: turns about the vertical, then the sideways, then the viewing axis; x right, y down, z to the viewer."""
    c, s, o, z = torch.cos, torch.sin, torch.ones_like(yaw), torch.zeros_like(yaw)
    m = lambda *v: torch.stack(v, 1).view(-1, 3, 3)
    about_y = m(c(yaw), z, s(yaw), z, o, z, -s(yaw), z, c(yaw))
    about_x = m(o, z, z, z, c(pitch), -s(pitch), z, s(pitch), c(pitch))
    about_z = m(c(roll), -s(roll), z, s(roll), c(roll), z, z, z, o)
    return about_z @ about_x @ about_y


def draw(n, device, behind=0.0):
    """n heads: (pictures [n,3,P,P], coverage [n,1,P,P], key points [n,5,2], boxes [n,4], is a face [n]); points and boxes in
    units of the head, y down. A share `behind` is seen from behind and is no face."""
    U = lambda a, b: uniform(n, a, b, device)[:, None, None]
    chance = lambda p: (torch.rand(n, device=device) < p).float()[:, None, None]
    at = (torch.arange(PATCH, device=device) + 0.5) / PATCH * 2 * REACH - REACH
    Y, X = torch.meshgrid(at, at, indexing="ij"); X, Y = X[None], Y[None]
    back = torch.rand(n, device=device) < behind
    yaw = (torch.randn(n, device=device) * 0.38).clamp(-0.95, 0.95); yaw = torch.where(back, yaw + math.pi, yaw)
    pitch, roll = (torch.randn(n, device=device) * 0.18).clamp(-0.45, 0.45), (torch.randn(n, device=device) * 0.22).clamp(-0.9, 0.9)
    R = rotation(yaw, pitch, roll)
    radii = torch.stack([uniform(n, 0.68, 0.82, device), torch.ones(n, device=device), uniform(n, 0.82, 0.98, device)], 1)
    # the ray through every pixel meets the head
    r = lambda i, j: R[:, i, j][:, None, None]
    along = [r(2, i) / radii[:, i, None, None] for i in range(3)]
    start = [(r(0, i) * X + r(1, i) * Y) / radii[:, i, None, None] for i in range(3)]
    a, b, c = sum(v * v for v in along), sum(v * w for v, w in zip(along, start)), sum(v * v for v in start) - 1
    inside = b * b - a * c
    depth = (-b + inside.clamp(min=0).sqrt()) / a
    u = [s + depth * v for s, v in zip(start, along)]                       # on the unit ball
    x, y, z = [u[i] * radii[:, i, None, None] for i in range(3)]            # on the head
    head = smooth(0.0, 0.05, inside / a.clamp(min=0.3)); front = smooth(0.0, 0.25, z)
    # where things are
    ex, ey, ew, eh = U(0.26, 0.34), U(-0.16, -0.04), U(0.10, 0.145), U(0.028, 0.085)
    my, mw, mh, ny, nw = U(0.46, 0.58), U(0.17, 0.30), U(0.03, 0.075), U(0.18, 0.30), U(0.09, 0.14)
    # light: the nose and the eye sockets bend the normal
    g = lambda t, m, s: torch.exp(-((t - m) / s) ** 2)
    profile = smooth(-0.3, 1.0, (y + 0.3) / (ny + 0.3)) * (1 - smooth(0.0, 0.14, y - ny)) * U(0.5, 1.1)
    nose_x = -2 * x / nw ** 2 * g(x, 0, nw) * profile * 0.16 * front
    nose_y = (smooth(-0.02, 0.1, y - ny) - smooth(0.1, 0.16, y - ny)) * g(x, 0, nw) * 1.4 * front
    normal = [u[i] / radii[:, i, None, None] for i in range(3)]
    normal[0] = normal[0] - nose_x; normal[1] = normal[1] - nose_y * -1
    normal = [sum(r(i, j) * normal[j] for j in range(3)) for i in range(3)]
    length = sum(v * v for v in normal).sqrt().clamp(min=1e-4)
    lamp = F.normalize(torch.stack([uniform(n, -1, 1, device), uniform(n, -1.2, 0.3, device), uniform(n, 0.25, 1.2, device)], 1), dim=1)
    facing = sum(normal[i] * lamp[:, i, None, None] for i in range(3)) / length
    ambient = U(0.25, 0.75); shade = ambient + (1 - ambient) * facing.clamp(min=0) * 1.15; gloss = facing.clamp(min=0) ** 30 * U(0, 0.25)
    # skin
    dark, light = torch.tensor([0.17, 0.10, 0.07], device=device), torch.tensor([0.97, 0.80, 0.70], device=device)
    t = torch.rand(n, 1, device=device) ** 0.8
    skin = (dark + (light - dark) * t) * (1 + 0.07 * torch.randn(n, 3, device=device))
    colour = skin[:, :, None, None].expand(-1, -1, PATCH, PATCH).clone()
    mottle = F.interpolate(torch.randn(n, 1, 12, 12, device=device), (PATCH, PATCH), mode="bicubic", align_corners=False)
    colour = colour * (1 + 0.035 * mottle)
    paint = lambda base, mask, tone: base + (tone - base) * (mask.clamp(0, 1))[:, None]
    tone = lambda v: v[:, :, None, None]
    cheeks = (g(x, 0.38, 0.2) + g(x, -0.38, 0.2)) * g(y, 0.25, 0.18) * U(0, 0.35) * front
    colour = paint(colour, cheeks, tone(skin * torch.tensor([1.05, 0.7, 0.65], device=device)))
    sockets = (g(x, ex, 0.15) + g(x, -ex, 0.15)) * g(y, ey - 0.02, 0.12) * U(0.1, 0.4) * front
    colour = paint(colour, sockets, tone(skin * 0.55))
    # hair colour, brows, eyes
    hairs = torch.tensor([[.03, .025, .02], [.10, .06, .03], [.25, .14, .06], [.65, .48, .22], [.45, .18, .06], [.75, .75, .75], [.35, .35, .36]], device=device)
    hair = hairs[torch.randint(len(hairs), (n,), device=device)] * (0.7 + 0.6 * torch.rand(n, 1, device=device))
    hair = torch.where(torch.rand(n, 1, device=device) < 0.05, torch.rand(n, 3, device=device), hair)
    side = torch.sign(x); ax = x.abs(); tilt, by = U(-0.25, 0.25), ey - U(0.14, 0.22)
    brow = smooth(1.15, 0.75, ((ax - ex) / U(0.14, 0.19)) ** 2 + ((y - by - tilt * (ax - ex)) / U(0.02, 0.05)) ** 2) * front * U(0.3, 1)
    colour = paint(colour, brow, tone(hair * 0.8))
    q = ((ax - ex) / ew) ** 2 + ((y - ey) / eh) ** 2
    white = smooth(1.1, 0.85, q) * front
    colour = paint(colour, white, torch.full((n, 3, 1, 1), 0.9, device=device))
    lid = smooth(0.55, 0.95, q) * smooth(1.75, 1.1, q) * smooth(0.01, -0.02, y - ey) * front
    gaze, ir = U(-0.035, 0.035), U(0.045, 0.062); iq = ((ax * side - side * ex - gaze) ** 2 + (y - ey) ** 2).sqrt() / ir
    iris = torch.tensor([[.12, .06, .03], [.2, .12, .05], [.15, .3, .5], [.2, .35, .2], [.3, .3, .3]], device=device)[torch.randint(5, (n,), device=device)]
    colour = paint(colour, smooth(1.1, 0.9, iq) * white, tone(iris)); colour = paint(colour, smooth(0.55, 0.42, iq) * white, tone(iris * 0.15))
    colour = paint(colour, lid * U(0.5, 1), tone(skin * 0.22))
    # nose: nostrils, a shadow below; mouth
    nostril = smooth(1.2, 0.6, ((ax - nw * 0.62) / 0.035) ** 2 + ((y - ny - 0.07) / 0.022) ** 2) * front
    colour = paint(colour, nostril * U(0.4, 0.9), tone(skin * 0.25))
    smile = U(-0.35, 0.7); line = my - smile * (x ** 2 - mw ** 2 * 0.5); lips = smooth(1.15, 0.85, (x / mw) ** 2 + ((y - line) / mh) ** 2) * front
    lip = skin * torch.tensor([0.95, 0.55, 0.55], device=device) + torch.tensor([0.08, 0.0, 0.0], device=device)
    lip = torch.where(torch.rand(n, 1, device=device) < 0.15, torch.tensor([0.65, 0.05, 0.1], device=device).expand(n, 3), lip)
    colour = paint(colour, lips * U(0.5, 1), tone(lip))
    gape = chance(0.3) * U(0.15, 0.75); open_ = smooth(1.1, 0.8, (x / (mw * 0.8)) ** 2 + ((y - line) / (mh * (gape + 0.08))) ** 2) * front
    colour = paint(colour, open_, tone(skin * 0.15)); colour = paint(colour, open_ * smooth(0.0, -0.02, y - line) * (gape > 0.3).float(), torch.full((n, 3, 1, 1), 0.88, device=device))
    # beard, moustache
    grain = F.interpolate(torch.rand(n, 1, 40, 40, device=device), (PATCH, PATCH), mode="bilinear", align_corners=False)[:, 0]
    beard = smooth(0.0, 0.2, y - U(0.2, 0.45) + 0.35 * (ax - 0.3).clamp(min=0) * -1) * (1 - lips) * chance(0.22) * U(0.35, 1)
    beard = torch.maximum(beard, smooth(1.2, 0.8, (x / (mw * 1.1)) ** 2 + ((y - (my + ny) / 2 - 0.06) / 0.055) ** 2) * chance(0.2)) * front
    colour = paint(colour, beard * (0.7 + 0.3 * grain), tone(hair * 0.9))
    # hair: above a line, and the back of the head; curls by noise
    wave = F.interpolate(torch.randn(n, 1, 9, 9, device=device), (PATCH, PATCH), mode="bicubic", align_corners=False)[:, 0] * 0.06
    hairline = U(-0.82, -0.45) + U(-0.3, 0.35) * x ** 2 * 2 + U(-0.3, 0.3) * x + wave
    bald = chance(0.1)
    crown = torch.maximum(smooth(0.03, -0.05, y - hairline), smooth(-0.02, -0.2, z + U(-0.1, 0.25)) * smooth(0.6, 0.3, y)) * (1 - bald)
    colour = paint(colour, crown, tone(hair) * (0.75 + 0.5 * grain)[:, None])
    # glasses, mask, hat
    gq = (((ax - ex) / U(0.17, 0.23)).abs() ** 3 + ((y - ey - 0.02) / U(0.13, 0.19)).abs() ** 3) ** (1 / 3)
    wears = chance(0.25) * front; tone_g = torch.rand(n, 3, device=device) * 0.35
    colour = paint(colour, smooth(1.02, 0.98, gq) * wears * torch.where(chance(0.35) > 0, U(0.6, 0.97), U(0.0, 0.12)), tone(tone_g * 0.4))
    rim = smooth(0.86, 0.93, gq) * smooth(1.12, 1.05, gq); rim = torch.maximum(rim, smooth(0.045, 0.025, (y - ey).abs()) * smooth(1.0, 1.03, gq))
    colour = paint(colour, rim * wears, tone(tone_g))
    cover = smooth(-0.02, 0.03, y - (ny - 0.1) - 0.12 * ax) * front * chance(0.06)
    colour = paint(colour, cover, tone(torch.tensor([0.75, 0.85, 0.9], device=device) * (0.5 + 0.6 * torch.rand(n, 3, device=device))))
    hat = chance(0.12) * smooth(0.02, -0.02, y - U(-0.6, -0.35)); felt = torch.rand(n, 3, device=device)
    colour = paint(colour, hat, tone(felt))
    colour = colour * shade[:, None] + gloss[:, None]
    # behind the head: ears, neck, shoulders, long hair; later ones cover earlier ones
    V = lambda p: (R @ p[:, :, None])[:, :2, 0]
    cover_all, body = torch.zeros(n, PATCH, PATCH, device=device), torch.zeros(n, 3, PATCH, PATCH, device=device)
    def behind_head(mask, tint):
        nonlocal cover_all, body
        body = paint(body, mask, tint); cover_all = cover_all + (1 - cover_all) * mask.clamp(0, 1)
    turned = X - torch.sin(roll)[:, None, None] * -Y * 0.3
    long_ = chance(0.35) * (1 - bald)
    behind_head(smooth(1.05, 0.97, (turned / U(0.88, 1.12)).abs() ** 3 + ((Y - 0.25) / U(1.05, 1.45)).abs() ** 3) * long_ * smooth(1.65, 1.4, Y), tone(hair * 0.7) * (0.7 + 0.5 * grain)[:, None])
    cloth = torch.rand(n, 3, device=device)
    behind_head(smooth(0.02, -0.02, turned.abs() - U(0.34, 0.5)) * smooth(0.35, 0.5, Y), tone(skin) * (shade.mean((1, 2)) * U(0.45, 0.8)[:, 0, 0])[:, None, None, None])
    behind_head(smooth(1.04, 0.98, (turned / U(1.3, 1.9)) ** 2 + ((Y - 1.9) / U(0.5, 0.85)) ** 2), tone(cloth) * U(0.4, 1)[:, None])
    for s in (-1.0, 1.0):
        ear = V(torch.stack([s * radii[:, 0] * 0.98, torch.full((n,), 0.02, device=device), torch.full((n,), -0.1, device=device)], 1))
        behind_head(smooth(1.15, 0.9, ((X - ear[:, 0, None, None]) / 0.13) ** 2 + ((Y - ear[:, 1, None, None]) / 0.22) ** 2) * (1 - long_), tone(skin * 0.8) * shade.mean((1, 2))[:, None, None, None])
    puff = (1 - bald) * U(0.0, 0.16)                    # hair stands off the head a little, above the eyes
    ring = smooth(0.0, 0.06, inside / a.clamp(min=0.3) + puff * 2 - 0.02) * smooth(0.05, -0.15, Y + 0.25) * (puff > 0.03).float()
    behind_head(ring, tone(hair * 0.8) * (0.7 + 0.5 * grain)[:, None])
    colour = paint(body, head, colour).clamp(0, 1); alpha = cover_all + (1 - cover_all) * head
    # key points on the surface, and the box
    on = lambda px, py, out=0.0: torch.stack([px, py, radii[:, 2] * (1 - (px / radii[:, 0]) ** 2 - py ** 2).clamp(min=0.02).sqrt() + out], 1)
    f = lambda v: v[:, 0, 0]
    corner = f(my) - f(smile) * f(mw) ** 2 * 0.5
    points = torch.stack([V(p) for p in (on(-f(ex), f(ey)), on(f(ex), f(ey)), on(torch.zeros(n, device=device), f(ny), 0.14), on(-f(mw), corner), on(f(mw), corner))], 1)
    half = ((R[:, :2] * radii[:, None]) ** 2).sum(2).sqrt()
    boxes = torch.stack([-half[:, 0], -half[:, 1] * 0.82, half[:, 0], half[:, 1]], 1)
    return colour, alpha[:, None], points, boxes, ~back


class Bank:
    """Heads drawn ahead, because drawing one costs far more than placing it: every call draws a few anew and picks from all."""
    def __init__(self, count, device, fresh, behind=0.08):
        self.count, self.fresh, self.behind, self.next, self.kept = count, fresh, behind, 0, None
        while self.next < count: self.put(min(128, count - self.next), device)
        self.next = 0

    def put(self, n, device):
        new = draw(n, device, self.behind)
        if self.kept is None: self.kept = [torch.zeros(self.count, *t.shape[1:], dtype=torch.half if t.ndim == 4 else t.dtype, device=device) for t in new]
        for kept, t in zip(self.kept, new): kept[self.next:self.next + n] = t
        self.next += n

    def refresh(self):
        if self.next + self.fresh > self.count: self.next = 0
        self.put(self.fresh, self.kept[0].device)

    def __call__(self, n, device):
        at = torch.randint(self.count, (n,), device=device)
        return [t[at].float() if t.dtype == torch.half else t[at] for t in self.kept]


def compose(background, faces, low=18.0, high=0.75, behind=0.08, occluded=0.25, heads=None):
    """Puts up to `faces` heads, drawn now or taken from the bank `heads`, on pictures [n,3,h,w] in 0..1: (pictures, boxes [n,k,4], points [n,k,5,2], valid [n,k], slight
    [n,k]); `slight` marks faces cut by the border or hidden so far that neither finding nor missing them counts."""
    n, _, h, w = background.shape; device = background.device; out = background
    boxes, points = torch.zeros(n, faces, 4, device=device), torch.zeros(n, faces, 5, 2, device=device)
    valid, slight = torch.zeros(n, faces, dtype=torch.bool, device=device), torch.zeros(n, faces, dtype=torch.bool, device=device)
    yy, xx = torch.meshgrid(torch.arange(h, device=device) + 0.5, torch.arange(w, device=device) + 0.5, indexing="ij")
    number = torch.randint(0, faces + 1, (n,), device=device)
    top = torch.exp(uniform(n, math.log(low * 2.2), math.log(high * min(h, w)), device))      # the largest face of each picture
    for k in range(faces):
        size = low + (top - low).clamp(min=0) * torch.rand(n, device=device) ** 0.8                # height of the box
        colour, alpha, p, b, face = heads(n, device) if heads else draw(n, device, behind)
        unit = size / (b[:, 3] - b[:, 1])                       # pixels for one unit of the head
        cx, cy = uniform(n, 0.02, 0.98, device) * w, uniform(n, 0.05, 0.95, device) * h
        box = b * unit[:, None] + torch.stack([cx, cy, cx, cy], 1)
        area = (box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1])
        seen = (box[:, 2].clamp(max=w) - box[:, 0].clamp(min=0)).clamp(min=0) * (box[:, 3].clamp(max=h) - box[:, 1].clamp(min=0)).clamp(min=0) / area
        place = (k < number) & (seen > 0.3)
        if k:                                                   # not over another face
            low_, high_ = torch.maximum(box[:, None, :2], boxes[:, :k, :2]), torch.minimum(box[:, None, 2:], boxes[:, :k, 2:])
            both = (high_ - low_).clamp(min=0).prod(2); mine = (boxes[:, :k, 2:] - boxes[:, :k, :2]).prod(2)
            hides = both / torch.minimum(mine, area[:, None]).clamp(min=1)
            place &= hides.amax(1) < 0.12
        # the patch, from the reduced copy that fits the face's size
        span = 2 * REACH * unit
        gx, gy = (xx[None] - cx[:, None, None]) / (span / 2)[:, None, None], (yy[None] - cy[:, None, None]) / (span / 2)[:, None, None]
        grid = torch.stack([gx, gy], 3)
        level = torch.log2(PATCH / span).round().clamp(0, len(LEVELS) - 1)
        layer, source = 0, torch.cat([colour * alpha, alpha], 1)
        for i, s in enumerate(LEVELS):
            small = source if s == PATCH else F.avg_pool2d(source, PATCH // s)
            pick = (level == i) & place
            if pick.any():
                layer = layer + F.grid_sample(small, grid, mode="bilinear", padding_mode="zeros", align_corners=False) * pick.float()[:, None, None, None]
        if isinstance(layer, int): continue
        gain = uniform(n, 0.55, 1.1, device)[:, None, None, None]
        out = out * (1 - layer[:, 3:]) + layer[:, :3] * gain
        # something in front of a part of it
        covers = (torch.rand(n, device=device) < occluded) & place
        if covers.any():
            angle, far = uniform(n, 0, 6.283, device), uniform(n, 0.45, 0.9, device)
            ox, oy = cx + torch.cos(angle) * far * unit, cy + torch.sin(angle) * far * unit
            q = ((xx[None] - ox[:, None, None]) / (unit * uniform(n, 0.3, 0.6, device))[:, None, None]).abs() ** 4 + ((yy[None] - oy[:, None, None]) / (unit * uniform(n, 0.3, 0.6, device))[:, None, None]).abs() ** 4
            mask = (smooth(1.05, 0.95, q) * covers.float()[:, None, None])[:, None]
            tint = torch.rand(n, 3, 1, 1, device=device)
            out = out * (1 - mask) + mask * (tint * 0.7 + 0.3 * background.flip(3))
        boxes[:, k] = torch.where(place[:, None], box, torch.zeros_like(box))
        points[:, k] = p * unit[:, None, None] + torch.stack([cx, cy], 1)[:, None]
        valid[:, k] = place & face; slight[:, k] = place & face & (seen < 0.65)
    whole = boxes.clone()
    whole[..., 0::2] = whole[..., 0::2].clamp(0, w); whole[..., 1::2] = whole[..., 1::2].clamp(0, h)
    return out.clamp(0, 1), whole, points, valid & ~slight, slight
