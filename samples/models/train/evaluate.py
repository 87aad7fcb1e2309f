"""AP50 of boxes and masks over the validation folder: python3 evaluate.py MODEL.onnx|MODEL.pt VALIDATION [--pictures OUT].

The rules are those of the exported form's usual use: letterbox with grey 114, score over 0.001, NMS per class at IoU 0.7,
300 detections at most, masks cut from the prototypes, enlarged to the picture, cropped to the box, over zero."""
import json, os
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image


def letterbox(image, size=640):
    """([3,size,size] float 0..1, gain, left, top)."""
    h, w = image.shape[:2]
    gain = min(size / h, size / w)
    nw, nh = round(w * gain), round(h * gain)
    x = torch.from_numpy(image.astype(np.float32)).permute(2, 0, 1)[None]
    x = F.interpolate(x, (nh, nw), mode="bilinear", align_corners=False).round().clamp(0, 255)[0]
    left, top = round((size - nw) / 2 - 0.1), round((size - nh) / 2 - 0.1)
    out = torch.full((3, size, size), 114.0)
    out[:, top:top + nh, left:left + nw] = x
    return out / 255, gain, left, top


def nms(boxes, scores, iou):
    order, keep = np.argsort(-scores, kind="stable"), []
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while len(order):
        i, rest = order[0], order[1:]
        keep.append(i)
        low, high = np.maximum(boxes[i, :2], boxes[rest, :2]), np.minimum(boxes[i, 2:], boxes[rest, 2:])
        common = np.prod(np.clip(high - low, 0, None), 1)
        order = rest[common / (area[i] + area[rest] - common + 1e-9) <= iou]
    return np.array(keep, int)


def detect(run, image, conf=0.25, iou=0.7, most=300):
    """run(x [1,3,640,640]) -> the two outputs. Returns class, score, boxes and masks in the picture, best first."""
    x, gain, left, top = letterbox(image)
    out, proto = run(x[None].numpy())
    out, proto = out[0].T, proto[0]
    cls, score = out[:, 4:-32].argmax(1), out[:, 4:-32].max(1)
    pick = score > conf
    out, cls, score = out[pick], cls[pick], score[pick]
    box = np.concatenate([out[:, :2] - out[:, 2:4] / 2, out[:, :2] + out[:, 2:4] / 2], 1)
    keep = np.concatenate([np.flatnonzero(cls == c)[nms(box[cls == c], score[cls == c], iou)] for c in np.unique(cls)] or [np.zeros(0, int)])
    keep = keep[np.argsort(-score[keep], kind="stable")][:most]
    h, w = image.shape[:2]
    box = np.clip((box[keep] - [left, top, left, top]) / gain, 0, [w, h, w, h])
    masks = np.zeros((len(keep), h, w), bool)
    if len(keep):
        logits = torch.from_numpy(np.tensordot(out[keep, -32:], proto, 1))[None]
        s = proto.shape[1]; g = min(s / h, s / w); px, py = (s - w * g) / 2, (s - h * g) / 2
        t, l, b, r = round(py - 0.1), round(px - 0.1), s - round(py + 0.1), s - round(px + 0.1)
        logits = F.interpolate(logits[:, :, t:b, l:r], (h, w), mode="bilinear", align_corners=False)[0].numpy()
        xs, ys = np.arange(w), np.arange(h)
        for i, (m, q) in enumerate(zip(logits, box)):
            masks[i] = (m > 0) & ((xs >= q[0]) & (xs < q[2]))[None] & ((ys >= q[1]) & (ys < q[3]))[:, None]
    return cls[keep], score[keep], box, masks


def average_precision(hits, scores, truths):
    order = np.argsort(-np.array(scores), kind="stable")
    hit = np.array(hits, float)[order]
    recall, precision = np.cumsum(hit) / max(truths, 1), np.cumsum(hit) / np.arange(1, len(hit) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(np.concatenate([[0], recall])) * precision)) if len(hit) else 0.0


def from_rle(rle, h, w):
    flat, at, value = np.zeros(h * w, bool), 0, False
    for n in rle:
        flat[at:at + n] = value; at += n; value = not value
    return flat.reshape(h, w)


def runner(path):
    """A function from a batch to the two outputs, of an .onnx by ONNX Runtime or a .pt by PyTorch."""
    if path.endswith(".onnx"):
        import onnxruntime
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        return lambda x: session.run(["output0", "output1"], {"images": x})
    import scenes
    from network import Segmenter
    net = Segmenter(len(scenes.CLASSES)); net.load_state_dict(torch.load(path, map_location="cpu")); net.eval()
    device = "cuda" if torch.cuda.is_available() else "cpu"; net.to(device)
    def run(x):
        with torch.no_grad():
            return [t.cpu().numpy() for t in net(torch.from_numpy(x).to(device))]
    return run


def evaluate(run, folder, at=0.5):
    """{class: (objects, box AP, mask AP)} and the mean of both, at the IoU `at`."""
    truth = json.load(open(os.path.join(folder, "annotations.json")))
    n = len(truth["classes"]); table = {k: {c: ([], []) for c in range(n)} for k in ("box", "mask")}; count = [0] * n
    for entry in truth["images"]:
        image = np.asarray(Image.open(os.path.join(folder, entry["file"])).convert("RGB"))
        h, w = image.shape[:2]
        cls, score, boxes, masks = detect(run, image, conf=0.001)
        for c in range(n):
            objects = [o for o in entry["objects"] if o["class"] == c]; count[c] += len(objects)
            tb = np.array([o["box"] for o in objects], float).reshape(-1, 4); tm = np.array([from_rle(o["rle"], h, w) for o in objects], bool).reshape(-1, h, w)
            for kind in ("box", "mask"):
                used = set()
                for i in np.flatnonzero(cls == c):
                    if kind == "box":
                        low, high = np.maximum(boxes[i, :2], tb[:, :2]), np.minimum(boxes[i, 2:], tb[:, 2:]); common = np.prod(np.clip(high - low, 0, None), 1)
                        iou = common / (np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(tb[:, 2:] - tb[:, :2], 1) - common + 1e-9)
                    else:
                        common = (tm & masks[i]).sum((1, 2)); iou = common / ((tm | masks[i]).sum((1, 2)) + 1e-9)
                    iou = np.array([-1 if j in used else v for j, v in enumerate(iou)])
                    hit = len(iou) > 0 and iou.max() >= at
                    if hit: used.add(int(iou.argmax()))
                    table[kind][c][0].append(hit); table[kind][c][1].append(score[i])
    result = {truth["classes"][c]: (count[c], average_precision(*table["box"][c], count[c]), average_precision(*table["mask"][c], count[c])) for c in range(n)}
    return result, np.mean([v[1] for v in result.values()]), np.mean([v[2] for v in result.values()])


def overlay(image, found, names):
    """The picture with every mask tinted and outlined and every box drawn."""
    from PIL import ImageDraw
    colours = [(255, 80, 60), (60, 200, 90), (70, 130, 255), (255, 200, 40), (200, 90, 230), (40, 210, 220)]
    out = image.astype(np.float32).copy(); cls, score, boxes, masks = found
    for c, m in zip(cls, masks):
        col = np.array(colours[c % 6]); out[m] = out[m] * 0.55 + col * 0.45
        edge = m & ~(np.roll(m, 1, 0) & np.roll(m, -1, 0) & np.roll(m, 1, 1) & np.roll(m, -1, 1)); out[edge] = col
    picture = Image.fromarray(out.clip(0, 255).astype(np.uint8)); d = ImageDraw.Draw(picture)
    for c, s, b in zip(cls, score, boxes):
        d.rectangle([float(v) for v in b], outline=colours[c % 6]); d.text((float(b[0]) + 2, max(0, float(b[1]) - 11)), f"{names[c]} {s:.2f}", fill=colours[c % 6])
    return picture


if __name__ == "__main__":
    import argparse
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model"); p.add_argument("validation"); p.add_argument("--pictures", help="a folder for overlays of every validation picture")
    p.add_argument("--iou", type=float, default=0.5)
    a = p.parse_args(); run = runner(a.model)
    result, box, mask = evaluate(run, a.validation, a.iou)
    for name, (n, b, m) in result.items():
        print(f"{name:8} {n:4} objects  box AP{a.iou * 100:.0f} {b:.4f}  mask AP{a.iou * 100:.0f} {m:.4f}")
    print(f"mean box {box:.4f}, mask {mask:.4f}")
    if a.pictures:
        os.makedirs(a.pictures, exist_ok=True); truth = json.load(open(os.path.join(a.validation, "annotations.json")))
        for e in truth["images"]:
            image = np.asarray(Image.open(os.path.join(a.validation, e["file"])).convert("RGB"))
            overlay(image, detect(run, image), truth["classes"]).save(os.path.join(a.pictures, e["file"]))
