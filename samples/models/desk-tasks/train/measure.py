"""AP50 of the three forms over the validation pictures, from their dense outputs, by the rules these forms are used with:
letterbox with grey 114, score over 0.001, every class of a cell counted, NMS per class at 0.7 (turned rectangles: a box goes if
any better one overlaps it by probIoU over 0.7), 300 finds a picture. `similar` says what 50 % means for each."""
import json, os
import numpy as np
from PIL import Image, ImageDraw
import common, rectangles
from evaluate import average_precision, letterbox, nms

COLOURS = [(255, 80, 60), (60, 200, 90), (70, 130, 255), (255, 200, 40), (200, 90, 230), (40, 210, 220)]
TRUTH = {"detect": "annotations.json", "pose": "keypoints.json", "obb": "rectangles.json"}


def truth(name):
    t = json.load(open(os.path.join(common.VALIDATION, name)))
    return t, [np.array(Image.open(os.path.join(common.VALIDATION, e["file"])).convert("RGB")) for e in t["images"]]


def box_overlap(a, b):
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:]); common_ = np.prod(np.clip(high - low, 0, None))
    return common_ / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - common_ + 1e-9)


def oks(points, area, want, sigma):
    """COCO's key point similarity: the mean over the points in the picture, whether hidden or not."""
    want = np.array(want); known = want[:, 2] > 0
    if not known.any(): return 0.0
    d2 = ((points[known, :2] - want[known, :2]) ** 2).sum(1)
    return float(np.exp(-d2 / (2 * area * (2 * sigma) ** 2)).mean())


def finds(output, classes, geometry, turned, conf, every_class, iou=0.7, most=300):
    """(class, score, geometry row) of one picture's dense output [rows, a], best first. geometry: x1 y1 x2 y2 or cx cy w h angle,
    then the rest. Of a cell counts every class over conf or only the best one."""
    scores = output[4:4 + classes]
    over = scores > conf if every_class else (scores > conf) & (np.arange(classes)[:, None] == scores.argmax(0))
    cls, at = np.nonzero(over); score = scores[cls, at]; g = geometry[at]
    keep = []
    for c in np.unique(cls):
        i = np.flatnonzero(cls == c); i = i[np.argsort(-score[i], kind="stable")][:1000]
        if turned: keep.append(i[~(np.triu(rectangles.probiou(g[i, :5], g[i, :5]), 1) > iou).any(0)])
        else: keep.append(i[nms(g[i, :4], score[i], iou)])
    keep = np.concatenate(keep or [np.zeros(0, int)]); keep = keep[np.argsort(-score[keep], kind="stable")][:most]
    return cls[keep], score[keep], g[keep]


def detect(run, picture, size, classes, task, conf=0.25):
    """Finds of a picture in its own pixels."""
    x, gain, left, top = letterbox(picture, size); out = run(x[None])[0]; h, w = picture.shape[:2]
    if task == "obb":
        geometry = np.concatenate([out[:4], out[-1:]]).T
    else:
        geometry = np.concatenate([out[:2] - out[2:4] / 2, out[:2] + out[2:4] / 2, out[4 + classes:]]).T
    cls, score, g = finds(out, classes, geometry, task == "obb", conf, conf < 0.01); g = g.astype(float).copy()
    if task == "obb":
        g[:, :2] = (g[:, :2] - [left, top]) / gain; g[:, 2:4] /= gain
    else:
        g[:, :4] = np.clip((g[:, :4] - [left, top, left, top]) / gain, 0, [w, h, w, h])
        for k in range(4, g.shape[1], 3): g[:, k:k + 2] = np.clip((g[:, k:k + 2] - [left, top]) / gain, 0, [w, h])
    return cls, score, g


def measure(run, size, task, levels=(0.5, 0.75), most=None):
    """[({class: [objects, AP]}, mean)] for each level of overlap, of run(x [1,3,size,size]) -> [1,rows,a] in numpy."""
    t, pictures = truth(TRUTH[task])
    n = len(t["classes"]); table = [[([], []) for _ in range(n)] for _ in levels]; count = [0] * n
    for entry, picture in list(zip(t["images"], pictures))[:most]:
        cls, score, g = detect(run, picture, size, n, task, 0.001)
        for c in range(n):
            objects = [o for o in entry["objects"] if o["class"] == c]; count[c] += len(objects); used = [set() for _ in levels]
            for i in np.flatnonzero(cls == c):
                if task == "detect": like = [box_overlap(g[i, :4], np.array(o["box"], float)) for o in objects]
                elif task == "pose": like = [oks(g[i, 4:].reshape(-1, 3), o["area"], o["points"], t["sigma"]) for o in objects]
                else: like = [rectangles.overlap(g[i, :5], np.array(o["rectangle"])) for o in objects]
                for level, taken, rows in zip(levels, used, table):
                    free = [-1 if j in taken else v for j, v in enumerate(like)]
                    hit = len(free) > 0 and max(free) >= level
                    if hit: taken.add(int(np.argmax(free)))
                    rows[c][0].append(hit); rows[c][1].append(score[i])
    each = [{name: [count[c], average_precision(*rows[c], count[c])] for c, name in enumerate(t["classes"])} for rows in table]
    return [(e, float(np.mean([v[1] for v in e.values()]))) for e in each]


# All classes, and nothing that is found with a score near the threshold.
REFERENCES = ("scene-09.png", "scene-12.png", "scene-15.png", "scene-18.png")


def references(run, size, task, path):
    """What this decoding finds at 0.25 in a few pictures, for other decoders to agree with: class, score and numbers of each,
    x1 y1 x2 y2 and then x, y, seen of the points, or cx cy w h angle."""
    t, pictures = truth(TRUTH[task]); out = []
    for entry, picture in zip(t["images"], pictures):
        if entry["file"] not in REFERENCES: continue
        cls, score, g = detect(run, picture, size, len(t["classes"]), task)
        out.append({"file": entry["file"], "finds": [{"class": int(c), "score": round(float(s), 5), "numbers": np.round(r, 4).tolist()} for c, s, r in zip(cls, score, g)]})
    json.dump(out, open(path, "w"), indent=1)


def overlays(run, size, task, folder, every=4):
    os.makedirs(folder, exist_ok=True)
    t, pictures = truth(TRUTH[task])
    jobs = list(zip([e["file"] for e in t["images"]], pictures))[::every]
    still = os.path.join(common.MODELS, "..", "images", "still-life.png")
    if os.path.exists(still): jobs.append(("still-life.png", np.array(Image.open(still).convert("RGB"))))
    for file, picture in jobs:
        cls, score, g = detect(run, picture, size, len(t["classes"]), task)
        big = Image.fromarray(picture).resize((picture.shape[1] * 2, picture.shape[0] * 2), Image.BILINEAR); d = ImageDraw.Draw(big)
        for c, s, r in zip(cls, score, g):
            colour = COLOURS[c % 6]
            if task == "obb": d.polygon([tuple(2 * p) for p in rectangles.corners(r)], outline=colour); place = 2 * rectangles.corners(r).min(0)
            else: d.rectangle([2 * float(v) for v in r[:4]], outline=colour); place = 2 * r[:2]
            d.text((float(place[0]) + 2, max(0, float(place[1]) - 11)), f"{t['classes'][c]} {s:.2f}", fill=colour)
            if task == "pose":
                for k, (x, y, v) in enumerate(r[4:].reshape(-1, 3)):
                    d.ellipse([2 * x - 4, 2 * y - 4, 2 * x + 4, 2 * y + 4], fill=[(255, 0, 0), (0, 255, 0), (0, 160, 255)][k] if v > 0.5 else None, outline=(255, 255, 255))
        big.save(os.path.join(folder, os.path.splitext(file)[0] + ".jpg"), quality=85)
