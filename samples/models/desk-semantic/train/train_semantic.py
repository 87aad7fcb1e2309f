"""Trains the desk segmenter and writes desk-semantic.onnx, reference results and report.json:
python3 train_semantic.py --pool POOL.npz --out OUT [--seconds 150] [--quick].

Starts from desk-seg's own trained backbone (samples/models/desk-seg.onnx) and trains all of it on rendered scenes. Measured
on samples/models/validation at the pictures' own size; that folder's objects, patterns, coins and surfaces are in no training."""
import json, os, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "common"))
import common
from common import DEVICE, say
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from semantic_net import NAMES, SemanticNet

SIZES = [(288, 384), (240, 320), (304, 416), (352, 352), (384, 288), (416, 544)]
PALETTE = np.array([[0, 0, 0], [255, 80, 60], [60, 200, 90], [70, 130, 255], [255, 200, 40], [200, 90, 230], [40, 210, 220]], np.uint8)


def class_map(ids, labels, inside):
    """Instance maps [n,h,w] and labels [n,14] (-1: none) to class maps, 0 background, 255 outside the scene."""
    table = torch.cat([labels.new_zeros(len(labels), 1), labels + 1], 1)
    y = table.gather(1, ids.flatten(1).clamp(0, table.shape[1] - 1)).view_as(ids)
    return torch.where(inside, y, torch.full_like(y, 255))


def truth_map(objects, h, w):
    from evaluate import from_rle
    y = np.zeros((h, w), np.uint8)
    for o in objects:
        y[from_rle(o["rle"], h, w)] = o["class"] + 1
    return y


@torch.no_grad()
def measure(net, pictures, factor=1.0):
    """(mean IoU over the 7 classes, IoU of each, share of pixels right), pictures fed at `factor` times their size."""
    table = np.zeros((len(NAMES), len(NAMES)), np.int64); maps = []
    for _, picture, objects in pictures:
        h, w = picture.shape[:2]; x = common.to_input(picture)
        if factor != 1: x = F.interpolate(x, (round(h * factor), round(w * factor)), mode="bilinear", align_corners=False)
        logits = net(x)
        if factor != 1: logits = F.interpolate(logits, (h, w), mode="bilinear", align_corners=False)
        got, want = logits[0].argmax(0).cpu().numpy(), truth_map(objects, h, w)
        table += np.bincount(want.astype(int).ravel() * len(NAMES) + got.ravel(), minlength=len(NAMES) ** 2).reshape(len(NAMES), -1); maps.append(got.astype(np.uint8))
    iou = np.diag(table) / np.maximum(table.sum(0) + table.sum(1) - np.diag(table), 1)
    return float(iou.mean()), dict(zip(NAMES, np.round(iou, 4).tolist())), float(np.diag(table).sum() / table.sum()), maps


def loss_of(logits, y):
    weight = torch.ones(len(NAMES), device=logits.device); weight[0] = 0.5
    ce = F.cross_entropy(logits, y, weight, ignore_index=255)
    p = logits.softmax(1); known = (y != 255)[:, None]
    t = F.one_hot(y.clamp(max=len(NAMES) - 1), len(NAMES)).permute(0, 3, 1, 2) * known
    both = (p * t).sum((0, 2, 3)); dice = 1 - (2 * both + 1) / ((p * known).sum((0, 2, 3)) + t.sum((0, 2, 3)) + 1)
    return ce + dice.mean(), ce


def references(net, pictures, folder):
    """Logits of small inputs and the class maps that torch makes of them at the picture's size: resize the logits, then argmax."""
    os.makedirs(folder, exist_ok=True); entries = []
    for name, picture, _ in [pictures[0], pictures[3], pictures[4]]:
        h, w = picture.shape[:2]; small = (h // 4, w // 4)
        x = F.interpolate(common.to_input(picture).cpu(), small, mode="bilinear", align_corners=False)
        with torch.no_grad():
            logits = net(x); y = F.interpolate(logits, (h, w), mode="bilinear", align_corners=False)[0].argmax(0).byte().numpy()
        stem = os.path.splitext(name)[0]
        logits.numpy().astype("<f4").tofile(os.path.join(folder, stem + ".logits.f32")); Image.fromarray(y).save(os.path.join(folder, stem + ".classes.png"), optimize=True)
        entries.append({"picture": name, "logits": stem + ".logits.f32", "shape": list(logits.shape), "classes": stem + ".classes.png", "height": h, "width": w})
    json.dump(entries, open(os.path.join(folder, "reference.json"), "w"), indent=1)


def overlays(pictures, maps, folder, count=8):
    os.makedirs(folder, exist_ok=True)
    for (name, picture, _), y in list(zip(pictures, maps))[:count]:
        out = np.where((y > 0)[..., None], picture * 0.45 + PALETTE[y] * 0.55, picture).astype(np.uint8)
        Image.fromarray(np.concatenate([picture, out], 1)).save(os.path.join(folder, os.path.splitext(name)[0] + ".jpg"), quality=80)


def main():
    a = common.command_line(__doc__, 150)
    net = SemanticNet().to(DEVICE); mean = common.Mean(net); say(f"{common.parameters(net)} parameters")
    pictures = common.validation(); steps = None
    if a.weights:
        mean.net.load_state_dict(torch.load(a.weights, map_location=DEVICE))
    else:
        pool = common.load_pool(a.pool)
        head = [p for n, p in net.named_parameters() if not n.startswith("backbone.")]
        opt = common.optimizer([(net.backbone, 6e-4), (head, 2e-3)], 0.02); rates = common.Rates(opt, a.seconds); total = torch.zeros(2, device=DEVICE)
        n = 4 if a.quick else 24; net.train()
        while rates.done < 1:
            rates.advance()
            x, ids, labels, inside = common.view(pool, n, SIZES[np.random.randint(len(SIZES))], (0.75, 1.9))
            with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
                logits = net(x)
            loss, ce = loss_of(logits.float(), class_map(ids, labels, inside))
            opt.zero_grad(set_to_none=True); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0); opt.step(); mean.update(net, rates.step)
            total += torch.stack([loss.detach(), ce.detach()])
            if rates.step % 200 == 0:
                say(f"step {rates.step} loss {float(total[0]) / 200:.3f} cross entropy {float(total[1]) / 200:.3f} held-out mIoU of 12 pictures {measure(mean.net, pictures[:12])[0]:.4f}"); total.zero_()
        torch.save(mean.net.state_dict(), os.path.join(a.out, "desk-semantic.pt")); steps = rates.step; say(f"{steps} steps of {n}")
    some = pictures[:4] if a.quick else pictures
    miou, each, pixels, maps = measure(mean.net, some); other = {f: measure(mean.net, some, f)[0] for f in (0.75, 1.5)}
    say(f"held-out mIoU {miou:.4f}, pixels right {pixels:.4f}, {each}; at other input sizes {other}")
    overlays(some, maps, os.path.join(a.out, "look"))
    best = mean.net.cpu().eval(); path = os.path.join(a.out, "desk-semantic.onnx")
    common.export(best, (torch.rand(2, 3, 96, 128),), path, ["images"], ["out"], {k: {0: "batch", 2: "height", 3: "width"} for k in ("images", "out")})
    file = common.finish(path, {"images": ["batch", 3, "height", "width"], "out": ["batch", len(NAMES), "height", "width"]},
                         {"description": "TrtBindings desk-semantic, a small semantic segmenter for rendered still lifes", "docs": "samples/models/desk-semantic/README.md",
                          "names": dict(enumerate(NAMES)), "channels": 3, "mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0], "output": "logits"})
    tests = [F.interpolate(common.to_input(p).cpu(), s, mode="bilinear", align_corners=False) for (_, p, _), s in zip(pictures, [(288, 384), (97, 131), (64, 64)])]
    difference = common.compare(path, best, tests + [torch.cat([tests[2], tests[2].flip(3), tests[2] * 0.5])], 2e-3)
    references(best, pictures, os.path.join(a.out, "reference"))
    common.write_report(a.out, model="desk-semantic", parameters=common.parameters(best), files=[file], pictures=len(some), miou=miou, iou=each, pixel_accuracy=pixels,
                        miou_at_other_input_sizes={str(k): v for k, v in other.items()}, onnxruntime_difference=difference, steps=steps, seconds=a.seconds)
    assert a.quick or miou >= 0.80, f"mIoU {miou:.4f} is under 0.80: train longer"


if __name__ == "__main__":
    main()
