"""A training batch: random views of rendered scenes as letterboxing would give them, and the truth of all three tasks."""
import math
import numpy as np
import torch
import torch.nn.functional as F
import common
from common import SLOTS, uniform


def batch(pool, n, size, gentle=False):
    """(pictures [n,3,size,size], truth). truth: labels, boxes x1 y1 x2 y2, valid, ignored boxes, rectangles, area, points."""
    rgb, ids, labels, points = pool; device = rgb.device
    at = torch.randint(len(rgb), (n,), device=device)
    x, m, labels, points = rgb[at].permute(0, 3, 1, 2).float() / 255, ids[at][:, None].float(), labels[at].long().clamp(min=0), points[at]
    h, w = m.shape[2:]; some = lambda share: torch.rand(n, device=device) < share
    zoom = torch.exp(uniform(n, math.log(0.75 if gentle else 0.55), math.log(1.3 if gentle else 1.8), device))
    turn = torch.where(some(0.2), uniform(n, -0.8, 0.8, device), torch.randn(n, device=device) * 0.06)
    flip = torch.where(some(0.5), -1.0, 1.0)
    room = (zoom - 1).abs() * 0.5 + 0.08
    tx, ty = uniform(n, -1, 1, device) * room / zoom, uniform(n, -1, 1, device) * room / zoom * h / w * 1.3
    exact = some(0.25)          # a quarter sees the picture as letterboxing gives it
    zoom, turn, tx, ty = [torch.where(exact, torch.full_like(t, v), t) for t, v in ((zoom, 1.0), (turn, 0.0), (tx, 0.0), (ty, 0.0))]
    c, s = torch.cos(turn) / zoom, torch.sin(turn) / zoom
    theta = torch.stack([torch.stack([c * flip, -s * flip, tx], 1), torch.stack([s * w / h, c * w / h, ty], 1)], 1)
    grid = F.affine_grid(theta, (n, 3, size, size), align_corners=False)
    coarse = torch.rand(1).item()
    if coarse < 0.3:            # as if the picture had come smaller and been enlarged
        x = F.interpolate(x, scale_factor=float(np.random.choice([0.5, 0.6, 0.75])), mode="bilinear", antialias=True, align_corners=False)
    elif coarse < 0.45:
        x = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = F.grid_sample(common.colours(x) - 114 / 255, grid, mode="bilinear", padding_mode="zeros", align_corners=False) + 114 / 255
    m = F.grid_sample(m, grid, mode="nearest", padding_mode="zeros", align_corners=False)[:, 0].round()
    border = (grid.abs() > 1).any(-1)[:, None]
    x = torch.where(border, x, (x + torch.randn_like(x) * (torch.rand(n, 1, 1, 1, device=device) ** 2 * 0.05)).clamp(0, 1))
    # the points' places in the view; its inverse turns back what theta says
    px, py = (2 * points[..., 0] / w - 1 - tx[:, None, None]) * flip[:, None, None], (2 * points[..., 1] / h - 1 - ty[:, None, None]) * h / w
    c, s = [(t * zoom * zoom)[:, None, None] for t in (c, s)]
    ox, oy = [(t + 1) / 2 * size for t in (c * px + s * py, c * py - s * px)]
    flags = torch.where((ox >= 0) & (oy >= 0) & (ox < size) & (oy < size), points[..., 2], torch.zeros_like(ox))
    truth = instances(m, size)
    truth.update(labels=labels, points=torch.stack([ox, oy, flags], -1))
    return (x * 255).round() / 255, truth


def instances(m, size):
    """Of instance maps [n,size,size]: boxes, rectangles and areas of what is visible, and which of them count."""
    device = m.device
    each = m[:, None] == torch.arange(1, SLOTS + 1, device=device, dtype=m.dtype)[None, :, None, None]
    rows, cols, area = each.any(3), each.any(2), each.sum((2, 3)).float()
    first = lambda t: t.to(torch.uint8).argmax(-1).float()
    boxes = torch.stack([first(cols), first(rows), size - first(cols.flip(2)), size - first(rows.flip(2))], 2)
    seen, side = rows.any(2), torch.minimum(boxes[..., 2] - boxes[..., 0], boxes[..., 3] - boxes[..., 1])
    valid = seen & (side >= 7) & (area >= 40)
    left, right = first(each) + 0.5, size - 0.5 - first(each.flip(3))           # [n,slots,size], middles of the outermost pixels
    none = torch.zeros_like(boxes)
    return {"boxes": torch.where(valid[..., None], boxes, none), "valid": valid, "ignored": torch.where((seen & ~valid)[..., None], boxes, none),
            "area": area, "rectangles": smallest(left, right, rows, size)}


def smallest(left, right, rows, size):
    """The smallest turned rectangles round pixels given by each row's outermost ones: [n,slots,5] cx, cy, w, h and the angle of
    w, 0 to pi/2. Angles are tried every 2.5 degrees, then every half a degree."""
    y = torch.arange(size, device=left.device) + 0.5
    far = torch.full_like(left, 1e6)
    def extents(c, s):          # c and s [...,k]; the outermost pixels along the angle and across it
        top = lambda t: torch.where(rows[..., None], t, -far[..., None]).amax(2)
        x0, x1, yy = left[..., None], right[..., None], y[None, None, :, None]; c_, s_ = c[:, :, None], s[:, :, None]
        pad = (c + s) / 2       # a pixel's own half width along either direction
        return -top(-(x0 * c_ + yy * s_)) - pad, top(x1 * c_ + yy * s_) + pad, -top(-(yy * c_ - x1 * s_)) - pad, top(yy * c_ - x0 * s_) + pad
    def best(angles):
        c, s = torch.cos(angles), torch.sin(angles)
        u0, u1, v0, v1 = extents(c, s)
        k = ((u1 - u0) * (v1 - v0)).argmin(-1, keepdim=True)
        take = lambda t: t.expand(u0.shape).gather(-1, k)[..., 0]
        return [take(t) for t in (angles, c, s, u0, u1, v0, v1)]
    step = math.pi / 72
    coarse = best((torch.arange(36, device=left.device) * step)[None, None].expand(left.shape[0], left.shape[1], -1))[0]
    fine = (coarse[..., None] + torch.linspace(-1, 1, 11, device=left.device) * step).clamp(0, math.pi / 2)
    a, c, s, u0, u1, v0, v1 = best(fine)
    u, v = (u0 + u1) / 2, (v0 + v1) / 2
    return torch.stack([u * c - v * s, u * s + v * c, u1 - u0, v1 - v0, a], -1)
