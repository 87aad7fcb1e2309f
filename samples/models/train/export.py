"""Writes OUT.onnx, dense or with --end-to-end in that form, from trained weights: python3 export.py model.pt OUT.onnx --picture PICTURE.png.

The metadata is what other exporters of this contract write. The result is checked by onnx and against PyTorch."""
import argparse
import numpy as np
import onnx, onnxruntime
import torch
import scenes
from network import Conv, EndToEnd, Segmenter


def describe(model, end_to_end):
    names = {i: n for i, n in enumerate(scenes.CLASSES)}
    words = {"description": "TrtBindings desk-seg, a small instance segmenter trained on rendered still lifes", "author": "TrtBindings", "date": "2026-11-21T00:00:00", "version": "1.0.0",
             "license": "MIT", "docs": "samples/models/README.md", "stride": 32, "task": "segment", "batch": 1, "imgsz": [640, 640], "names": names, "channels": 3,
             "end2end": end_to_end, "head": "Segment", "args": {"batch": 1, "half": False, "dynamic": True, "simplify": False, "opset": 17, "nms": False}}
    for k, v in words.items():
        e = model.metadata_props.add(); e.key, e.value = k, str(v)
    shapes = {"output0": ["batch", 300, 38] if end_to_end else ["batch", 4 + len(names) + 32, 8400], "output1": ["batch", 32, 160, 160], "images": ["batch", 3, 640, 640]}
    for value in list(model.graph.input) + list(model.graph.output):
        dims = value.type.tensor_type.shape.dim; del dims[:]
        for d in shapes[value.name]:
            x = dims.add()
            if isinstance(d, str): x.dim_param = d
            else: x.dim_value = d


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("weights"); p.add_argument("out"); p.add_argument("--end-to-end", action="store_true"); p.add_argument("--picture", required=True, help="a picture to compare ONNX Runtime and PyTorch on")
    a = p.parse_args()
    net = Segmenter(len(scenes.CLASSES)); net.load_state_dict(torch.load(a.weights, map_location="cpu")); net.eval()
    for m in net.modules():
        if isinstance(m, Conv): m.fuse()
    form = EndToEnd(net).eval() if a.end_to_end else net
    with torch.no_grad():
        torch.onnx.export(form, (torch.zeros(2, 3, 640, 640),), a.out, input_names=["images"], output_names=["output0", "output1"], opset_version=17, dynamo=False,
                          dynamic_axes={n: {0: "batch"} for n in ("images", "output0", "output1")})
    model = onnx.load(a.out); del model.graph.value_info[:]; model.producer_name, model.doc_string = "TrtBindings", ""
    for n in model.graph.node: n.doc_string = ""
    describe(model, a.end_to_end); onnx.checker.check_model(model, full_check=True); onnx.save(model, a.out)
    session = onnxruntime.InferenceSession(a.out, providers=["CPUExecutionProvider"])
    from evaluate import letterbox
    from PIL import Image
    picture = letterbox(np.asarray(Image.open(a.picture).convert("RGB")))[0]
    for batch in (1, 4):        # the picture, its mirror image and so on
        x = torch.stack([picture, picture.flip(2), picture * 0.7, picture.flip(1)][:batch])
        got = session.run(["output0", "output1"], {"images": x.numpy()})
        with torch.no_grad(): want = [t.numpy() for t in form(x)]
        rows = want[0][..., 4] > 0.01 if a.end_to_end else np.ones(want[0].shape[:2], bool)     # order among near-zero scores is open
        d, w = np.abs(got[0] - want[0])[rows], np.abs(want[0])[rows]
        print(f"batch {batch}: {[g.shape for g in got]} largest difference {d.max():.2e} ({(d / (1 + w)).max():.2e} relative), prototypes {np.abs(got[1] - want[1]).max():.2e}, rows compared {int(rows.sum())}")
        if a.end_to_end: print([(scenes.CLASSES[int(q[5])], round(float(q[4]), 3)) for q in got[0][0] if q[4] > 0.25])
    import os; print(f"{os.path.getsize(a.out)} bytes, opset {[o.version for o in model.opset_import]}, ops {sorted({n.op_type for n in model.graph.node})}")


if __name__ == "__main__":
    main()
