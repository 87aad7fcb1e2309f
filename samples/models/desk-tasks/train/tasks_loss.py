"""The training loss of the three tasks on one assignment: class BCE, complete-IoU boxes, Gaussian overlap and places of the
turned rectangles, OKS and visibility of the key points."""
import os, sys
import torch
import torch.nn.functional as F
from keypoints import SIGMA
from loss import assign, complete_iou
from tasks_net import POINTS


def roots(r):
    """Rectangles [...,5] as centre and the matrix root of their Gaussian, half sides along their directions: cx, cy, xx, yy, xy."""
    c, s, w, h = torch.cos(r[..., 4]), torch.sin(r[..., 4]), r[..., 2] / 2, r[..., 3] / 2
    return torch.stack([r[..., 0], r[..., 1], w * c * c + h * s * s, w * s * s + h * c * c, (w - h) * c * s], -1)


def gaussian_overlap(p, t, e=1e-6):
    """probIoU along the last axis of shapes as `roots` gives them, sizes near 1; smooth where both are equal."""
    def covariance(q):
        xx, yy, xy = q[..., 2], q[..., 3], q[..., 4]
        return (xx * xx + xy * xy) / 3, (yy * yy + xy * xy) / 3, xy * (xx + yy) / 3
    (a1, b1, c1), (a2, b2, c2) = covariance(p), covariance(t)
    x, y, A, B, C = p[..., 0] - t[..., 0], p[..., 1] - t[..., 1], a1 + a2, b1 + b2, c1 + c2
    S = (A * B - C * C).clamp(min=e)
    far = 0.25 * (A * y * y + B * x * x) / S - 0.5 * C * x * y / S
    dets = (a1 * b1 - c1 * c1).clamp(min=e) * (a2 * b2 - c2 * c2).clamp(min=e)
    d = (far + 0.5 * torch.log(S / (4 * torch.sqrt(dets)) + e)).clamp(0, 50)
    return 1 - torch.sqrt(1 - torch.exp(-d) + 1e-3)


def loss(net, out, truth, pose_class):
    """out = net.raw(x); pose_class [classes] is True where a class has key points. Returns (total, parts for the log)."""
    cls, edges, rect, points = [t.float().transpose(1, 2) for t in out]
    labels, valid, ignored = truth["labels"], truth["valid"], truth["ignored"]
    owner, quality = assign(cls.sigmoid(), edges, net.places, labels, truth["boxes"], valid)
    hit = owner >= 0
    b, a = hit.nonzero(as_tuple=True); o = owner[b, a]; q = quality[b, a]; label = labels[b, o]
    target = torch.zeros_like(cls); target[b, a, label] = q
    x, y = net.places[0], net.places[1]
    inside = ((x > ignored[..., 0:1]) & (y > ignored[..., 1:2]) & (x < ignored[..., 2:3]) & (y < ignored[..., 3:4])).any(1)
    weight, norm = (~inside | hit).float()[..., None], target.sum().clamp(1)
    l_cls = (F.binary_cross_entropy_with_logits(cls, target, reduction="none") * weight).sum() / norm
    l_box = ((1 - complete_iou(edges[b, a], truth["boxes"][b, o])) * q).sum() / norm
    # turned rectangles, in units of the object's own size
    centre, half, lean = net.shapes(out[2].float())
    mean = torch.cat([centre, half * (1 + lean[:, :1]), half * (1 - lean[:, :1]), half * lean[:, 1:2]], 1).transpose(1, 2)[b, a]
    want = truth["rectangles"][b, o]; unit = (want[:, 2] * want[:, 3]).sqrt().clamp(min=4)[:, None]
    p, t = mean / unit, roots(want) / unit
    l_rect = (((1 - gaussian_overlap(p, t)) + F.smooth_l1_loss(p, t, reduction="none", beta=0.1).sum(1)) * q).sum() / norm
    # key points of the classes that have them
    g = points[b, a].view(-1, POINTS, 3); k = truth["points"][b, o]; has = pose_class[label].float() * q
    at = net.places.T[a][:, None] + g[..., :2] * (2 * net.strides[a])[:, None, None]
    off = (at - k[..., :2]) / truth["area"][b, o].clamp(min=40).sqrt()[:, None, None]
    known = (k[..., 2] > 0).float() * has[:, None]
    oks = 1 - torch.exp(-(off ** 2).sum(-1) / (2 * (2 * SIGMA) ** 2))
    l_point = ((oks + F.smooth_l1_loss(off, torch.zeros_like(off), reduction="none", beta=0.1).sum(-1)) * known).sum() / known.sum().clamp(1)
    l_seen = (F.binary_cross_entropy_with_logits(g[..., 2], (k[..., 2] > 1).float(), reduction="none").mean(1) * has).sum() / has.sum().clamp(1)
    total = 0.5 * l_cls + 5.0 * l_box + 2.5 * l_rect + 3.0 * l_point + 0.5 * l_seen
    return total, torch.stack([v.detach() for v in (l_cls, l_box, l_rect, l_point, l_seen)])
