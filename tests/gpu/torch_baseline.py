#!/usr/bin/env python3
"""The work before and after YOLO-seg in PyTorch on the GPU, timed: what the GPU pipeline is compared with.

    torch_baseline.py FOLDER

FOLDER holds frames.bin (uint8 [n, height, width, 3]), head.bin (float32 [n, 4 + classes + 32, places]), protos.bin (float32
[n, 32, h, w]) and shapes.json; times.json is written into it. Before: pictures from pinned memory, letterboxed by interpolate.
After: threshold, torchvision's nms per class, masks from prototypes as the reference implementation assembles them, boxes and
masks copied to the host. Exit code 3: PyTorch, torchvision or a GPU is missing.
"""
import json
import statistics
import sys
import time
from pathlib import Path

try:
    import torch
    import torch.nn.functional as F
    import torchvision
except ImportError as error:
    print(f"PyTorch is not here: {error}")
    sys.exit(3)

CONFIDENCE, IOU, MOST, MOST_BOXES = 0.25, 0.7, 300, 30000
WARM_UPS, CALLS = 10, 60


def read(folder, name, shape, dtype):
    data = bytearray((folder / f"{name}.bin").read_bytes())
    return torch.frombuffer(data, dtype=dtype).reshape(shape)


def before(frames, size, gain, pad):
    """Letterboxes a batch of uint8 pictures in pinned memory into a float32 input on the GPU."""
    height, width = frames.shape[1:3]
    x = frames.cuda(non_blocking=True).permute(0, 3, 1, 2).float()
    scaled = (round(height * gain), round(width * gain))
    if scaled != (height, width):
        x = F.interpolate(x, size=scaled, mode="bilinear", align_corners=False)
    left, top = pad
    x = F.pad(x, (left, size[1] - scaled[1] - left, top, size[0] - scaled[0] - top), value=114.0)
    return x / 255.0


def suppress(head, classes):
    """The reference implementation's non_max_suppression: one tensor [finds, 6 + 32] a picture."""
    found = []
    candidates = head[:, 4:4 + classes].amax(1) > CONFIDENCE
    head = head.transpose(-1, -2)
    for i, x in enumerate(head):
        x = x[candidates[i]]
        box, scores, mask = x.split((4, classes, x.shape[1] - 4 - classes), 1)
        centre, half = box[:, :2], box[:, 2:] / 2
        box = torch.cat((centre - half, centre + half), 1)
        score, label = scores.max(1, keepdim=True)
        x = torch.cat((box, score, label.float(), mask), 1)[score.view(-1) > CONFIDENCE]
        if x.shape[0] > MOST_BOXES:
            x = x[x[:, 4].argsort(descending=True)[:MOST_BOXES]]
        kept = torchvision.ops.nms(x[:, :4] + x[:, 5:6] * 7680, x[:, 4], IOU)[:MOST]
        found.append(x[kept])
    return found


def crop(masks, boxes):
    height, width = masks.shape[1:]
    x1, y1, x2, y2 = torch.chunk(boxes[:, :, None], 4, 1)
    columns = torch.arange(width, device=masks.device, dtype=x1.dtype)[None, None, :]
    rows = torch.arange(height, device=masks.device, dtype=x1.dtype)[None, :, None]
    return masks * ((columns >= x1) * (columns < x2) * (rows >= y1) * (rows < y2))


def to_picture(boxes, gain, pad, size):
    boxes = boxes.clone()
    boxes[:, [0, 2]] -= pad[0]
    boxes[:, [1, 3]] -= pad[1]
    boxes /= gain
    boxes[:, [0, 2]] = boxes[:, [0, 2]].clamp(0, size[1])
    boxes[:, [1, 3]] = boxes[:, [1, 3]].clamp(0, size[0])
    return boxes


def after(head, protos, classes, size, picture, gain, pad, native):
    """Results of a batch on the host: rows of box, score and class, and masks as bytes."""
    results = []
    for i, found in enumerate(suppress(head, classes)):
        count, height, width = protos[i].shape
        masks = (found[:, 6:] @ protos[i].reshape(count, -1)).view(-1, height, width)
        boxes = to_picture(found[:, :4], gain, pad, picture)
        if len(found) and native:
            ratio = min(height / size[0], width / size[1])
            top, left = round(pad[1] * ratio), round(pad[0] * ratio)
            inner = masks[None, :, top:height - top, left:width - left]
            masks = crop(F.interpolate(inner, picture, mode="bilinear", align_corners=False)[0], boxes)
        elif len(found):
            ratios = torch.tensor([width / size[1], height / size[0]] * 2, device=masks.device)
            masks = crop(masks, found[:, :4] * ratios)
            masks = F.interpolate(masks[None], size, mode="bilinear", align_corners=False)[0]
        rows = torch.cat((boxes, found[:, 4:6]), 1)
        results.append((rows.cpu(), masks.gt(0).byte().cpu()))
    return results


def median(call):
    for _ in range(WARM_UPS):
        call()
    times = []
    for _ in range(CALLS):
        torch.cuda.synchronize()
        start = time.perf_counter()
        call()
        torch.cuda.synchronize()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


@torch.inference_mode()
def main(folder):
    if not torch.cuda.is_available():
        print("PyTorch sees no GPU.")
        return 3
    shapes = json.loads((folder / "shapes.json").read_text())
    frames = read(folder, "frames", shapes["frames"], torch.uint8).pin_memory()
    head = read(folder, "head", shapes["head"], torch.float32).cuda()
    protos = read(folder, "protos", shapes["protos"], torch.float32).cuda()
    classes = head.shape[1] - 4 - protos.shape[1]
    size, picture = tuple(shapes["input"][2:]), tuple(shapes["frames"][1:3])
    gain = min(size[0] / picture[0], size[1] / picture[1])
    pad = ((size[1] - round(picture[1] * gain)) // 2, (size[0] - round(picture[0] * gain)) // 2)
    found = after(head, protos, classes, size, picture, gain, pad, native=True)
    times = {
        "Before": median(lambda: before(frames, size, gain, pad)),
        "After": median(lambda: after(head, protos, classes, size, picture, gain, pad, native=True)),
        "AfterInModelSpace": median(lambda: after(head, protos, classes, size, picture, gain, pad, native=False)),
        "Finds": sum(len(rows) for rows, _ in found),
        "Version": f"PyTorch {torch.__version__}",
    }
    (folder / "times.json").write_text(json.dumps(times))
    print(json.dumps(times))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
