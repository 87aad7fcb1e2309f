"""Makes desk-detect.onnx out of desk-seg.onnx: the same weights in the form that YOLO detectors are exported in, the mask branch
taken off. No training. python3 derive_detect.py ../../desk-seg.onnx OUT.onnx [--picture PICTURE.png]

`output0` [batch, 4 + classes, 8400] is the first rows of desk-seg's `output0`; `output1` goes, and with it all that only it and
the mask coefficients needed."""
import argparse, os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "common"))
import ast
import onnx

COEFFICIENTS = 32


def prune(graph):
    """Removes what no output needs."""
    needed, nodes = {o.name for o in graph.output}, []
    for node in reversed(graph.node):
        if any(o in needed for o in node.output):
            nodes.append(node); needed.update(i for i in node.input if i)
    nodes.reverse(); keep = [i for i in graph.initializer if i.name in needed]
    del graph.node[:]; graph.node.extend(nodes); del graph.initializer[:]; graph.initializer.extend(keep); del graph.value_info[:]


def detector(source):
    model = onnx.load(source); graph = model.graph
    last = [n for n in graph.node if "output0" in n.output]
    assert len(last) == 1 and last[0].op_type == "Concat" and len(last[0].input) == 4, f"{source}: output0 is not a Concat of centre, size, scores and coefficients; is this the dense desk-seg.onnx?"
    del last[0].input[3]
    shape = graph.output[0].type.tensor_type.shape.dim; rows = shape[1].dim_value - COEFFICIENTS
    assert graph.output[0].name == "output0" and rows > 4, f"{source}: output0 has {shape[1].dim_value} rows"
    shape[1].dim_value = rows; del graph.output[1:]; prune(graph)
    new = {"task": "detect", "head": "Detect", "description": "TrtBindings desk-detect, desk-seg without its mask branch", "docs": "samples/models/desk-detect/README.md"}
    for e in model.metadata_props: e.value = new.get(e.key, e.value)
    names = ast.literal_eval([e.value for e in model.metadata_props if e.key == "names"][0])
    assert rows == 4 + len(names), f"{rows} rows for {len(names)} classes"
    onnx.checker.check_model(model, full_check=True)
    return model


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("source"); p.add_argument("out"); p.add_argument("--picture", help="compare both on this picture by ONNX Runtime")
    a = p.parse_args(); model = detector(a.source); onnx.save(model, a.out)
    print(f"{a.out}: {os.path.getsize(a.out)} bytes, {len(model.graph.node)} nodes, ops {sorted({n.op_type for n in model.graph.node})}")
    if not a.picture: return
    import common
    import numpy as np
    from PIL import Image
    from evaluate import letterbox
    one, two = common.runtime(a.source), common.runtime(a.out)
    if one is None: return
    x = letterbox(np.array(Image.open(a.picture).convert("RGB")))[0][None].numpy(); x = np.concatenate([x, x[:, :, :, ::-1]])
    want, got = one({"images": x})[0], two({"images": x})[0]
    assert got.shape == (2, want.shape[1] - COEFFICIENTS, want.shape[2]), f"output0 is {got.shape}"
    worst = float(np.abs(got - want[:, :got.shape[1]]).max())
    print(f"largest difference to desk-seg's first rows, batch 2: {worst:.2e}")
    assert worst <= 1e-4, "the detector does not give desk-seg's boxes and scores"
    common.write_report(os.path.dirname(os.path.abspath(a.out)), model="desk-detect", files=[{"file": os.path.basename(a.out), "bytes": os.path.getsize(a.out), "opset": model.opset_import[0].version}], difference_to_desk_seg=worst)


if __name__ == "__main__":
    main()
