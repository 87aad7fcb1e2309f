"""The training loss: task-aligned assignment, class BCE, complete-IoU boxes, and BCE plus Dice on masks cut to their boxes."""
import math
import torch
import torch.nn.functional as F


def complete_iou(a, b):
    """CIoU of boxes x1, y1, x2, y2 along the last axis."""
    w = (torch.minimum(a[..., 2], b[..., 2]) - torch.maximum(a[..., 0], b[..., 0])).clamp(0)
    h = (torch.minimum(a[..., 3], b[..., 3]) - torch.maximum(a[..., 1], b[..., 1])).clamp(0)
    aw, ah, bw, bh = a[..., 2] - a[..., 0], a[..., 3] - a[..., 1], b[..., 2] - b[..., 0], b[..., 3] - b[..., 1]
    iou = w * h / (aw * ah + bw * bh - w * h + 1e-7)
    cw = torch.maximum(a[..., 2], b[..., 2]) - torch.minimum(a[..., 0], b[..., 0]); ch = torch.maximum(a[..., 3], b[..., 3]) - torch.minimum(a[..., 1], b[..., 1])
    far = ((a[..., 0] + a[..., 2] - b[..., 0] - b[..., 2]) ** 2 + (a[..., 1] + a[..., 3] - b[..., 1] - b[..., 3]) ** 2) / 4
    v = 4 / math.pi ** 2 * (torch.atan(aw / (ah + 1e-7)) - torch.atan(bw / (bh + 1e-7))) ** 2
    with torch.no_grad():
        alpha = v / (v - iou + 1 + 1e-7)
    return iou - far / (cw ** 2 + ch ** 2 + 1e-7) - alpha * v


@torch.no_grad()
def assign(scores, boxes, points, labels, truth, valid, top=10):
    """For every anchor the object it answers for, or -1, and how well (0..1). scores [b,a,c], boxes [b,a,4], truth [b,m,4]."""
    inside = torch.stack([points[0] - truth[..., 0:1], points[1] - truth[..., 1:2], truth[..., 2:3] - points[0], truth[..., 3:4] - points[1]], -1).amin(-1) > 1e-3
    inside &= valid[..., None]
    iou = complete_iou(boxes[:, None], truth[:, :, None]).clamp(0) * inside                       # [b,m,a]
    score = scores.transpose(1, 2).gather(1, labels[..., None].expand(-1, -1, scores.shape[1]))   # [b,m,a]
    metric = score.sqrt() * iou ** 6 * inside
    best = metric.topk(top, -1)
    chosen = torch.zeros_like(inside).scatter(-1, best.indices, best.values > 1e-9) & inside
    overlap = torch.where(chosen, iou, torch.full_like(iou, -1))
    value, owner = overlap.max(1)                                                                 # an anchor serves one object only
    owner = torch.where(value >= 0, owner, torch.full_like(owner, -1))
    mine = chosen & (owner[:, None] == torch.arange(truth.shape[1], device=owner.device)[None, :, None])
    metric, iou = metric * mine, iou * mine
    quality = (metric / (metric.amax(-1, keepdim=True) + 1e-9) * iou.amax(-1, keepdim=True)).amax(1)
    return owner, quality


def loss(net, out, labels, truth, valid, ignored, masks, each=20):
    """out = net.raw(x); masks [b,m,160,160] are fractions 0..1. Returns (total, parts for the log)."""
    cls, dist, coef, proto = [t.float() for t in out]
    cls, dist, coef = cls.transpose(1, 2), dist.transpose(1, 2), coef.transpose(1, 2)
    points = net.points
    boxes = torch.cat([points.T - dist[..., :2], points.T + dist[..., 2:]], -1)
    owner, quality = assign(cls.sigmoid(), boxes, points, labels, truth, valid)
    hit = owner >= 0
    target = torch.zeros_like(cls)
    b, a = hit.nonzero(as_tuple=True)
    o = owner[b, a]
    q = quality[b, a]
    target[b, a, labels[b, o]] = q
    inside = ((points[0] > ignored[..., 0:1]) & (points[1] > ignored[..., 1:2]) & (points[0] < ignored[..., 2:3]) & (points[1] < ignored[..., 3:4])).any(1)
    weight = (~inside | hit).float()[..., None]
    norm = target.sum().clamp(1)
    l_cls = (F.binary_cross_entropy_with_logits(cls, target, reduction="none") * weight).sum() / norm
    l_box = ((1 - complete_iou(boxes[b, a], truth[b, o])) * q).sum() / norm
    # masks: at most `each` of a picture's anchors, taken at random; a fixed number, so that nothing waits for the GPU
    key, a = (torch.rand_like(quality) * hit).topk(each, 1)
    used = (key > 0).float().flatten()
    o = owner.gather(1, a).clamp(0)
    s, n = proto.shape[-1], len(cls)
    logits = (coef.gather(1, a[..., None].expand(-1, -1, coef.shape[2])) @ proto.flatten(2)).view(-1, s, s)
    row = torch.arange(n, device=o.device)[:, None]
    want, box = masks[row, o].float().flatten(0, 1), truth[row, o].flatten(0, 1) / (net.size / s)
    r = torch.arange(s, device=o.device) + 0.5
    # the crop is one prototype pixel wider than the box, so edges at the box are learnt as well
    inside = ((r[None, :] > box[:, 0:1] - 1) & (r[None, :] < box[:, 2:3] + 1))[:, None, :] & ((r[None, :] > box[:, 1:2] - 1) & (r[None, :] < box[:, 3:4] + 1))[:, :, None]
    area = inside.sum((1, 2)).clamp(1)
    bce = ((F.binary_cross_entropy_with_logits(logits, want, reduction="none") * inside).sum((1, 2)) / area * used).sum() / used.sum().clamp(1)
    p = logits.sigmoid() * inside
    dice = ((1 - (2 * (p * want).sum((1, 2)) + 1) / (p.sum((1, 2)) + (want * inside).sum((1, 2)) + 1)) * used).sum() / used.sum().clamp(1)
    total = 0.5 * l_cls + 5.0 * l_box + 3.0 * bce + 1.5 * dice
    return total, (l_cls.detach(), l_box.detach(), bce.detach(), dice.detach())
