"""Trains the face detector on drawn faces and writes faces-scrfd.onnx, its held-out pictures with annotations and report.json:
python3 train_faces.py --pool POOL.npz --out OUT [--seconds 150] [--quick].

Backgrounds in training are views of rendered scenes; the held-out pictures have other backgrounds (held-out objects and
surfaces), other faces and one fixed size, 640 x 480, and are stored as PNG with a palette."""
import json, math, os, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "common"))
import common
from common import DEVICE, say
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw
from loss import assign, complete_iou
from face_net import STRIDES, FaceNet, centres
from face_renderer import Bank, compose

SIZES = [(320, 320), (384, 512), (480, 640), (256, 448), (416, 320)]
HELD, BYTES = 34, 3_000_000


def normal(x):
    """0..1 to the network's input."""
    return (x * 255 - 127.5) / 128


def backgrounds(pool, n, size):
    x = common.view(pool, n, size, (0.8, 2.5), 0.2)[0]
    plain = torch.rand(n, 1, 1, 1, device=x.device) < 0.25          # smooth colours as of a wall or a sky
    wash = F.interpolate(torch.rand(n, 3, 3, 3, device=x.device), size, mode="bicubic", align_corners=True).clamp(0, 1)
    rough = F.interpolate(torch.rand(n, 1, size[0] // 8, size[1] // 8, device=x.device), size, mode="bilinear", align_corners=False)
    return torch.where(plain, (wash * (0.8 + 0.3 * rough)).clamp(0, 1), x)


def spoil(x):
    """Blur, grain, light, and a black border right and below, as letterboxing leaves one."""
    n, _, h, w = x.shape
    x = common.colours(x)
    if torch.rand(1).item() < 0.3: x = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    if torch.rand(1).item() < 0.2: x = F.interpolate(F.interpolate(x, scale_factor=0.5, mode="bilinear", antialias=True, align_corners=False), (h, w), mode="bilinear", align_corners=False)
    x = (x + torch.randn_like(x) * (torch.rand(n, 1, 1, 1, device=x.device) ** 2 * 0.06)).clamp(0, 1)
    return (x * 255).round() / 255


def batch(pool, n, size, heads):
    """(inputs, boxes, points, valid, ignored boxes)."""
    x, boxes, points, valid, slight = compose(backgrounds(pool, n, size), 6, heads=heads)
    x = spoil(x); h, w = size
    if torch.rand(1).item() < 0.3:
        if torch.rand(1).item() < 0.5: edge = torch.tensor([int(w * np.random.uniform(0.5, 0.95)), h], device=x.device)
        else: edge = torch.tensor([w, int(h * np.random.uniform(0.5, 0.95))], device=x.device)
        x = x.clone(); x[:, :, int(edge[1]):] = 0; x[:, :, :, int(edge[0]):] = 0
        cut = torch.minimum(boxes, edge.float().repeat(2)); kept = (cut[..., 2:] - cut[..., :2]).clamp(min=0).prod(2) / (boxes[..., 2:] - boxes[..., :2]).prod(2).clamp(min=1)
        slight = (slight | valid) & (kept < 0.65) & (kept > 0); valid = valid & (kept >= 0.65)
        boxes = cut
    none = torch.zeros_like(boxes)
    return normal(x), torch.where(valid[..., None], boxes, none), points, valid, torch.where(slight[..., None], boxes, none)


def loss_of(rows, size, boxes, points, valid, ignored):
    cls, dist, key = [torch.cat([r[i].float() for r in rows], 1) for i in range(3)]
    at, strides = centres(*size, cls.device)
    corner = at.T[None]; dist = dist * strides[None, :, None]
    found = torch.cat([corner - dist[..., :2], corner + dist[..., 2:]], -1)
    owner, quality = assign(cls.sigmoid(), found, at, torch.zeros(boxes.shape[:2], dtype=torch.long, device=cls.device), boxes, valid)
    b, a = (owner >= 0).nonzero(as_tuple=True); o, q = owner[b, a], quality[b, a]
    target = torch.zeros_like(cls); target[b, a, 0] = q
    within = ((at[0] > ignored[..., 0:1]) & (at[1] > ignored[..., 1:2]) & (at[0] < ignored[..., 2:3]) & (at[1] < ignored[..., 3:4])).any(1)
    weight = (~within | (owner >= 0)).float()[..., None]; norm = target.sum().clamp(1)
    l_cls = (F.binary_cross_entropy_with_logits(cls, target, reduction="none") * (target - cls.sigmoid()).abs().detach().clamp(min=0.02) * 2 * weight).sum() / norm
    l_box = ((1 - complete_iou(found[b, a], boxes[b, o])) * q).sum() / norm
    want = points[b, o].flatten(1); side = (boxes[b, o][:, 2:] - boxes[b, o][:, :2]).amax(1, keepdim=True).clamp(min=4)
    got = key[b, a] * strides[a][:, None] + corner[0, a].repeat(1, 5)
    l_key = (F.smooth_l1_loss(got / side, want / side, beta=0.05, reduction="none").mean(1) * q).sum() / norm
    return l_cls + 2 * l_box + 12 * l_key, (l_cls.detach(), l_box.detach(), l_key.detach())


def detect(outputs, size, least=0.5, iou=0.4, scale=1.0):
    """SCRFD's own decoding of one picture: (boxes, scores, points [n,5,2]) by falling score; +1 NMS."""
    at, strides = centres(*size, "cpu"); at, strides = at.T.numpy(), strides.numpy()[:, None]
    score, dist, key = [np.concatenate([outputs[i + k].reshape(-1, c) for k in range(3)]) for i, c in ((0, 1), (3, 4), (6, 10))]
    pick = score[:, 0] >= least; score, dist, key, at = score[pick, 0], dist[pick] * strides[pick], key[pick] * strides[pick], at[pick]
    boxes = np.concatenate([at - dist[:, :2], at + dist[:, 2:]], 1) / scale; points = (key.reshape(-1, 5, 2) + at[:, None]) / scale
    order, keep = np.argsort(-score, kind="stable"), []
    area = (boxes[:, 2] - boxes[:, 0] + 1) * (boxes[:, 3] - boxes[:, 1] + 1)
    while len(order):
        i, rest = order[0], order[1:]; keep.append(i)
        both = np.prod(np.clip(np.minimum(boxes[i, 2:], boxes[rest, 2:]) - np.maximum(boxes[i, :2], boxes[rest, :2]) + 1, 0, None), 1)
        order = rest[both / (area[i] + area[rest] - both) <= iou]
    return boxes[keep], score[keep], points[keep]


def held_out(held_rgb, count):
    """count pictures of 640 x 480 with up to 6 faces: [(picture uint8 with at most 160 colours, palette image, faces, slight ones)]."""
    state = torch.random.get_rng_state(); torch.manual_seed(900001)
    if DEVICE == "cuda": gpu = torch.cuda.get_rng_state(); torch.cuda.manual_seed(900001)
    out = []
    for i in range(count):
        source = held_rgb[i % len(held_rgb)][None].permute(0, 3, 1, 2).float() / 255
        blurred = F.interpolate(F.interpolate(source, (60, 80), mode="bilinear", antialias=True, align_corners=False), (960, 1280), mode="bicubic", align_corners=False)
        # a soft background keeps the files small; every sixth stays sharp
        wide = F.interpolate(source, (960, 1280), mode="bicubic", align_corners=False) if i % 6 == 0 else blurred
        x, boxes, points, valid, slight = compose(wide.clamp(0, 1), 6, low=48.0, high=0.7)
        x = F.avg_pool2d(x, 2); boxes, points = boxes / 2, points / 2
        palette = Image.fromarray((x[0].permute(1, 2, 0) * 255).round().clamp(0, 255).byte().cpu().numpy()).quantize(160, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        faces = [{"box": [round(float(v), 2) for v in boxes[0, k]], "points": [[round(float(v), 2) for v in q] for q in points[0, k]]} for k in range(6) if valid[0, k]]
        out.append((np.array(palette.convert("RGB")), palette, faces, [[round(float(v), 2) for v in boxes[0, k]] for k in range(6) if slight[0, k]]))
    torch.random.set_rng_state(state)
    if DEVICE == "cuda": torch.cuda.set_rng_state(gpu)
    return out


def overlap(a, b):
    both = np.prod(np.clip(np.minimum(a[2:], b[:, 2:]) - np.maximum(a[:2], b[:, :2]), 0, None), 1)
    return both / (np.prod(a[2:] - a[:2]) + np.prod(b[:, 2:] - b[:, :2], 1) - both + 1e-9)


@torch.no_grad()
def measure(net, pictures):
    """Recall at one false find a picture on average (IoU 0.5), recall and false finds at score 0.5, and the mean distance of
    the key points in parts of the face's larger side. Slightly visible faces count neither way."""
    marks, total, off, at_half = [], 0, [], [0, 0]
    device = next(net.parameters()).device
    for picture, _, faces, slight in pictures:
        x = normal(torch.from_numpy(picture).to(device).permute(2, 0, 1)[None].float() / 255)
        boxes, scores, points = detect([t[0].float().cpu().numpy() for t in net(x)], tuple(x.shape[2:]), least=0.02)
        truth = np.array([f["box"] for f in faces], float).reshape(-1, 4); ignore = np.array(slight, float).reshape(-1, 4); used = set(); total += len(truth)
        for b, s, p in zip(boxes, scores, points):
            iou = np.array([-1 if j in used else v for j, v in enumerate(overlap(b, truth))])
            if len(iou) and iou.max() >= 0.5:
                j = int(iou.argmax()); used.add(j); marks.append((s, True)); at_half[0] += s >= 0.5
                off.append(float(np.linalg.norm(p - np.array(faces[j]["points"]), axis=1).mean() / max(truth[j, 2:] - truth[j, :2])))
            elif not (len(ignore) and overlap(b, ignore).max() >= 0.3):
                marks.append((s, False)); at_half[1] += s >= 0.5
    marks.sort(key=lambda m: -m[0]); hits, false, recall = 0, 0, 0.0
    for _, hit in marks:
        hits += hit; false += not hit
        if false <= len(pictures): recall = hits / max(total, 1)
    return {"faces": total, "recall_at_1_false_a_picture": recall, "recall_at_score_0.5": float(at_half[0] / max(total, 1)), "false_finds_at_score_0.5": int(at_half[1]), "point_error": float(np.mean(off)) if off else None}


def draw_on(picture, found):
    image = Image.fromarray(picture); d = ImageDraw.Draw(image)
    for b, s, p in zip(*found):
        d.rectangle([float(v) for v in b], outline=(0, 255, 0)); d.text((float(b[0]) + 2, float(b[1]) - 11), f"{s:.2f}", fill=(0, 255, 0))
        for q in p: d.ellipse([float(q[0]) - 1.5, float(q[1]) - 1.5, float(q[0]) + 1.5, float(q[1]) + 1.5], fill=(255, 0, 0))
    return image


def looks(net, pictures, folder):
    """Overlays of held-out pictures, and of NASA's public-domain portrait that scikit-image brings, which no training shows."""
    os.makedirs(folder, exist_ok=True); device = next(net.parameters()).device
    try:
        from skimage import data
        real = [("astronaut", data.astronaut())]
    except Exception as e:
        say(f"no real picture to look at: {e}"); real = []
    for name, picture in [(f"held-{i:02}", p[0]) for i, p in enumerate(pictures[:10])] + real:
        with torch.no_grad(): out = net(normal(torch.from_numpy(picture.copy()).to(device).permute(2, 0, 1)[None].float() / 255))
        found = detect([t[0].float().cpu().numpy() for t in out], picture.shape[:2], least=0.3)
        draw_on(picture, found).save(os.path.join(folder, name + ".jpg"), quality=85)
        if name == "astronaut": say(f"astronaut: {len(found[0])} faces over 0.3, {[(np.round(b).tolist(), round(float(s), 2)) for b, s in zip(found[0], found[1])]}"); portrait = [[round(float(s), 3)] + [round(float(v), 1) for v in b] for b, s in zip(found[0], found[1])]
    return portrait if real else None


def main():
    a = common.command_line(__doc__, 150)
    held_rgb, = common.load_pool(a.pool, ("held_rgb",)); pictures = held_out(held_rgb, 4 if a.quick else HELD); steps = None
    say(f"{len(pictures)} held-out pictures, {sum(len(p[2]) for p in pictures)} faces and {sum(len(p[3]) for p in pictures)} slight ones")
    net = FaceNet().to(DEVICE)
    if a.start: net.load_state_dict(torch.load(a.start, map_location=DEVICE))
    mean = common.Mean(net); say(f"{common.parameters(net)} parameters")
    if a.weights:
        mean.net.load_state_dict(torch.load(a.weights, map_location=DEVICE))
    else:
        pool = common.load_pool(a.pool); opt = common.optimizer([(net, 2.5e-3)], 0.02); n = 4 if a.quick else 24
        heads = Bank(16 if a.quick else 4096, DEVICE, 4 if a.quick else 32); say(f"{heads.count} heads drawn ahead"); rates = common.Rates(opt, a.seconds)
        sums = torch.zeros(3, device=DEVICE); net.train()
        while rates.done < 1:
            rates.advance(); size = SIZES[0] if a.quick else SIZES[np.random.randint(len(SIZES))]
            with torch.no_grad(): heads.refresh(); x, boxes, points, valid, ignored = batch(pool, n, size, heads)
            with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
                rows = net.raw(x)
            loss, parts = loss_of(rows, size, boxes, points, valid, ignored)
            opt.zero_grad(set_to_none=True); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0); opt.step(); mean.update(net, rates.step)
            sums += torch.stack(parts)
            if rates.step % 100 == 0:
                c, b, k = (sums / 100).tolist(); sums.zero_(); assert math.isfinite(c + b + k), f"the loss is not finite: class {c}, box {b}, points {k}"
                say(f"step {rates.step}, {time.time() - rates.start:.0f} s, class {c:.3f} box {b:.3f} points {k:.4f}" + (f", {measure(mean.net, pictures[:10])}" if rates.step % 400 == 0 else ""))
        torch.save(mean.net.state_dict(), os.path.join(a.out, "faces-scrfd.pt")); steps = rates.step; say(f"{steps} steps of {n}")
    best = mean.net.eval(); figures = measure(best, pictures); say(f"held-out: {figures}")
    portrait = looks(best, pictures, os.path.join(a.out, "look"))
    folder, used, entries = os.path.join(a.out, "validation"), 0, []; os.makedirs(folder, exist_ok=True)
    for i, (_, palette, faces, slight) in enumerate(pictures):
        name = f"faces-{i:02}.png"; palette.save(os.path.join(folder, name), optimize=True); size = os.path.getsize(os.path.join(folder, name))
        if used + size > BYTES: os.remove(os.path.join(folder, name)); continue
        used += size; entries.append({"file": name, "width": 640, "height": 480, "faces": faces, "slight": slight})
    json.dump({"points": ["left eye", "right eye", "nose", "left mouth corner", "right mouth corner"], "note": "slight: cut or hidden faces, count neither as found nor as false", "images": entries},
              open(os.path.join(folder, "annotations.json"), "w"), separators=(",", ":"))
    say(f"{len(entries)} of {len(pictures)} pictures kept, {used} bytes")
    kept = [p for i, p in enumerate(pictures) if any(e["file"] == f"faces-{i:02}.png" for e in entries)]; figures = measure(best, kept)
    best = best.cpu().fuse().eval(); path = os.path.join(a.out, "faces-scrfd.onnx")
    names = [f"{k}_{s}" for k in ("score", "bbox", "kps") for s in STRIDES]
    common.export(best, (torch.rand(2, 3, 96, 128),), path, ["input.1"], names, {"input.1": {0: "batch", 2: "height", 3: "width"}, **{k: {0: "batch", 1: f"anchors_{k.split('_')[1]}"} for k in names}})
    columns = {"score": 1, "bbox": 4, "kps": 10}
    file = common.finish(path, {"input.1": ["batch", 3, "height", "width"], **{k: ["batch", f"anchors_{k.split('_')[1]}", columns[k.split("_")[0]]] for k in names}},
                         {"description": "TrtBindings faces-scrfd, a small face detector trained on drawn faces", "docs": "samples/models/faces/README.md", "channels": 3,
                          "mean": [127.5] * 3, "std": [128.0] * 3, "strides": list(STRIDES), "anchors": 2})
    picture = normal(torch.from_numpy(kept[0][0].copy()).permute(2, 0, 1)[None].float() / 255)
    tests = [picture, picture[:, :, :320, :320].contiguous(), torch.cat([picture[:, :, :256, :448], picture[:, :, 200:456, 100:548]])]
    difference = common.compare(path, best, tests, 5e-3, absolute=False)
    common.write_report(a.out, model="faces-scrfd", parameters=common.parameters(best), files=[file], figures=figures, pictures=len(kept), picture_bytes=used, onnxruntime_difference=difference, astronaut=portrait, steps=steps, seconds=a.seconds)
    assert a.quick or figures["recall_at_1_false_a_picture"] >= 0.95, f"recall {figures['recall_at_1_false_a_picture']:.4f} is under 0.95: train longer"


if __name__ == "__main__":
    main()
