"""Trains the classifier of single desk objects and writes desk-classify.onnx, report.json and a sheet to look at:
python3 train_classify.py --pool POOL.npz --out OUT [--seconds 90].

Training crops come from the scenes of common/render_pool.py. Measured on every object of samples/models/validation, which no
training sees: the square 1.25 times the box's longer side round its middle, cut at the picture's edge, then what YOLO
classifiers are fed: Pillow's bilinear resize of the shorter side, the middle square."""
import os, sys
HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("common", "train"): sys.path.insert(0, os.path.join(HERE, "..", "..", folder))
import common
from common import CLASSES, DEVICE, say, uniform
from classify_net import SIZE, Classifier
from network import Conv
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw

MARGIN = 1.25


def objects(ids, labels, side=12, area=120, chunk=64):
    """Every object that is large enough: scene, class and box x1 y1 x2 y2 in the pool's pixels, [n,6]."""
    out = []
    for at in range(0, len(ids), chunk):
        m, lab = ids[at:at + chunk], labels[at:at + chunk]
        each = m[:, None] == torch.arange(1, lab.shape[1] + 1, device=m.device, dtype=m.dtype)[None, :, None, None]
        rows, cols, pixels = each.any(3).to(torch.uint8), each.any(2).to(torch.uint8), each.sum((2, 3))
        box = torch.stack([cols.argmax(2), rows.argmax(2), m.shape[2] - cols.flip(2).argmax(2), m.shape[1] - rows.flip(2).argmax(2)], 2)
        good = (lab >= 0) & (pixels >= area) & (torch.minimum(box[..., 2] - box[..., 0], box[..., 3] - box[..., 1]) >= side)
        n, k = good.nonzero(as_tuple=True)
        out.append(torch.cat([(n + at)[:, None], lab[n, k].long()[:, None], box[n, k]], 1))
    return torch.cat(out)


def batch(rgb, table, by_class, n):
    """n crops [n,3,SIZE,SIZE] and their classes, each class as often as the others."""
    device = rgb.device; h, w = rgb.shape[1:3]
    label = torch.randint(len(CLASSES), (n,), device=device)
    pick = torch.stack([by_class[c][torch.randint(len(by_class[c]), (n,), device=device)] for c in range(len(CLASSES))])[label, torch.arange(n, device=device)]
    row = table[pick].float(); x = rgb[table[pick, 0]].permute(0, 3, 1, 2).float() / 255
    side = torch.maximum(row[:, 4] - row[:, 2], row[:, 5] - row[:, 3]) * uniform(n, 1.0, 1.6, device)
    cx, cy = [(row[:, i] + row[:, i + 2]) / 2 + side * uniform(n, -0.12, 0.12, device) for i in (2, 3)]
    turn = torch.where(torch.rand(n, device=device) < 0.2, uniform(n, -0.6, 0.6, device), torch.randn(n, device=device) * 0.08)
    flip = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0); c, s = torch.cos(turn) * side, torch.sin(turn) * side
    theta = torch.stack([torch.stack([c * flip / w, -s * flip / w, 2 * cx / w - 1], 1), torch.stack([s / h, c / h, 2 * cy / h - 1], 1)], 1)
    grid = F.affine_grid(theta, (n, 3, SIZE * 2, SIZE * 2), align_corners=False)
    x = F.avg_pool2d(F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False), 2)     # twice as fine, then halved: no stairs
    if torch.rand(1).item() < 0.4:
        x = F.interpolate(F.interpolate(x, scale_factor=float(np.random.choice([0.25, 0.4, 0.6])), mode="bilinear", antialias=True, align_corners=False), (SIZE, SIZE), mode="bilinear", align_corners=False)
    x = common.colours(x); x = (x + torch.randn_like(x) * (torch.rand(n, 1, 1, 1, device=device) ** 2 * 0.04)).clamp(0, 1)
    return (x * 255).round() / 255, label


def held_out():
    """([n,3,SIZE,SIZE], classes [n]) of the validation pictures' objects."""
    xs, ys = [], []
    for _, picture, found in common.validation():
        h, w = picture.shape[:2]
        for o in found:
            x1, y1, x2, y2 = o["box"]; half = max(x2 - x1, y2 - y1) * MARGIN / 2; cx, cy = (x1 + x2) / 2, (y1 + y2) / 2
            crop = picture[max(0, int(cy - half)):min(h, int(cy + half)), max(0, int(cx - half)):min(w, int(cx + half))]
            ch, cw = crop.shape[:2]; short = min(ch, cw); size = (SIZE if cw == short else int(SIZE * cw / ch), SIZE if ch == short else int(SIZE * ch / cw))
            crop = np.asarray(Image.fromarray(crop).resize(size, Image.BILINEAR)); left, top = round((size[0] - SIZE) / 2), round((size[1] - SIZE) / 2)
            xs.append(crop[top:top + SIZE, left:left + SIZE]); ys.append(o["class"])
    return torch.from_numpy(np.stack(xs)).permute(0, 3, 1, 2).float() / 255, torch.tensor(ys)


def sheet(x, y, p, path, across=16):
    tiles = []
    for picture, want, probability in zip(x, y.tolist(), p):
        got = int(probability.argmax()); tile = Image.fromarray((picture.permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)); d = ImageDraw.Draw(tile)
        d.rectangle([0, 0, SIZE, 11], fill=(0, 0, 0)); d.text((2, 0), f"{CLASSES[got]} {float(probability[got]):.2f}", fill=(120, 255, 120) if got == want else (255, 90, 90)); tiles.append(np.array(tile))
    while len(tiles) % across: tiles.append(np.zeros_like(tiles[0]))
    Image.fromarray(np.concatenate([np.concatenate(tiles[i:i + across], 1) for i in range(0, len(tiles), across)], 0)).save(path, quality=85)


def main():
    a = common.command_line(__doc__, 90); torch.backends.cudnn.benchmark = DEVICE == "cuda"
    net = Classifier(len(CLASSES)).to(DEVICE); mean = common.Mean(net); say(f"{common.parameters(net)} parameters"); steps = None
    x_held, y_held = held_out()
    def probabilities():
        with torch.no_grad(): return torch.cat([mean.net.eval()(t.to(DEVICE)).float().cpu() for t in x_held.split(64)])
    if a.weights: mean.net.load_state_dict(torch.load(a.weights, map_location=DEVICE))
    else:
        rgb, ids, labels = common.load_pool(a.pool); table = objects(ids, labels); by_class = [(table[:, 1] == c).nonzero()[:, 0] for c in range(len(CLASSES))]
        say("objects: " + ", ".join(f"{k} {len(v)}" for k, v in zip(CLASSES, by_class))); assert all(len(v) for v in by_class), "a class has no object in the pool"
        opt = common.optimizer([(net, 3e-3)], 0.02); rates = common.Rates(opt, a.seconds, 100); n = 16 if DEVICE == "cpu" or a.quick else 128; total = torch.zeros(1, device=DEVICE); net.train()
        while rates.done < 1:
            rates.advance(); x, y = batch(rgb, table, by_class, n)
            with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"): logits = net.logits(x)
            loss = F.cross_entropy(logits.float(), y, label_smoothing=0.05)
            opt.zero_grad(set_to_none=True); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0); opt.step(); mean.update(net, rates.step); total += loss.detach()
            if rates.step % 500 == 0:
                say(f"step {rates.step} loss {float(total) / 500:.3f} held-out {float((probabilities().argmax(1) == y_held).float().mean()):.4f}"); total.zero_()
        torch.save(mean.net.state_dict(), os.path.join(a.out, "desk-classify.pt")); steps = rates.step; say(f"{steps} steps of {n}")
    best = mean.net.cpu().eval()
    for m in best.modules():
        if isinstance(m, Conv): m.fuse()
    path = os.path.join(a.out, "desk-classify.onnx")
    common.export(best, (torch.rand(2, 3, SIZE, SIZE),), path, ["images"], ["output0"], {k: {0: "batch"} for k in ("images", "output0")})
    file = common.finish(path, {"images": ["batch", 3, SIZE, SIZE], "output0": ["batch", len(CLASSES)]},
                         {"description": "TrtBindings desk-classify, a small classifier of single desk objects", "date": "2026-11-21T00:00:00", "docs": "samples/models/desk-classify/README.md", "stride": 1, "task": "classify",
                          "batch": 1, "imgsz": [SIZE, SIZE], "names": dict(enumerate(CLASSES)), "channels": 3, "end2end": False, "head": "Classify",
                          "args": {"batch": 1, "half": False, "dynamic": True, "simplify": False, "opset": 17, "nms": False}})
    common.write_report(a.out, model="desk-classify", parameters=common.parameters(best), files=[file], steps=steps, seconds=a.seconds)
    mean.net = best.to(DEVICE); p = probabilities(); best = best.cpu(); right = p.argmax(1) == y_held; accuracy = float(right.float().mean())
    each = {k: [int((y_held == c).sum()), float(right[y_held == c].float().mean())] for c, k in enumerate(CLASSES)}
    say(f"held-out top-1 {accuracy:.4f} of {len(y_held)}: {each}")
    common.write_report(a.out, top1=accuracy, held_out_objects=len(y_held), classes=each)
    os.makedirs(os.path.join(a.out, "look"), exist_ok=True); sheet(x_held, y_held, p, os.path.join(a.out, "look", "held-out.jpg"))
    common.write_report(a.out, onnxruntime_difference=common.compare(path, best, [x_held[:1], x_held[:7], x_held[40:72]], 1e-4))
    assert a.quick or accuracy >= 0.90, f"top-1 {accuracy:.4f} is under 0.90: train longer"


if __name__ == "__main__":
    main()
