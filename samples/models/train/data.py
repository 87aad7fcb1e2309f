"""A pool of rendered scenes held in GPU memory, and the random view, light and camera faults of every training batch."""
import math
import numpy as np
import torch
import torch.nn.functional as F
import scenes, sources

SLOTS = 14      # the most objects of a scene


def render_pool(count, photos, coins, first=0, w=640, h=480, spp=24, chunk=64):
    """count scenes as (pictures [n,3,h,w], instance maps [n,h,w], class of each instance [n,SLOTS]), all on the GPU."""
    lib = scenes.library(True)
    rgb, ids = torch.empty(count, h, w, 3, dtype=torch.uint8, device="cuda"), torch.empty(count, h, w, dtype=torch.uint8, device="cuda")
    labels = np.zeros((count, SLOTS), np.int64)
    for at in range(0, count, chunk):
        batch = np.array([scenes.random_scene(first + i) for i in range(at, min(at + chunk, count))])
        labels[at:at + len(batch)] = np.maximum(batch["obj"]["label"][:, :SLOTS], 0)
        scenes.render(lib, batch, photos, coins, w, h, spp, rgb[at].data_ptr(), ids[at].data_ptr())
    return rgb, ids, torch.from_numpy(labels).cuda()


def add_plain_photographs(pool, photos, each=12):
    """Adds pictures with none of the objects: the photographs that training may see, so that they teach what to ignore."""
    rgb, ids, labels = pool
    h, w = ids.shape[1:]
    keep = [i for i, (_, use) in enumerate(sources.PICTURES) if use == "train"]
    plain = torch.from_numpy(photos[keep][:, :384, :512]).cuda().permute(0, 3, 1, 2).float()
    plain = F.interpolate(plain, (h, w), mode="bilinear").round().clamp(0, 255).byte().permute(0, 2, 3, 1).repeat(each, 1, 1, 1)
    return torch.cat([rgb, plain]), torch.cat([ids, ids.new_zeros(len(plain), h, w)]), torch.cat([labels, labels.new_zeros(len(plain), SLOTS)])


def uniform(n, low, high):
    return torch.rand(n, device="cuda") * (high - low) + low


def batch(pool, n, size=640, gentle=False):
    """One training batch: (pictures, labels, boxes, valid, boxes to ignore, soft masks at a quarter of the size)."""
    rgb, ids, labels = pool
    at = torch.randint(len(rgb), (n,), device="cuda")
    x, m, labels = rgb[at].permute(0, 3, 1, 2).float() / 255, ids[at][:, None].float(), labels[at]
    h, w = m.shape[2:]
    # the view: zoom, turn, mirror, shift; what lies outside becomes the letterbox's grey
    zoom = torch.exp(uniform(n, math.log(0.75 if gentle else 0.5), math.log(1.3 if gentle else 1.7)))
    turn = torch.where(torch.rand(n, device="cuda") < 0.15, uniform(n, -0.7, 0.7), torch.randn(n, device="cuda") * 0.06)
    flip = torch.where(torch.rand(n, device="cuda") < 0.5, -1.0, 1.0)
    c, s = torch.cos(turn) / zoom, torch.sin(turn) / zoom
    k = size / w            # output pixel size in units of the picture's width, at zoom 1
    room = (zoom - 1).abs() * 0.5 + 0.08
    tx, ty = uniform(n, -1, 1) * room / zoom, uniform(n, -1, 1) * room / zoom * h / w * 1.3
    exact = torch.rand(n, device="cuda") < 0.25      # a quarter sees the picture as letterboxing gives it
    c, s, tx, ty = torch.where(exact, 1.0, c), torch.where(exact, 0.0, s), torch.where(exact, 0.0, tx), torch.where(exact, 0.0, ty)
    theta = torch.stack([torch.stack([c * flip * k, -s * flip * k, tx], 1), torch.stack([s * w / h * k, c * w / h * k, ty], 1)], 1)
    grid = F.affine_grid(theta, (n, 3, size, size), align_corners=False)
    coarse = torch.rand(1).item()
    if coarse < 0.3:        # as if the picture had come smaller and been enlarged
        d = float(np.random.choice([0.4, 0.5, 0.6, 0.75]))
        x = F.interpolate(x, scale_factor=d, mode="bilinear", antialias=True, align_corners=False)
    elif coarse < 0.4:
        x = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    # light and colour, before the grey border is laid round
    gain = uniform(n, 0.65, 1.4)[:, None, None, None] * (1 + 0.08 * torch.randn(n, 3, 1, 1, device="cuda"))
    x = x.clamp(1e-4, 1) ** torch.exp(uniform(n, -0.35, 0.35))[:, None, None, None] * gain
    grey = x.mean(1, keepdim=True)
    saturation = torch.where(torch.rand(n, device="cuda") < 0.05, 0.0, uniform(n, 0.4, 1.4))[:, None, None, None]
    x = grey + (x - grey) * saturation
    x = ((x - 0.5) * uniform(n, 0.7, 1.25)[:, None, None, None] + 0.5).clamp(0, 1)
    x = F.grid_sample(x - 114 / 255, grid, mode="bilinear", padding_mode="zeros", align_corners=False) + 114 / 255
    m = F.grid_sample(m, grid, mode="nearest", padding_mode="zeros", align_corners=False)[:, 0].round()
    border = (grid.abs() > 1).any(-1)[:, None]
    noise = torch.randn_like(x) * (torch.rand(n, 1, 1, 1, device="cuda") ** 2 * 0.05)
    x = torch.where(border, x, (x + noise).clamp(0, 1))
    x = (x * 255).round() / 255
    # instances: boxes and masks of what is visible
    each = m[:, None] == torch.arange(1, SLOTS + 1, device="cuda")[None, :, None, None]
    rows, cols = each.any(3), each.any(2)
    first = lambda t: t.to(torch.uint8).argmax(2).float()
    boxes = torch.stack([first(cols), first(rows), size - first(cols.flip(2)), size - first(rows.flip(2))], 2)
    seen, area = rows.any(2), each.sum((2, 3))
    side = torch.minimum(boxes[..., 2] - boxes[..., 0], boxes[..., 3] - boxes[..., 1])
    valid = seen & (side >= 10) & (area >= 90)
    ignored = torch.where((seen & ~valid)[..., None], boxes, torch.zeros_like(boxes))
    boxes = torch.where(valid[..., None], boxes, torch.zeros_like(boxes))
    masks = F.avg_pool2d(each.to(torch.bfloat16), 4)
    return x, labels, boxes, valid, ignored, masks
