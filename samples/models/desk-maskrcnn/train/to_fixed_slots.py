"""Turns any torchvision Mask R-CNN into the fixed-slot form: one image size, fixed numbers of proposals and detections, so
that every shape in the graph is known. TensorRT takes this form; it refuses torchvision's own export.

    python3 to_fixed_slots.py --model maskrcnn_resnet50_fpn --state weights.pt --size 480x640 --out model-480x640.onnx
    python3 to_fixed_slots.py --model my_module:build      --state weights.pt --size 480x640 --out ... --picture photo.png

--model is a builder of torchvision.models.detection or MODULE:FUNCTION, which is called without arguments; --state a state
dict for it. With --picture (several may be given) the result is compared with torchvision's own on those pictures.

Input `images` [1,3,H,W], RGB in 0..1: the picture resized to fit, top left, the rest 0; mean and deviation are applied
inside, as torchvision does. Outputs, with D the model's detections_per_img:
    boxes [D,4] x1, y1, x2, y2 in input pixels, best first     scores [D]     labels [D] int64, 0 is the background
    masks [D,1,28,28] probabilities to paste into the boxes     count [1] int64: how many of the D slots are filled
Slots that are not filled hold zeros. What changes against torchvision is where empty slots come in:

    proposals   the k best of each level (k fixed), decoded and clipped; too small ones get the score -1 instead of being removed
    NMS         one NonMaxSuppression over boxes moved apart by level (later by class), padded with -1 to its limit
    RoIAlign    on every level for all boxes, times (level of the box == this level), summed: no data-dependent selection
    masks       for all D slots, the channel of the label taken by GatherElements
"""
import argparse, importlib, json, math, os, sys
from collections import OrderedDict
import torch
from torch import nn
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import nms, roi_align


class SlotNms(torch.autograd.Function):
    """Indices of the boxes that NMS keeps, best first, cut or filled up with -1 to `most`; only scores over `floor` count."""
    @staticmethod
    def forward(ctx, boxes, scores, iou, most, floor):
        at = (scores > floor).nonzero()[:, 0]
        keep = at[nms(boxes[at], scores[at], iou)][:most]
        return torch.cat([keep, keep.new_full((most,), -1)])[:most]

    @staticmethod
    def symbolic(g, boxes, scores, iou, most, floor):
        whole = lambda v: g.op("Constant", value_t=torch.tensor(v, dtype=torch.int64))
        real = lambda v: g.op("Constant", value_t=torch.tensor(v, dtype=torch.float32))
        found = g.op("NonMaxSuppression", g.op("Unsqueeze", boxes, whole([0])), g.op("Unsqueeze", scores, whole([0, 1])), whole([most]), real([iou]), real([floor]))
        found = g.op("Gather", found, whole(2), axis_i=1)
        return g.op("Slice", g.op("Concat", found, whole([-1] * most), axis_i=0), whole([0]), whole([most]), whole([0]))


def corners(boxes, deltas, coder):
    """torchvision's BoxCoder.decode_single for boxes [n,1,4] and deltas [n,c,4]."""
    w, h = boxes[..., 2] - boxes[..., 0], boxes[..., 3] - boxes[..., 1]
    x, y = boxes[..., 0] + 0.5 * w, boxes[..., 1] + 0.5 * h
    wx, wy, ww, wh = coder.weights
    cx, cy = deltas[..., 0] / wx * w + x, deltas[..., 1] / wy * h + y
    pw = torch.exp((deltas[..., 2] / ww).clamp(max=coder.bbox_xform_clip)) * w
    ph = torch.exp((deltas[..., 3] / wh).clamp(max=coder.bbox_xform_clip)) * h
    return torch.stack([cx - 0.5 * pw, cy - 0.5 * ph, cx + 0.5 * pw, cy + 0.5 * ph], -1)


class FixedSlots(nn.Module):
    def __init__(self, model, height, width):
        super().__init__()
        self.model, self.height, self.width = model.eval(), height, width
        with torch.no_grad():
            device = next(model.parameters()).device
            x = torch.zeros(1, 3, height, width, device=device); features = self.features(x); maps = list(features.values())
            anchors = model.rpn.anchor_generator(ImageList(x, [(height, width)]), maps)[0]
            logits, _ = model.rpn.head(maps)
        self.sizes = {k: f.shape[2:] for k, f in features.items()}
        self.counts = [o.shape[1] * o.shape[2] * o.shape[3] for o in logits]
        assert sum(self.counts) == len(anchors), f"{len(anchors)} anchors for {self.counts} predictions: is this model's RPN torchvision's?"
        for i, (a, o) in enumerate(zip(anchors.split(self.counts), logits)):
            # an anchor is its cell's corner plus one of a few boxes round 0: the two small tables keep the file small
            each = a.view(-1, o.shape[1], 4); cells = each[:, :1] - each[:1, :1]; base = each[:1]
            assert torch.equal(cells + base, each), f"level {i}: the anchors are not one pattern repeated over the cells"
            self.register_buffer(f"cells{i}", cells[:, 0].clone(), persistent=False); self.register_buffer(f"base{i}", base[0].clone(), persistent=False)
        top = model.rpn.pre_nms_top_n(); self.top = [min(top, n) for n in self.counts]
        levels = torch.cat([torch.full((k,), float(i)) for i, k in enumerate(self.top)])
        self.far = float(max(height, width) + 1)         # boxes of different levels or classes moved this far apart never overlap
        self.register_buffer("level_shift", (levels * self.far)[:, None].to(device), persistent=False)
        self.proposals, self.slots = model.rpn.post_nms_top_n(), model.roi_heads.detections_per_img

    def features(self, x):
        t = self.model.transform
        if any(m != 0 for m in t.image_mean) or any(s != 1 for s in t.image_std):
            x = (x - torch.tensor(t.image_mean, device=x.device)[:, None, None]) / torch.tensor(t.image_std, device=x.device)[:, None, None]
        f = self.model.backbone(x)
        return OrderedDict([("0", f)]) if isinstance(f, torch.Tensor) else f

    def clip(self, b):
        return torch.stack([b[..., 0].clamp(0, self.width), b[..., 1].clamp(0, self.height), b[..., 2].clamp(0, self.width), b[..., 3].clamp(0, self.height)], -1)

    def propose(self, maps):
        rpn = self.model.rpn; boxes, scores = [], []
        for i, (o, d) in enumerate(zip(*rpn.head(maps))):
            n, h, w = self.counts[i], o.shape[2], o.shape[3]
            o = o.permute(0, 2, 3, 1).reshape(n)
            d = d.reshape(1, -1, 4, int(h), int(w)).permute(0, 3, 4, 1, 2).reshape(n, 4)
            best, at = o.topk(self.top[i])
            base, cells = getattr(self, f"base{i}"), getattr(self, f"cells{i}")
            cell = torch.div(at, len(base), rounding_mode="trunc")
            boxes.append(self.clip(corners(cells[cell] + base[at - cell * len(base)], d[at], rpn.box_coder))); scores.append(best.sigmoid())
        boxes, scores = torch.cat(boxes), torch.cat(scores)
        size = boxes[:, 2:] - boxes[:, :2]
        good = (size.amin(1) >= rpn.min_size) & (scores >= getattr(rpn, "score_thresh", 0.0))
        scores = torch.where(good, scores, torch.full_like(scores, -1.0))
        at = SlotNms.apply(boxes + self.level_shift, scores, rpn.nms_thresh, self.proposals, -0.5)
        filled = at >= 0
        return boxes[at.clamp(min=0)] * filled[:, None].to(boxes.dtype), filled

    def pool(self, pooler, features, boxes):
        names = [n for n in pooler.featmap_names if n in features]
        scales = [2.0 ** round(math.log2(self.sizes[n][0] / self.height)) for n in names]
        low, high = -math.log2(scales[0]), -math.log2(scales[-1])
        side = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sqrt().clamp(min=1e-3)
        level = torch.floor(pooler.canonical_level + torch.log2(side / pooler.canonical_scale) + 1e-6).clamp(low, high) - low
        rois, total = torch.cat([torch.zeros_like(boxes[:, :1]), boxes], 1), None
        for i, (n, scale) in enumerate(zip(names, scales)):
            y = roi_align(features[n], rois, pooler.output_size, scale, pooler.sampling_ratio)
            if len(names) > 1: y = y * (level == float(i)).to(y.dtype)[:, None, None, None]
            total = y if total is None else total + y
        return total

    def forward(self, images):
        """[1,3,H,W] to boxes [D,4], labels [D], scores [D], masks [D,1,m,m], count [1]."""
        roi, features = self.model.roi_heads, self.features(images)
        boxes, filled = self.propose(list(features.values()))
        logits, deltas = roi.box_predictor(roi.box_head(self.pool(roi.box_roi_pool, features, boxes)))
        classes = logits.shape[1]
        scores = logits.softmax(1)[:, 1:]
        boxes = self.clip(corners(boxes[:, None], deltas.reshape(self.proposals, classes, 4), roi.box_coder))[:, 1:]
        good = ((boxes[..., 2:] - boxes[..., :2]).amin(2) >= 1e-2) & filled[:, None]
        scores = torch.where(good, scores, torch.full_like(scores, -1.0)).reshape(-1); boxes = boxes.reshape(-1, 4)
        labels = torch.arange(1, classes, device=boxes.device).repeat(self.proposals)
        at = SlotNms.apply(boxes + (labels.to(boxes.dtype) * self.far)[:, None], scores, roi.nms_thresh, self.slots, roi.score_thresh)
        filled, at = at >= 0, at.clamp(min=0)
        boxes, scores, labels = boxes[at] * filled[:, None].to(boxes.dtype), scores[at] * filled.to(boxes.dtype), labels[at] * filled.to(torch.int64)
        masks = roi.mask_predictor(roi.mask_head(self.pool(roi.mask_roi_pool, features, boxes)))
        each = labels[:, None, None, None].expand(-1, 1, masks.shape[2], masks.shape[3])
        masks = masks.gather(1, each).sigmoid() * filled.to(boxes.dtype)[:, None, None, None]
        return boxes, labels, scores, masks, filled.to(torch.int64).sum().reshape(1)


@torch.no_grad()
def torchvision_on_canvas(model, x):
    """torchvision's own backbone, RPN and heads on [1,3,H,W] as it is, without its resizing and pasting: what the fixed-slot
    form must equal. Returns boxes, labels, scores and unpasted masks."""
    t, size = model.transform, [tuple(x.shape[2:])]
    y = (x - torch.tensor(t.image_mean, device=x.device)[:, None, None]) / torch.tensor(t.image_std, device=x.device)[:, None, None]
    f = model.backbone(y); f = OrderedDict([("0", f)]) if isinstance(f, torch.Tensor) else f
    proposals, _ = model.rpn(ImageList(y, size), f, None)
    d = model.roi_heads(f, proposals, size, None)[0][0]
    return d["boxes"], d["labels"], d["scores"], d["masks"]


def place(picture, height, width):
    """([1,3,H,W], (rows, columns) used): the picture [1,3,h,w] resized to fit as torchvision resizes, top left, zeros around."""
    h, w = picture.shape[2:]; k = min(height / h, width / w)
    nh, nw = min(height, math.floor(h * k + 1e-4)), min(width, math.floor(w * k + 1e-4))
    out = torch.zeros(1, 3, height, width, device=picture.device)
    out[:, :, :nh, :nw] = nn.functional.interpolate(picture, (nh, nw), mode="bilinear", align_corners=False)
    return out, (nh, nw)


def difference(got, want):
    """Compares slots with torchvision's result: dict of largest differences; labels and counts must be equal. Two detections
    whose scores differ by less than 1e-5 may change places."""
    n = len(want[0]); count = int(got[4][0])
    assert count == n, f"{count} slots are filled, torchvision finds {n}"
    if n == 0: return {"instances": 0, "box": 0.0, "score": 0.0, "mask": 0.0}
    boxes, labels, scores, masks = [t[:n] for t in got[:4]]; used, order = set(), []
    for i in range(n):
        near = [j for j in range(n) if j not in used and abs(float(scores[j] - want[2][i])) < 1e-4 and int(labels[j]) == int(want[1][i])]
        assert near, f"instance {i} (label {int(want[1][i])}, score {float(want[2][i]):.5f}) has no counterpart; slots hold {list(zip(labels.tolist(), scores.tolist()))[:8]}"
        j = min(near, key=lambda j: float((boxes[j] - want[0][i]).abs().max())); used.add(j); order.append(j)
    at = torch.tensor(order)
    return {"instances": n, "box": float((boxes[at] - want[0]).abs().max()), "score": float((scores[at] - want[2]).abs().max()), "mask": float((masks[at] - want[3]).abs().max())}


def say_which_pixels(file):
    """torchvision before 0.15 leaves out how its RoIAlign counts pixels, and opset 16's default is the other way; torchvision's
    multi-scale pooling is never the aligned one."""
    import onnx
    for n in file.graph.node:
        if n.op_type == "RoiAlign" and not any(a.name == "coordinate_transformation_mode" for a in n.attribute):
            n.attribute.append(onnx.helper.make_attribute("coordinate_transformation_mode", "output_half_pixel"))


def export_fixed(model, height, width, path):
    """Writes the ONNX file (opset 16) and returns the module it was traced from, on the CPU. Its shapes are all fixed."""
    import inspect, onnx
    fixed = FixedSlots(model.cpu(), height, width).eval()
    names = ["boxes", "labels", "scores", "masks", "count"]
    words = dict(input_names=["images"], output_names=names, opset_version=16)
    if "dynamo" in inspect.signature(torch.onnx.export).parameters: words["dynamo"] = False
    with torch.no_grad():
        example = torch.rand(1, 3, height, width); shapes = [list(t.shape) for t in fixed(example)]
        torch.onnx.export(fixed, (example,), path, **words)
    file = onnx.load(path)
    for value, shape in zip(file.graph.output, shapes):
        dims = value.type.tensor_type.shape.dim; del dims[:]
        for d in shape: dims.add().dim_value = d
    say_which_pixels(file); onnx.save(file, path)
    return fixed


def check(model, fixed, path, inputs):
    """The worst difference over inputs [1,3,H,W]: the module against torchvision, and the ONNX file against torchvision where
    ONNX Runtime is installed. Raises if instances, labels or numbers differ by more than rounding."""
    try:
        import onnxruntime
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    except ImportError:
        session = None
    worst = {"inputs": len(inputs), "instances": 0, "onnxruntime": session is not None, "box": 0.0, "score": 0.0, "mask": 0.0}
    for x in inputs:
        want = torchvision_on_canvas(model, x); results = []
        with torch.no_grad(): results.append(fixed(x))
        if session: results.append([torch.from_numpy(t) for t in session.run(["boxes", "labels", "scores", "masks", "count"], {"images": x.numpy()})])
        for got in results:
            d = difference(got, want)
            for k in ("box", "score", "mask"): worst[k] = max(worst[k], d[k])
        worst["instances"] += d["instances"]
    assert worst["box"] <= 0.02 and worst["score"] <= 1e-3 and worst["mask"] <= 1e-2, f"{path} differs from torchvision: {worst}"
    return worst


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True); p.add_argument("--state"); p.add_argument("--size", required=True, help="HEIGHTxWIDTH"); p.add_argument("--out", required=True); p.add_argument("--picture", action="append", default=[])
    a = p.parse_args(); height, width = [int(v) for v in a.size.lower().split("x")]
    if ":" in a.model:
        module, name = a.model.split(":"); sys.path.insert(0, os.getcwd()); model = getattr(importlib.import_module(module), name)()
    else:
        import torchvision
        model = getattr(torchvision.models.detection, a.model)(weights=None, weights_backbone=None)
    if a.state: model.load_state_dict(torch.load(a.state, map_location="cpu"))
    fixed = export_fixed(model.eval(), height, width, a.out)
    print(f"{a.out}: {os.path.getsize(a.out)} bytes, {fixed.proposals} proposals, {fixed.slots} slots")
    inputs = [torch.rand(1, 3, height, width)]
    if a.picture:
        import numpy as np
        from PIL import Image
        inputs = [place(torch.from_numpy(np.array(Image.open(f).convert("RGB"))).permute(2, 0, 1)[None].float() / 255, height, width)[0] for f in a.picture]
    print("against torchvision:", json.dumps(check(model, fixed, a.out, inputs)))


if __name__ == "__main__":
    main()
