"""Writes keypoints.json and rectangles.json beside the validation pictures' annotations.json: python3 make_truth.py.

No picture is rendered again. The rectangles are the smallest ones round the visible pixels that annotations.json holds. For the
key points the scenes are made again from their seeds, their instance maps traced on the processor and compared with the
annotated pixels: a scene whose objects do not agree is refused, so the points belong to the pictures. Needs g++."""
import argparse, json, os, sys
HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("common", "train"): sys.path.insert(0, os.path.join(HERE, "..", "..", folder))
import keypoints
import numpy as np
import rectangles, scenes
from evaluate import from_rle
from make_validation import SIZES, Renderer, clean

FOLDER = os.path.join(HERE, "..", "..", "validation")


def same(entry, scene, ids, least=0.9):
    """Whether every annotated object is where the scene has it."""
    h, w = ids.shape
    if (entry["width"], entry["height"]) != (w, h): return False
    mine = [i for i in range(int(scene["count"])) if scene["obj"][i]["label"] >= 0 and (ids == i + 1).any()]
    if len(mine) != len(entry["objects"]): return False
    for i, o in zip(mine, entry["objects"]):
        a, b = ids == i + 1, from_rle(o["rle"], h, w)
        if int(scene["obj"][i]["label"]) != o["class"] or (a & b).sum() < least * (a | b).sum(): return False
    return True


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--first", type=int, default=500000); p.add_argument("--seeds", type=int, default=400, help="how many seeds to try")
    a = p.parse_args(); truth = json.load(open(os.path.join(FOLDER, "annotations.json")))
    nothing = np.zeros((1, 512, 512, 3), np.uint8), np.zeros((24, 64, 64, 3), np.uint8)      # shapes need no textures
    render, seed, poses, boxes = Renderer(*nothing, gpu=False), a.first, [], []
    for entry in truth["images"]:
        w, h = entry["width"], entry["height"]
        while True:
            if seed >= a.first + a.seeds: sys.exit(f"{entry['file']}: no seed under {seed} gives its objects")
            scene, ids = clean(render, scenes.random_scene(seed, held=True), w, h); seed += 1
            if scene is not None and same(entry, scene, ids): break
        print(entry["file"], "is seed", seed - 1, flush=True)
        points = keypoints.of_scene(scene, ids, int(scene["count"])); at = [i for i in range(int(scene["count"])) if scene["obj"][i]["label"] >= 0 and (ids == i + 1).any()]
        objects = [{"class": keypoints.NAMES[o["class"]][0], "box": o["box"], "area": int(from_rle(o["rle"], h, w).sum()), "points": np.round(points[i], 2).tolist()}
                   for i, o in zip(at, entry["objects"]) if o["class"] in keypoints.NAMES]
        poses.append({"file": entry["file"], "width": w, "height": h, "objects": objects})
        boxes.append({"file": entry["file"], "width": w, "height": h,
                      "objects": [{"class": o["class"], "rectangle": np.round(rectangles.smallest(from_rle(o["rle"], h, w)), 4).tolist()} for o in entry["objects"]]})
    names = {c: n for c, n in keypoints.NAMES.values()}
    dump = lambda name, value: json.dump(value, open(os.path.join(FOLDER, name), "w"), separators=(",", ":"))
    dump("keypoints.json", {"classes": keypoints.CLASSES, "pointNames": [names[c] for c in range(len(names))], "sigma": keypoints.SIGMA, "images": poses})
    dump("rectangles.json", {"classes": truth["classes"], "images": boxes})


if __name__ == "__main__":
    main()
