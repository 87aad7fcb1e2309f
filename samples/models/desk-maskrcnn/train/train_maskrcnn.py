"""Trains desk-maskrcnn and writes its dynamic export, three fixed-slot graphs of the same weights, torchvision's own results on
validation pictures and report.json: python3 train_maskrcnn.py --pool POOL.npz --out OUT [--seconds 240] [--quick].

Starts from desk-seg's own trained backbone and trains all of it on rendered scenes. Measured on samples/models/validation."""
import json, math, os, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "common"))
import common
from common import CLASSES, DEVICE, say
import numpy as np
import torch
from PIL import Image
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.roi_heads import paste_masks_in_image
from maskrcnn_net import LONG, SHORT, SLOTS, build, fresh
from to_fixed_slots import check, difference, export_fixed, place, say_which_pixels, torchvision_on_canvas

SIZES = [(320, 320), (384, 512), (480, 640), (448, 448), (320, 416), (512, 384)]
FIXED = [(320, 320), (480, 640), (640, 640)]
REFERENCES = 12


def targets_of(ids, labels, least=5, area=36):
    """torchvision's targets from instance maps [n,h,w]: boxes around what is visible, masks, labels from 1."""
    n, h, w = ids.shape
    each = ids[:, None] == torch.arange(1, labels.shape[1] + 1, device=ids.device)[None, :, None, None]
    rows, cols = each.any(3), each.any(2)
    first = lambda t: t.to(torch.uint8).argmax(2).float()
    boxes = torch.stack([first(cols), first(rows), w - first(cols.flip(2)), h - first(rows.flip(2))], 2)
    good = rows.any(2) & (labels >= 0) & (each.sum((2, 3)) >= area) & ((boxes[..., 2:] - boxes[..., :2]).amin(2) >= least)
    keep = good.cpu()
    return [{"boxes": boxes[i][keep[i]], "labels": labels[i][keep[i]] + 1, "masks": each[i][keep[i]].to(torch.uint8)} for i in range(n)]


def train(net, mean, a):
    pool = common.load_pool(a.pool); body = list(net.backbone.body.parameters()); known = {id(p) for p in body}
    opt = common.optimizer([(body, 5e-4), ([p for p in net.parameters() if id(p) not in known], 1.5e-3)], 0.02)
    rates = common.Rates(opt, a.seconds); n, sums = 2 if a.quick else 12, {}
    net.train()
    while rates.done < 1:
        rates.advance()
        x, ids, labels, _ = common.view(pool, n, SIZES[np.random.randint(len(SIZES))], (0.7, 2.4))
        targets = targets_of(ids, labels)
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            features = net.backbone(x)
        features = type(features)((k, f.float()) for k, f in features.items())
        images = ImageList(x, [tuple(x.shape[2:])] * n)
        proposals, first = net.rpn(images, features, targets)
        _, second = net.roi_heads(features, proposals, images.image_sizes, targets)
        parts = {**first, **second}; loss = sum(parts.values())
        opt.zero_grad(set_to_none=True); loss.backward(); torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0); opt.step(); mean.update(net, rates.step)
        for k, v in parts.items(): sums[k] = sums.get(k, 0) + v.detach()
        if rates.step % 100 == 0:
            values = {k.replace("loss_", ""): round(float(v) / 100, 3) for k, v in sums.items()}; sums = {}
            assert all(math.isfinite(v) for v in values.values()), f"the loss is not finite: {values}"
            say(f"step {rates.step}, {time.time() - rates.start:.0f} s, {values}")
    say(f"{rates.step} steps of {n}")
    return rates.step


@torch.no_grad()
def found_on_canvas(model, picture, height, width):
    """What torchvision finds on the picture placed on a canvas of that size, brought back: ((boxes, labels, scores, masks of
    the canvas), rows and columns used, boxes in the picture, probabilities [n,h,w] in the picture)."""
    x, (nh, nw) = place(common.to_input(picture).to(next(model.parameters()).device), height, width)
    found = torchvision_on_canvas(model, x); h, w = picture.shape[:2]
    boxes = found[0] * torch.tensor([w / nw, h / nh, w / nw, h / nh], device=x.device)
    boxes = torch.stack([boxes[:, 0].clamp(0, w), boxes[:, 1].clamp(0, h), boxes[:, 2].clamp(0, w), boxes[:, 3].clamp(0, h)], 1)
    pasted = paste_masks_in_image(found[3], boxes, (h, w))[:, 0] if len(boxes) else torch.zeros(0, h, w, device=x.device)
    return found, (nh, nw), boxes, pasted


def average_precisions(find, pictures, at=0.5):
    """Box AP and mask AP at IoU `at`, mean over the classes, and per class; find(picture) -> boxes, labels, scores, masks (bool)."""
    from evaluate import average_precision, from_rle
    table = {k: {c: ([], []) for c in range(len(CLASSES))} for k in ("box", "mask")}; count = [0] * len(CLASSES)
    for _, picture, objects in pictures:
        h, w = picture.shape[:2]; boxes, labels, scores, masks = find(picture)
        for c in range(len(CLASSES)):
            mine = [o for o in objects if o["class"] == c]; count[c] += len(mine)
            tb = np.array([o["box"] for o in mine], float).reshape(-1, 4); tm = np.array([from_rle(o["rle"], h, w) for o in mine], bool).reshape(-1, h, w)
            for kind in ("box", "mask"):
                used = set()
                for i in np.flatnonzero(labels == c + 1):
                    if kind == "box":
                        low, high = np.maximum(boxes[i, :2], tb[:, :2]), np.minimum(boxes[i, 2:], tb[:, 2:]); both = np.prod(np.clip(high - low, 0, None), 1)
                        iou = both / (np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(tb[:, 2:] - tb[:, :2], 1) - both + 1e-9)
                    else:
                        iou = (tm & masks[i]).sum((1, 2)) / ((tm | masks[i]).sum((1, 2)) + 1e-9)
                    iou = np.array([-1 if j in used else v for j, v in enumerate(iou)])
                    hit = len(iou) > 0 and iou.max() >= at
                    if hit: used.add(int(iou.argmax()))
                    table[kind][c][0].append(hit); table[kind][c][1].append(scores[i])
    each = {CLASSES[c]: [count[c]] + [round(average_precision(*table[k][c], count[c]), 4) for k in ("box", "mask")] for c in range(len(CLASSES)) if count[c]}
    return float(np.mean([v[1] for v in each.values()])), float(np.mean([v[2] for v in each.values()])), each


def canvas_finder(model, height, width):
    def find(picture):
        found, _, boxes, pasted = found_on_canvas(model, picture, height, width)
        return boxes.cpu().numpy(), found[1].cpu().numpy(), found[2].cpu().numpy(), (pasted >= 0.5).cpu().numpy()
    return find


def own_finder(model):
    """torchvision's model as a whole, its own resizing and pasting included."""
    @torch.no_grad()
    def find(picture):
        d = model([common.to_input(picture)[0].to(next(model.parameters()).device)])[0]
        return d["boxes"].cpu().numpy(), d["labels"].cpu().numpy(), d["scores"].cpu().numpy(), (d["masks"][:, 0] >= 0.5).cpu().numpy()
    return find


def references(model, pictures, path):
    """torchvision's own results on the CPU: its whole model on each picture, and its network on each fixed canvas."""
    from make_validation import rle
    instance = lambda b, l, s, m: [{"box": [round(float(v), 4) for v in b[i]], "label": int(l[i]), "score": round(float(s[i]), 6), "rle": rle(m[i])} for i in range(len(b))]
    entries = []
    for name, picture, _ in pictures:
        entry = {"picture": name, "dynamic": instance(*own_finder(model)(picture)), "fixed": {}}
        for height, width in FIXED:
            found, (nh, nw), boxes, pasted = found_on_canvas(model, picture, height, width); masks = (pasted >= 0.5).numpy()
            values = instance(boxes.numpy(), found[1].numpy(), found[2].numpy(), masks)
            for v, b in zip(values, found[0].numpy()): v["slot"] = [round(float(q), 4) for q in b]
            entry["fixed"][f"{height}x{width}"] = {"rows": nh, "columns": nw, "instances": values}
        entries.append(entry)
    rules = ("dynamic: torchvision's MaskRCNN as a whole on the picture. fixed: the picture resized bilinearly (float, half-pixel centres, no antialiasing) to rows x columns, "
             "top left on a black canvas, torchvision's backbone, RPN and heads on the canvas; slot = box in canvas pixels; box = slot times (w/columns, h/rows), clipped to the picture; "
             "masks pasted by torchvision's paste_masks_in_image at the picture's size, probability 0.5 or more. rle: run lengths along the rows, zeros first.")
    json.dump({"classes": ["background"] + CLASSES, "rules": rules, "pictures": entries}, open(path, "w"), separators=(",", ":"))
    say(f"{path}: {os.path.getsize(path)} bytes")


def size_as_torchvision(file):
    """torchvision divides and multiplies in Python's floats and cuts down; its export does so in float32 and by reciprocals,
    which for 400 x 300 or 352 x 352 is a pixel apart. Makes the graph compute the size of its first Resize as torchvision does."""
    import onnx
    from onnx import numpy_helper
    graph = file.graph; makers = {o: n for n in graph.node for o in n.output}
    chain, ahead = [], [next(n for n in graph.node if n.op_type == "Resize").input[3]]
    while ahead:
        n = makers.get(ahead.pop())
        if n is not None and n.op_type != "Shape" and n not in chain: chain.append(n); ahead += n.input
    for n in chain:
        for a in n.attribute:
            if n.op_type == "Cast" and a.i == onnx.TensorProto.FLOAT: a.i = onnx.TensorProto.DOUBLE
            if n.op_type == "Constant" and a.t.data_type == onnx.TensorProto.FLOAT: a.t.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(a.t).astype(np.float64)))
        inverse = makers.get(n.input[0]) if n.op_type == "Mul" else None
        if inverse is not None and inverse.op_type == "Reciprocal": n.op_type = "Div"; n.input[:] = [n.input[1], inverse.input[0]]
    for n in [n for n in chain if n.op_type == "Reciprocal"]: graph.node.remove(n)


def export_dynamic(model, pictures, path, judge):
    """torchvision's own export, any picture size, and its comparison with PyTorch by ONNX Runtime."""
    names = ["boxes", "labels", "scores", "masks"]
    example = common.to_input(pictures[0][1])[0].cpu()
    common.export(model, ([example],), path, ["image"], names, {"image": {1: "height", 2: "width"}, "boxes": {0: "detections"}, "labels": {0: "detections"}, "scores": {0: "detections"},
                                                                 "masks": {0: "detections", 2: "height", 3: "width"}}, opset=16)
    import onnx
    whole = onnx.load(path); say_which_pixels(whole); size_as_torchvision(whole); onnx.save(whole, path)
    file = common.finish(path, {"image": [3, "height", "width"], "boxes": ["detections", 4], "labels": ["detections"], "scores": ["detections"], "masks": ["detections", 1, "height", "width"]}, words("dynamic"))
    run, worst, apart = common.runtime(path), None, []
    if run:
        worst = {"instances": 0, "box": 0.0, "score": 0.0, "mask": 0.0}
        for name, picture, _ in pictures + [("black", np.zeros((120, 160, 3), np.uint8), [])]:
            x = common.to_input(picture)[0].cpu()
            with torch.no_grad(): d = model([x])[0]
            got = [torch.from_numpy(t) for t in run({"image": x.numpy()})]
            try:
                each = difference(got + [torch.tensor([len(got[0])])], [d[k] for k in names])
            except AssertionError as e:
                say(f"{name}, {picture.shape[1]} x {picture.shape[0]}: {e}"); apart.append(name); continue
            worst["instances"] += each["instances"]
            for k in ("box", "score", "mask"): worst[k] = max(worst[k], each[k])
        worst["not_equal"] = apart; say(f"{os.path.basename(path)}: ONNX Runtime against torchvision {worst}")
        assert not judge or not apart, f"{path}: ONNX Runtime and torchvision disagree on {apart}"
    return file, worst


def words(form):
    return {"description": "TrtBindings desk-maskrcnn, a small Mask R-CNN for rendered still lifes", "docs": "samples/models/desk-maskrcnn/README.md", "form": form,
            "names": dict(enumerate(["background"] + CLASSES)), "channels": 3, "mean": [0.0] * 3, "std": [1.0] * 3}


def overlays(model, pictures, folder, count=8):
    from evaluate import overlay
    os.makedirs(folder, exist_ok=True)
    for name, picture, _ in pictures[:count]:
        boxes, labels, scores, masks = canvas_finder(model, 480, 640)(picture); k = scores >= 0.5
        overlay(picture, (labels[k] - 1, scores[k], boxes[k], masks[k]), CLASSES).save(os.path.join(folder, os.path.splitext(name)[0] + ".jpg"), quality=80)


def main():
    a = common.command_line(__doc__, 240)
    pictures = common.validation(); steps = None; pictures = pictures[:4] if a.quick else pictures
    model = fresh().to(DEVICE); say(f"{common.parameters(model)} parameters")
    if a.weights:
        model.load_state_dict(torch.load(a.weights, map_location=DEVICE))
    else:
        net = build().to(DEVICE)
        if a.start: net.load_state_dict(torch.load(a.start, map_location=DEVICE))
        mean = common.Mean(net); steps = train(net, mean, a)
        model.load_state_dict(mean.net.state_dict()); torch.save(model.state_dict(), os.path.join(a.out, "desk-maskrcnn.pt"))
    model.eval(); problems, figures = [], {}
    for height, width in FIXED[:1] if a.quick and DEVICE == "cpu" else FIXED:
        box, mask, each = average_precisions(canvas_finder(model, height, width), pictures); figures[f"{height}x{width}"] = {"box_ap50": box, "mask_ap50": mask, "classes": each}
        say(f"{height} x {width}: box AP50 {box:.4f}, mask AP50 {mask:.4f}, {each}")
    box, mask, each = average_precisions(own_finder(model), pictures); figures["dynamic"] = {"box_ap50": box, "mask_ap50": mask, "classes": each}
    say(f"dynamic: box AP50 {box:.4f}, mask AP50 {mask:.4f}")
    overlays(model, pictures, os.path.join(a.out, "look"))
    model = model.cpu(); files, checks = [], {}
    common.write_report(a.out, model="desk-maskrcnn", parameters=common.parameters(model), figures=figures, pictures=len(pictures), steps=steps, seconds=a.seconds, slots=SLOTS)
    inputs = [p for p in pictures[:2 if a.quick else 8]]
    for height, width in FIXED:
        path = os.path.join(a.out, f"desk-maskrcnn-{height}x{width}.onnx")
        try:
            fixed = export_fixed(model, height, width, path)
            files.append(common.finish(path, {"images": [1, 3, height, width], "boxes": [SLOTS, 4], "labels": [SLOTS], "scores": [SLOTS], "masks": [SLOTS, 1, 28, 28], "count": [1]}, words("fixed slots")))
            canvases = [place(common.to_input(p).cpu(), height, width)[0] for _, p, _ in inputs] + [torch.zeros(1, 3, height, width)]
            try:
                checks[f"{height}x{width}"] = check(model, fixed, path, canvases); say(f"{height} x {width} against torchvision: {checks[f'{height}x{width}']}")
            except AssertionError as e:     # the scores of an untrained network lie so close together that rounding reorders them
                if not a.quick: raise
                say(f"not judged in --quick: {e}")
        except Exception as e:      # the other files are still worth having
            import traceback; traceback.print_exc(); problems.append(f"fixed {height}x{width}: {type(e).__name__}: {e}")
    try:
        path = os.path.join(a.out, "desk-maskrcnn.onnx"); file, worst = export_dynamic(model, pictures[:REFERENCES], path, not a.quick); files.append(file); checks["dynamic"] = worst
    except Exception as e:
        import traceback; traceback.print_exc(); problems.append(f"dynamic export: {type(e).__name__}: {e}")
    references(model, pictures[:2 if a.quick else REFERENCES], os.path.join(a.out, "reference.json"))
    common.write_report(a.out, files=files, checks=checks, problems=problems)
    assert not problems, "; ".join(problems)
    low = min(min(f["box_ap50"], f["mask_ap50"]) for k, f in figures.items() if k != "320x320")
    assert a.quick or low >= 0.80, f"AP50 is {low:.4f} at the least, under 0.80: train longer"


if __name__ == "__main__":
    main()
