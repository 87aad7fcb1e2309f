"""What the training scripts of all sample models share: command line, time budget, the pool of rendered scenes and random
views of it, the trained backbone of desk-seg, ONNX export with metadata, and the comparison with ONNX Runtime.

Everything runs on the GPU where there is one; on the CPU the same code runs slowly, for a look."""
import argparse, copy, json, math, os, sys, time
HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(MODELS, "train"))
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
CLASSES = ["mug", "bottle", "apple", "banana", "die", "coin"]
SLOTS = 14                                      # the most objects of a rendered scene
VALIDATION = os.path.join(MODELS, "validation")


def say(*words):
    print(f"[{time.strftime('%H:%M:%S')}]", *words, flush=True)


def command_line(description, seconds, needs_pool=True):
    """--out, --seconds, --quick and, where the task draws on rendered scenes, --pool. Also fixes the random seeds."""
    p = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True, help="folder for the model, its held-out data and report.json")
    p.add_argument("--seconds", type=float, default=seconds, help="training time; data and export come on top")
    p.add_argument("--quick", action="store_true", help="every stage with a few steps, to see that all of it runs")
    p.add_argument("--weights", help="take these trained weights and only measure and export")
    p.add_argument("--start", help="weights to go on training from")
    p.add_argument("--seed", type=int, default=1)
    if needs_pool:
        p.add_argument("--pool", required=True, help="the .npz that common/render_pool.py wrote")
    a = p.parse_args()
    if a.quick:
        a.seconds = min(a.seconds, 6)
    os.makedirs(a.out, exist_ok=True)
    torch.manual_seed(a.seed); np.random.seed(a.seed)
    torch.backends.cudnn.benchmark = False      # sizes change from step to step
    torch.set_float32_matmul_precision("high")
    say(f"{os.path.basename(sys.argv[0])}: torch {torch.__version__}, {torch.cuda.get_device_name() if DEVICE == 'cuda' else 'CPU'}, {a.seconds:.0f} s" + (", quick" if a.quick else ""))
    return a


def uniform(n, low, high, device=None):
    return torch.rand(n, device=device or DEVICE) * (high - low) + low


class Rates:
    """Warm-up, then a cosine down to a hundredth, over a span of time instead of a number of steps."""
    def __init__(self, optimizer, seconds, warm=150):
        self.optimizer, self.seconds, self.warm, self.start, self.step = optimizer, seconds, warm, time.time(), 0
        self.first = [g["lr"] for g in optimizer.param_groups]

    @property
    def done(self):
        return (time.time() - self.start) / self.seconds

    def advance(self):
        self.step += 1
        k = min(1, self.step / self.warm) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, self.done))))
        for g, rate in zip(self.optimizer.param_groups, self.first):
            g["lr"] = rate * k


class Mean:
    """The running mean of the weights, which is what is exported."""
    def __init__(self, net):
        self.net = copy.deepcopy(net).eval()

    @torch.no_grad()
    def update(self, net, step):
        k = min(0.998, (step + 1) / (step + 20))
        mine, theirs = list(self.net.parameters()), [p.detach() for p in net.parameters()]
        if hasattr(torch, "_foreach_lerp_") and hasattr(torch, "_foreach_copy_"):       # two calls instead of some hundreds
            torch._foreach_lerp_(mine, theirs, 1 - k); kept = list(self.net.buffers())
            if kept: torch._foreach_copy_(kept, list(net.buffers()))        # a network with its norms folded in has none
            return
        for m, p in zip(mine, theirs):
            m.lerp_(p, 1 - k)
        for m, b in zip(self.net.buffers(), net.buffers()):
            m.copy_(b)


def parameters(net):
    return sum(p.numel() for p in net.parameters())


def optimizer(groups, decay=0.03):
    """AdamW over [(module or parameter list, rate)], biases and norms without decay."""
    out = []
    for part, rate in groups:
        all_ = [p for p in (part.parameters() if isinstance(part, nn.Module) else part) if p.requires_grad]
        out += [{"params": [p for p in all_ if p.ndim > 1], "lr": rate, "weight_decay": decay}, {"params": [p for p in all_ if p.ndim <= 1], "lr": rate, "weight_decay": 0.0}]
    return torch.optim.AdamW([g for g in out if g["params"]])


# ---- rendered scenes

def load_pool(path, what=("rgb", "ids", "labels")):
    """The arrays of render_pool.py on the device."""
    with np.load(path) as z:
        missing = [k for k in what if k not in z]
        assert not missing, f"{path} has no {missing}: write it again with common/render_pool.py"
        got = [torch.from_numpy(z[k]).to(DEVICE) for k in what]
    say(f"pool {path}: " + ", ".join(f"{k} {tuple(t.shape)}" for k, t in zip(what, got)))
    return got


def colours(x):
    """Random exposure, tint, contrast, saturation; x [n,3,h,w] in 0..1."""
    n = len(x); each = lambda a, b: uniform(n, a, b, x.device)[:, None, None, None]
    x = x.clamp(1e-4, 1) ** torch.exp(each(-0.35, 0.35)) * each(0.65, 1.4) * (1 + 0.08 * torch.randn(n, 3, 1, 1, device=x.device))
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * torch.where(each(0, 1) < 0.05, torch.zeros_like(each(0, 1)), each(0.4, 1.4))
    return ((x - 0.5) * each(0.7, 1.25) + 0.5).clamp(0, 1)


def view(pool, n, size, zoom=(0.75, 1.6), turns=0.06):
    """n random views of size (height, width) of the pool's scenes: (pictures in 0..1, instance maps, labels, inside).
    At zoom 1 the whole scene fits; what lies outside it is one grey, `inside` is False there and the instance 0."""
    rgb, ids, labels = pool
    device = rgb.device
    at = torch.randint(len(rgb), (n,), device=device)
    x, m, labels = rgb[at].permute(0, 3, 1, 2).float() / 255, ids[at][:, None].float(), labels[at].long()
    (h, w), (oh, ow) = m.shape[2:], size
    gain = min(oh / h, ow / w) * torch.exp(uniform(n, math.log(zoom[0]), math.log(zoom[1]), device))
    turn = torch.where(torch.rand(n, device=device) < 0.12, uniform(n, -0.6, 0.6, device), torch.randn(n, device=device) * turns)
    flip = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    c, s = torch.cos(turn) / gain, torch.sin(turn) / gain
    room_x, room_y = (ow / gain / w - 1).abs() * 0.8 + 0.05, (oh / gain / h - 1).abs() * 0.8 + 0.05
    theta = torch.stack([torch.stack([c * flip * ow / w, -s * oh / w, uniform(n, -1, 1, device) * room_x], 1),
                         torch.stack([s * flip * ow / h, c * oh / h, uniform(n, -1, 1, device) * room_y], 1)], 1)
    grid = F.affine_grid(theta, (n, 3, oh, ow), align_corners=False)
    soft = torch.rand(1).item()
    if soft < 0.35:         # as if the picture had come smaller; also takes off the renderer's grain
        x = F.interpolate(x, scale_factor=float(np.random.choice([0.5, 0.6, 0.75])), mode="bilinear", antialias=True, align_corners=False)
    elif soft < 0.55:
        x = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = colours(x)
    fill = uniform(n, 0, 1, device)[:, None, None, None] * (torch.rand(n, 1, 1, 1, device=device) < 0.5)
    x = F.grid_sample(x - fill, grid, mode="bilinear", padding_mode="zeros", align_corners=False) + fill
    m = F.grid_sample(m, grid, mode="nearest", padding_mode="zeros", align_corners=False)[:, 0].round().long()
    inside = (grid.abs() <= 1).all(-1)
    noise = torch.randn_like(x) * (torch.rand(n, 1, 1, 1, device=device) ** 2 * 0.05)
    x = torch.where(inside[:, None], (x + noise).clamp(0, 1), x.clamp(0, 1))
    return (x * 255).round() / 255, m, labels, inside


def validation():
    """[(name, picture [h,w,3] uint8, objects)] of samples/models/validation, which no script trains on."""
    from PIL import Image
    truth = json.load(open(os.path.join(VALIDATION, "annotations.json")))
    assert truth["classes"] == CLASSES, f"annotations.json names {truth['classes']}, the scripts {CLASSES}"
    return [(e["file"], np.array(Image.open(os.path.join(VALIDATION, e["file"])).convert("RGB")), e["objects"]) for e in truth["images"]]


def to_input(picture):
    """[1,3,h,w] in 0..1 on the device."""
    return torch.from_numpy(np.ascontiguousarray(picture)).to(DEVICE).permute(2, 0, 1)[None].float() / 255


# ---- the backbone of desk-seg

class DeskBackbone(nn.Module):
    """Backbone and top-down neck of desk-seg with its trained weights, norms already folded in. Inputs RGB in 0..1 of any
    size; returns features at strides 4 (32 channels), 8 (64, after the neck), 16 (96, after the neck) and 32 (112)."""
    def __init__(self, trained=True):
        super().__init__()
        from network import Conv, Segmenter
        net = Segmenter(len(CLASSES))
        for m in net.modules():
            if isinstance(m, Conv): m.fuse()
        self.s4, self.s8, self.s16, self.s32, self.up16, self.up8 = net.s4, net.s8, net.s16, net.s32, net.up16, net.up8
        if trained:
            import onnx
            from onnx import numpy_helper
            path = os.path.join(MODELS, "desk-seg.onnx")
            saved = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(path).graph.initializer}
            mine = self.state_dict(); lost = [k for k in mine if k not in saved or saved[k].shape != mine[k].shape]
            assert not lost, f"{path} lacks {lost[:5]}: was it exported by train/export.py?"
            self.load_state_dict({k: saved[k] for k in mine})

    def forward(self, x):
        a = self.s4(x); b = self.s8(a); c = self.s16(b); d = self.s32(c)
        up = lambda t, like: F.interpolate(t, size=like.shape[2:], mode="nearest")
        n16 = self.up16(torch.cat([up(d, c), c], 1))
        return a, self.up8(torch.cat([up(n16, b), b], 1)), n16, d


# ---- export

def export(net, example, path, inputs, outputs, dynamic=None, opset=17):
    """torch.onnx.export by tracing, with the arguments that differ between PyTorch versions."""
    import inspect
    words = dict(input_names=inputs, output_names=outputs, opset_version=opset, dynamic_axes=dynamic or {})
    if "dynamo" in inspect.signature(torch.onnx.export).parameters: words["dynamo"] = False
    with torch.no_grad():
        torch.onnx.export(net, example, path, **words)


def finish(path, shapes, metadata):
    """Cleans the file, writes the shapes {name: [int or name]} and the metadata, and has onnx check it."""
    import onnx
    model = onnx.load(path); del model.graph.value_info[:]; model.producer_name, model.doc_string = "TrtBindings", ""
    def clean(graph):
        for n in graph.node:
            n.doc_string = ""
            if hasattr(n, "metadata_props"): del n.metadata_props[:]
            for a in n.attribute:
                if a.type == onnx.AttributeProto.GRAPH: clean(a.g)
    clean(model.graph)
    for value in list(model.graph.input) + list(model.graph.output):
        assert value.name in shapes, f"{path} has a tensor {value.name} that the script did not expect; expected {list(shapes)}"
        dims = value.type.tensor_type.shape.dim; del dims[:]
        for d in shapes[value.name]:
            x = dims.add()
            if isinstance(d, str): x.dim_param = d
            else: x.dim_value = d
    del model.metadata_props[:]
    for k, v in {"author": "TrtBindings", "version": "1.0.0", "license": "MIT", **metadata}.items():
        e = model.metadata_props.add(); e.key, e.value = k, str(v)
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as e:
        onnx.save(model, path)
        raise AssertionError(f"onnx refuses {path} (kept for a look): {e}") from e
    onnx.save(model, path)
    leaks = [w for w in (b"site-packages", b"dist-packages", b"/tmp/", b"Traceback") if w in open(path, "rb").read()]
    assert not leaks, f"{path} holds paths of this machine: {leaks}"
    ops = sorted({n.op_type for n in model.graph.node})
    say(f"{os.path.basename(path)}: {os.path.getsize(path)} bytes, opset {[o.version for o in model.opset_import]}, {len(model.graph.node)} nodes, ops {ops}")
    return {"file": os.path.basename(path), "bytes": os.path.getsize(path), "opset": model.opset_import[0].version, "nodes": len(model.graph.node), "ops": ops}


def runtime(path):
    """A function from {name: float array} to the list of outputs by ONNX Runtime on the CPU, or None where it is not installed."""
    try:
        import onnxruntime
    except ImportError:
        say("onnxruntime is not installed: the exported file is not compared with PyTorch here")
        return None
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return lambda feeds: session.run(None, feeds)


def compare(path, net, feeds_list, tolerance, absolute=True):
    """Largest difference of every output between ONNX Runtime and net on the CPU, over several inputs; raises past tolerance."""
    run, worst = runtime(path), 0.0
    if run is None: return None
    import onnx
    names = [i.name for i in onnx.load(path).graph.input]
    for x in feeds_list:
        with torch.no_grad():
            want = net(x)
        want = [t.numpy() for t in (want if isinstance(want, (list, tuple)) else [want])]
        got = run({names[0]: x.numpy()})
        for i, (g, w) in enumerate(zip(got, want)):
            assert g.shape == w.shape, f"{path}, input {tuple(x.shape)}: output {i} is {g.shape} in ONNX Runtime and {w.shape} in PyTorch"
            d = np.abs(g.astype(np.float64) - w)
            if not absolute: d = d / (1 + np.abs(w))
            worst = max(worst, float(d.max()) if d.size else 0.0)
    say(f"{os.path.basename(path)}: ONNX Runtime against PyTorch on {[tuple(x.shape) for x in feeds_list]}: largest difference {worst:.2e}")
    assert worst <= tolerance, f"{path}: ONNX Runtime differs from PyTorch by {worst:.3g}, allowed {tolerance}"
    return worst


def write_report(folder, **values):
    """Adds values to report.json, which common/readme_table.py turns into the README's figures."""
    path = os.path.join(folder, "report.json")
    old = json.load(open(path)) if os.path.exists(path) else {}
    old.update(values)
    json.dump(old, open(path, "w"), indent=1)
    return old
