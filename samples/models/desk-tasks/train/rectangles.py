"""Turned rectangles cx, cy, w, h, angle: the smallest one round a mask, overlap of two, and the same by Gaussians (probIoU)."""
import math
import numpy as np


def hull(points):
    """The convex hull of [n,2] points, in order."""
    points = sorted(map(tuple, points.tolist()))
    if len(points) < 3: return np.array(points)
    def half(sequence):
        out = []
        for p in sequence:
            while len(out) > 1 and (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1]) - (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0]) <= 0: out.pop()
            out.append(p)
        return out[:-1]
    return np.array(half(points) + half(points[::-1]))


def smallest(mask):
    """The rectangle of least area round all pixels of a mask [h,w], w its longer side, the angle from -45 to 135 degrees."""
    rows = np.flatnonzero(mask.any(1))
    left, right = mask[rows].argmax(1), mask.shape[1] - mask[rows][:, ::-1].argmax(1)
    corners = hull(np.concatenate([np.stack([x, rows + d], 1) for x in (left, right) for d in (0, 1)]).astype(float))
    best = None
    for a, b in zip(corners, np.roll(corners, -1, 0)):
        t = math.atan2(b[1] - a[1], b[0] - a[0]); u, v = np.array([math.cos(t), math.sin(t)]), np.array([-math.sin(t), math.cos(t)])
        pu, pv = corners @ u, corners @ v; w, h = np.ptp(pu), np.ptp(pv)
        if best is None or w * h < best[0] - 1e-9:
            c = u * (pu.max() + pu.min()) / 2 + v * (pv.max() + pv.min()) / 2
            best = w * h, np.array([c[0], c[1], w, h, t] if w >= h else [c[0], c[1], h, w, t + math.pi / 2])
    r = best[1]; r[4] = (r[4] + math.pi / 4) % math.pi - math.pi / 4
    return r


def corners(r):
    """[4,2] in order round the rectangle."""
    u, v = np.array([math.cos(r[4]), math.sin(r[4])]) * r[2] / 2, np.array([-math.sin(r[4]), math.cos(r[4])]) * r[3] / 2
    return np.array([r[:2] + u + v, r[:2] - u + v, r[:2] - u - v, r[:2] + u - v])


def area(polygon):
    x, y = polygon[:, 0], polygon[:, 1]
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def overlap(a, b):
    """Intersection over union of two rectangles, by clipping one with the sides of the other."""
    if np.hypot(*(a[:2] - b[:2])) > (np.hypot(a[2], a[3]) + np.hypot(b[2], b[3])) / 2: return 0.0
    polygon, frame = corners(a), corners(b)
    for p, q in zip(frame, np.roll(frame, -1, 0)):
        side = (q[0] - p[0]) * (polygon[:, 1] - p[1]) - (q[1] - p[1]) * (polygon[:, 0] - p[0]); out = []
        for i in range(len(polygon)):
            j = (i + 1) % len(polygon)
            if side[i] >= 0: out.append(polygon[i])
            if (side[i] >= 0) != (side[j] >= 0): out.append(polygon[i] + (polygon[j] - polygon[i]) * side[i] / (side[i] - side[j]))
        if len(out) < 3: return 0.0
        polygon = np.array(out)
    common = area(polygon)
    return common / max(a[2] * a[3] + b[2] * b[3] - common, 1e-9)


def probiou(a, b):
    """[n,m] overlaps of the Gaussians of rectangles a [n,5] and b [m,5]; arXiv 2106.06072."""
    def covariance(r):
        p, q, c, s = r[:, 2] ** 2 / 12, r[:, 3] ** 2 / 12, np.cos(r[:, 4]), np.sin(r[:, 4])
        return p * c * c + q * s * s, p * s * s + q * c * c, (p - q) * c * s
    e, (a1, b1, c1), (a2, b2, c2) = 1e-7, [t[:, None] for t in covariance(a)], [t[None] for t in covariance(b)]
    x, y, A, B, C = a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1], a1 + a2, b1 + b2, c1 + c2; S = A * B - C * C
    t = 0.25 * (A * y * y + B * x * x) / (S + e) - 0.5 * C * x * y / (S + e)
    t = t + 0.5 * np.log(S / (4 * np.sqrt(np.maximum(a1 * b1 - c1 * c1, 0) * np.maximum(a2 * b2 - c2 * c2, 0)) + e) + e)
    return 1 - np.sqrt(1 - np.exp(-np.clip(t, e, 100)) + e)
