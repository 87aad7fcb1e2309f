"""Trains the digits classifier and writes digits-vit.onnx, its held-out digits and report.json:
python3 train_digits.py --out OUT [--seconds 60] [--quick]. Needs PyTorch, scikit-learn, onnx; a GPU helps.

The digits are scikit-learn's load_digits: 1797 scans of handwriting, 8 x 8 in 17 grey levels (UCI optical recognition of
handwritten digits, its test part). Every class is split at random, a fifth is held out and never trained on."""
import json, math, os, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "common"))
import common
from common import DEVICE, say, uniform
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from digits_vit import SIZE, DigitsViT

NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
COLUMNS = 20


def tiles():
    """(tiles [n,32,32] uint8, labels [n]): the 8 x 8 scans times 255/16, enlarged bilinearly with half-pixel centres."""
    from sklearn.datasets import load_digits
    digits = load_digits()
    x = torch.from_numpy(digits.images).float()[:, None] * (255 / 16)
    x = F.interpolate(x, (SIZE, SIZE), mode="bilinear", align_corners=False).round().clamp(0, 255).byte()[:, 0]
    return x, torch.from_numpy(digits.target).long()


def split(labels, fifth=5):
    r = np.random.default_rng(2026); held = np.zeros(len(labels), bool)
    for c in range(10):
        at = np.flatnonzero(labels.numpy() == c); held[r.permutation(at)[:len(at) // fifth]] = True
    return np.flatnonzero(~held), np.flatnonzero(held)


def warp(x):
    """Shift, turn, stretch, shear and bend every tile a little; x [n,1,32,32] in 0..1."""
    n = len(x); turn, sx, sy = uniform(n, -0.3, 0.3), uniform(n, 0.8, 1.25), uniform(n, 0.8, 1.25)
    c, s, shear = torch.cos(turn), torch.sin(turn), uniform(n, -0.3, 0.3)
    theta = torch.stack([torch.stack([c * sx, -s * sy + shear, uniform(n, -.22, .22)], 1), torch.stack([s * sx, c * sy, uniform(n, -.16, .16)], 1)], 1)
    grid = F.affine_grid(theta, (n, 1, SIZE, SIZE), align_corners=False)
    bend = F.interpolate(torch.randn(n, 2, 4, 4, device=x.device) * 0.05, (SIZE, SIZE), mode="bicubic", align_corners=False)
    x = F.grid_sample(x, grid + bend.permute(0, 2, 3, 1), mode="bilinear", padding_mode="zeros", align_corners=False)
    x = x.clamp(0, 1) ** torch.exp(uniform(n, -0.35, 0.35))[:, None, None, None] * uniform(n, 0.75, 1.05)[:, None, None, None]
    return (x + torch.randn_like(x) * 0.03).clamp(0, 1)


def to_input(x):
    return ((x - 0.5) / 0.5).expand(-1, 3, -1, -1)


def main():
    a = common.command_line(__doc__, 60, needs_pool=False)
    x, y = tiles(); train, held = split(y)
    say(f"{len(train)} digits to train on, {len(held)} held out")
    xt, yt = x[train][:, None].float().to(DEVICE) / 255, y[train].to(DEVICE)
    xh, yh = x[held][:, None].float().to(DEVICE) / 255, y[held].to(DEVICE)
    net = DigitsViT().to(DEVICE); mean = common.Mean(net)
    if a.weights:
        mean.net.load_state_dict(torch.load(a.weights, map_location=DEVICE))
    else:
        opt = common.optimizer([(net, 1.5e-3)], 0.05); rates = common.Rates(opt, a.seconds, 100); total = 0.0
        net.train()
        while rates.done < 1:
            rates.advance(); at = torch.randint(len(xt), (256,), device=DEVICE)
            logits = net(to_input(warp(xt[at])))
            loss = F.cross_entropy(logits, yt[at], label_smoothing=0.05)
            opt.zero_grad(set_to_none=True); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0); opt.step(); mean.update(net, rates.step)
            total += loss.detach()
            if rates.step % 500 == 0:
                with torch.no_grad(): right = (mean.net(to_input(xh)).argmax(1) == yh).float().mean().item()
                say(f"step {rates.step} loss {float(total) / 500:.3f} held-out {right:.4f}"); total = 0.0
        torch.save(mean.net.state_dict(), os.path.join(a.out, "digits-vit.pt")); say(f"{rates.step} steps")
    best = mean.net.cpu().eval()
    with torch.no_grad(): logits = best(to_input(xh.cpu()))
    right = (logits.argmax(1) == yh.cpu()); accuracy = right.float().mean().item()
    wrong = [{"index": i, "is": int(yh[i]), "taken_for": int(logits[i].argmax())} for i in np.flatnonzero(~right.numpy()).tolist()]
    say(f"held-out accuracy {accuracy:.4f}, {len(wrong)} wrong of {len(held)}")
    # the held-out digits as one sheet; a C# test cuts the tiles out and needs no resizing
    folder = os.path.join(a.out, "validation"); os.makedirs(folder, exist_ok=True)
    rows = -(-len(held) // COLUMNS); sheet = np.zeros((rows * SIZE, COLUMNS * SIZE), np.uint8)
    for i, k in enumerate(held):
        sheet[i // COLUMNS * SIZE:][:SIZE, i % COLUMNS * SIZE:][:, :SIZE] = x[k].numpy()
    Image.fromarray(sheet).save(os.path.join(folder, "digits.png"), optimize=True)
    json.dump({"picture": "digits.png", "tile": SIZE, "columns": COLUMNS, "labels": [int(v) for v in yh]}, open(os.path.join(folder, "annotations.json"), "w"), separators=(",", ":"))
    path = os.path.join(a.out, "digits-vit.onnx")
    common.export(best, (torch.zeros(2, 3, SIZE, SIZE),), path, ["images"], ["logits"], {"images": {0: "batch"}, "logits": {0: "batch"}})
    file = common.finish(path, {"images": ["batch", 3, SIZE, SIZE], "logits": ["batch", 10]},
                         {"description": "TrtBindings digits-vit, a small vision transformer for handwritten digits", "docs": "samples/models/digits/README.md", "names": dict(enumerate(NAMES)),
                          "imgsz": [SIZE, SIZE], "channels": 3, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "output": "logits"})
    tests = to_input(xh[:32].cpu())
    difference = common.compare(path, best, [tests[:n].contiguous() for n in (1, 2, 4, 7, 32)], 1e-3)
    common.write_report(a.out, model="digits-vit", parameters=common.parameters(best), files=[file], held_out=len(held), trained_on=len(train), accuracy=accuracy, wrong=wrong,
                        onnxruntime_difference=difference, steps=None if a.weights else rates.step, seconds=a.seconds)
    assert a.quick or accuracy >= 0.97, f"accuracy {accuracy:.4f} is under 0.97: train longer"


if __name__ == "__main__":
    main()
