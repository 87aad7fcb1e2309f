"""The named points of mugs and bottles: where they are on the object and where a scene's camera sees them."""
import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "train"))
import numpy as np
import scenes

POINTS = 3
# class of a scene's object: (class of the pose model, names of its points)
NAMES = {scenes.MUG: (0, ["rim", "handle", "base"]), scenes.BOTTLE: (1, ["mouth", "shoulder", "base"])}
CLASSES = ["mug", "bottle"]
SIGMA = 0.08            # of every point in OKS; COCO's run from 0.025 (eyes) to 0.107 (hips)


def local(o):
    """[3,3] in the object's own space: the middle of the mug's opening, of its handle's outer bar and of its foot; the
    bottle's axis at mouth, half-way down its shoulder and at the foot."""
    p = o["p"].astype(float)
    if o["kind"] == scenes.MUG: return np.array([[0, p[1], 0], [p[0] + 0.8 * p[3], 0, 0], [0, -p[1], 0]])
    return np.array([[0, p[3] / 2, 0], [0, p[1] + p[4] / 2 - p[3] / 2, 0], [0, -p[3] / 2, 0]])


def project(scene, world, w, h):
    """[n,2] picture places, in pixels from the left upper corner, of [n,3] points of the scene."""
    d = world - scene["eye"].astype(float)
    z = d @ scene["front"].astype(float)
    u = d @ scene["right"].astype(float) / z / (scene["tanHalf"] * w / h)
    v = d @ scene["up"].astype(float) / z / scene["tanHalf"]
    return np.stack([(u + 1) / 2 * w, (1 - v) / 2 * h], 1)


def of_scene(scene, ids, slots):
    """[slots,3,3] of x, y and COCO's flag: 2 where the object itself is seen at the point, 1 where something hides it there,
    0 outside the picture and for objects without points. `ids` is the instance map [h,w] of the same scene."""
    h, w = ids.shape
    out, reach = np.zeros((slots, POINTS, 3), np.float32), max(1, round(0.006 * w))
    for i in range(min(int(scene["count"]), slots)):
        o = scene["obj"][i]
        if int(o["kind"]) not in NAMES or o["label"] < 0: continue
        places = project(scene, o["pos"].astype(float) + (local(o) * float(o["size"])) @ o["m"].astype(float).reshape(3, 3).T, w, h)
        for k, (x, y) in enumerate(places):
            flag = 0
            if 0 <= x < w and 0 <= y < h:
                c, r = int(x), int(y)
                near = ids[max(0, r - reach):r + reach + 1, max(0, c - reach):c + reach + 1]
                flag = 2 if (near == i + 1).any() else 1
            out[i, k] = x, y, flag
    return out
