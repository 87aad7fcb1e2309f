"""Trains one network for boxes, key points and turned rectangles and writes it as three models, desk-detect.onnx, desk-pose.onnx
and desk-obb.onnx, with report.json and pictures to look at: python3 train_tasks.py --pool POOL.npz --out OUT [--seconds 280].

Each model goes to OUT/NAME. The pool is common/render_pool.py's. Measured on samples/models/validation, which no training sees;
its keypoints.json and rectangles.json are make_truth.py's."""
import os, sys, time, traceback
HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("common", "train"): sys.path.insert(0, os.path.join(HERE, "..", "..", folder))
import common
from common import CLASSES, DEVICE, say
import keypoints, measure, views
import numpy as np
import torch
from evaluate import letterbox
from tasks_loss import loss as loss_of
from tasks_net import POINTS, SIZE, Detect, Obb, Pose, Tasks, fused

POSE = [c for c in sorted(keypoints.NAMES)]         # their places among CLASSES
ANCHORS = sum((SIZE // s) ** 2 for s in (8, 16, 32))


def train(net, mean, a):
    pool = common.load_pool(a.pool, ("rgb", "ids", "labels", "points"))
    opt = common.optimizer([(net, 2.5e-3)]); rates = common.Rates(opt, a.seconds, 300)
    n = 2 if DEVICE == "cpu" else 8 if a.quick else 96
    pose_class = torch.tensor([c in POSE for c in range(len(CLASSES))], device=DEVICE); total = torch.zeros(5, device=DEVICE); net.train()
    while rates.done < 1:
        rates.advance()
        x, truth = views.batch(pool, n, SIZE, rates.done > 0.85)
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            out = net.raw(x.contiguous(memory_format=torch.channels_last))
        loss, parts = loss_of(net, out, truth, pose_class)
        opt.zero_grad(set_to_none=True); loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0); opt.step(); mean.update(net, rates.step)
        total += parts
        every = 5 if a.quick else 250
        if rates.step % every == 0:
            say(f"step {rates.step} done {rates.done:.2f} " + ", ".join(f"{k} {v:.3f}" for k, v in zip(("class", "box", "rectangle", "points", "seen"), (total / every).tolist())))
            assert torch.isfinite(total).all(), "the loss is no longer a number"
            total.zero_()
    say(f"{rates.step} steps of {n}")
    return rates.step


def metadata(task, head, names):
    return {"description": f"TrtBindings desk-{task}, a small network trained on rendered still lifes", "date": "2026-11-21T00:00:00", "docs": f"samples/models/desk-{task}/README.md", "stride": 32,
            "task": task, "batch": 1, "imgsz": [SIZE, SIZE], "names": dict(enumerate(names)), "channels": 3, "end2end": False, "head": head,
            "args": {"batch": 1, "half": False, "dynamic": True, "simplify": False, "opset": 17, "nms": False}}


def compare(path, net, inputs, task):
    """The largest difference between ONNX Runtime and PyTorch relative to 1 + |value|, or None. A square's angle is free, so the
    angle counts as its doubled direction, as long as the rectangle is longer than wide."""
    run = common.runtime(path)
    if run is None: return None
    def steady(out):
        if task != "obb": return out
        longer, twice = out[:, 2:3] - out[:, 3:4], 2 * out[:, -1:]
        return np.concatenate([out[:, :-1], longer * np.cos(twice), longer * np.sin(twice)], 1)
    worst = 0.0
    for x in inputs:
        with torch.no_grad(): want = net(x).numpy()
        got = run({"images": x.numpy()})[0]
        assert got.shape == want.shape, f"{path}: {got.shape} in ONNX Runtime, {want.shape} in PyTorch"
        got, want = steady(got.astype(np.float64)), steady(want.astype(np.float64)); worst = max(worst, float((np.abs(got - want) / (1 + np.abs(want))).max()))
    say(f"{os.path.basename(path)}: ONNX Runtime against PyTorch, batch 1 and {len(inputs[-1])}: largest relative difference {worst:.2e}")
    return worst


def write(form, task, head, names, rows, a, steps, least, **more):
    """Measures and exports one form; returns what is wrong with it, or None."""
    name = f"desk-{task}"; folder = os.path.join(a.out, name); os.makedirs(folder, exist_ok=True)
    form = form.to(DEVICE).eval()
    def run(x):
        with torch.no_grad(): return form(x.to(DEVICE)).float().cpu().numpy()
    best = fused(form); path = os.path.join(folder, name + ".onnx")
    with torch.no_grad(): got = best(torch.rand(2, 3, SIZE, SIZE))
    assert tuple(got.shape) == (2, rows, ANCHORS), f"{name} gives {tuple(got.shape)}, not {(2, rows, ANCHORS)}"
    common.export(best, (torch.zeros(2, 3, SIZE, SIZE),), path, ["images"], ["output0"], {k: {0: "batch"} for k in ("images", "output0")})
    file = common.finish(path, {"images": ["batch", 3, SIZE, SIZE], "output0": ["batch", rows, ANCHORS]}, {**metadata(task, head, names), **more})
    common.write_report(folder, model=name, parameters=common.parameters(best), files=[file], steps=steps, seconds=a.seconds)
    began = time.time(); (each, ap), (_, ap75) = measure.measure(run, SIZE, task, most=3 if a.quick else None)
    say(f"{name}: measured in {time.time() - began:.0f} s: held-out AP50 {ap:.4f}, AP75 {ap75:.4f}, " + ", ".join(f"{k} {v[1]:.4f} of {v[0]}" for k, v in each.items()))
    common.write_report(folder, pictures=48, ap50=ap, classes=each, ap75=ap75)
    measure.overlays(run, SIZE, task, os.path.join(folder, "look"), 12 if a.quick else 3)
    measure.references(lambda x: best(x).detach().numpy(), SIZE, task, os.path.join(folder, "reference.json"))
    pictures = [letterbox(p, SIZE)[0][None] for _, p, _ in common.validation()[:3]]
    difference = compare(path, best, pictures + [torch.cat(pictures)], task)
    common.write_report(folder, onnxruntime_difference=difference)
    # the direction of a rectangle that is nearly square hangs on the last bits of its sides
    assert difference is None or difference <= (5e-2 if task == "obb" else 1e-3), f"ONNX Runtime differs from PyTorch by {difference:.3g} relative to 1 + |value|"
    return None if a.quick or ap >= least else f"{name}: AP50 {ap:.4f} is under {least}"


def main():
    a = common.command_line(__doc__, 280)
    torch.backends.cudnn.benchmark = DEVICE == "cuda"       # one size for all steps
    net = Tasks(len(CLASSES)).to(DEVICE).to(memory_format=torch.channels_last)
    if a.start: net.load_state_dict(torch.load(a.start, map_location=DEVICE))
    mean = common.Mean(net); say(f"{common.parameters(net)} parameters"); steps = None
    if a.weights: mean.net.load_state_dict(torch.load(a.weights, map_location=DEVICE))
    else:
        steps = train(net, mean, a); torch.save(mean.net.state_dict(), os.path.join(a.out, "desk-tasks.pt"))
    best, faults = mean.net.eval(), []
    names = [keypoints.NAMES[c][1] for c in POSE]
    for task, make, head, classes, rows, least, more in (
            ("detect", lambda: Detect(best), "Detect", CLASSES, 4 + len(CLASSES), 0.85, {}),
            ("pose", lambda: Pose(best, POSE), "Pose", keypoints.CLASSES, 4 + len(POSE) + 3 * POINTS, 0.80, {"kpt_shape": [POINTS, 3], "kpt_names": dict(enumerate(names))}),
            ("obb", lambda: Obb(best), "OBB", CLASSES, 4 + len(CLASSES) + 1, 0.80, {})):
        try:
            faults.append(write(make(), task, head, classes, rows, a, steps, least, **more))
        except Exception as e:      # the other two are still worth having
            traceback.print_exc(); faults.append(f"desk-{task}: {e}")
    faults = [f for f in faults if f]
    if faults: sys.exit("; ".join(faults))


if __name__ == "__main__":
    main()
