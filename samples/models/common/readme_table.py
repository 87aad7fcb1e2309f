"""Puts the figures of report.json into a model's README.md, between its two marks: python3 readme_table.py report.json README.md.

Everything in the tables comes from the run; the text around them is written by hand."""
import json, sys

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def number(v):
    if v is None: return "not measured"
    if v == 0: return "0"
    if isinstance(v, float): return f"{v:.4f}" if 0.001 <= abs(v) < 1000 else f"{v:.1e}"
    return f"{v:,}" if isinstance(v, int) else str(v)


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)] + ["| " + " | ".join(number(v) for v in r) + " |" for r in rows] + [""]


def lines(r):
    out = [f"{r['parameters']:,} parameters." if "parameters" in r else "", ""]
    out += table(["file", "bytes", "opset", "nodes"], [[f"`{f['file']}`", f["bytes"], f.get("opset"), f.get("nodes", "")] for f in r["files"]])
    if "accuracy" in r:
        out += table(["held-out digits", "accuracy", "wrong"], [[r["held_out"], r["accuracy"], len(r["wrong"])]])
        if r["wrong"]: out += ["Wrong: " + ", ".join(f"{w['is']} taken for {w['taken_for']}" for w in r["wrong"][:30]) + ".", ""]
    if "iou" in r:
        out += table(["class", "IoU"], [[k, v] for k, v in r["iou"].items()] + [["**mean**", r["miou"]], ["pixels right", r["pixel_accuracy"]]])
        out += table(["input size against the picture's", "mIoU"], [[k, v] for k, v in r["miou_at_other_input_sizes"].items()])
    if "ap50" in r:
        out += table(["held-out class", "objects", "AP50"], [[k] + v for k, v in r["classes"].items()] + [["**mean**", "", r["ap50"]]])
        out += [f"AP75: {number(r['ap75'])}.", ""]
    if "top1" in r:
        out += table(["held-out class", "objects", "right"], [[k] + v for k, v in r["classes"].items()] + [["**all**", r["held_out_objects"], r["top1"]]])
    if r["model"] == "faces-scrfd":
        f = r["figures"]
        out += table(["held-out pictures", "faces", "recall at 1 false find a picture", "recall at score 0.5", "false finds at score 0.5", "key point error / face size"],
                     [[r["pictures"], f["faces"], f["recall_at_1_false_a_picture"], f["recall_at_score_0.5"], f["false_finds_at_score_0.5"], f["point_error"]]])
        if r.get("astronaut") is not None: out += [f"On scikit-image's photograph of an astronaut, a real face that no training showed: {len(r['astronaut'])} finds over 0.3" + (", scores " + ", ".join(f"{v[0]:.2f}" for v in r["astronaut"]) if r["astronaut"] else "") + ".", ""]
    if r["model"] == "desk-maskrcnn":
        out += table(["form", "box AP50", "mask AP50"], [[k, v["box_ap50"], v["mask_ap50"]] for k, v in r["figures"].items()])
        best = r["figures"].get("480x640") or next(iter(r["figures"].values()))
        out += table(["class (480x640)", "objects", "box AP50", "mask AP50"], [[k] + v for k, v in best["classes"].items()])
        out += table(["against torchvision", "instances compared", "boxes, px", "scores", "masks"], [[k, v["instances"], v["box"], v["score"], v["mask"]] for k, v in r["checks"].items() if v])
    if "onnxruntime_difference" in r: out += [f"Largest difference between ONNX Runtime and PyTorch: {number(r['onnxruntime_difference'])}.", ""]
    if r.get("steps"): out += [f"Trained {r['steps']:,} steps in {r['seconds']:.0f} seconds.", ""]
    return "\n".join(out).strip()


def main():
    if len(sys.argv) != 3: sys.exit(__doc__)
    report, text = json.load(open(sys.argv[1])), open(sys.argv[2]).read()
    assert text.count(BEGIN) == 1 and text.count(END) == 1, f"{sys.argv[2]} lacks the marks {BEGIN} and {END}"
    before, rest = text.split(BEGIN); after = rest.split(END)[1]
    open(sys.argv[2], "w").write(before + BEGIN + "\n" + lines(report) + "\n" + END + after)
    print(f"{sys.argv[2]}: figures of {report['model']} written")


if __name__ == "__main__":
    main()
