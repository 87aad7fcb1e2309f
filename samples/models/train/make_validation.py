"""Renders the validation set from held-out objects: python3 make_validation.py OUT [--count 48]. Needs a CUDA GPU.

An object that would be too small or too hidden is taken out of its scene and the scene rendered again, so that every
visible object of a class is in annotations.json."""
import argparse, json, os
import numpy as np
from PIL import Image
import scenes, sources

SIZES = [(384, 288), (320, 240), (400, 300), (288, 384), (352, 352), (416, 312)]


def rle(mask):
    """Run lengths along the rows, zeros first."""
    flat = np.concatenate([[0], mask.flatten().astype(np.int8), [0]]); change = np.flatnonzero(np.diff(flat))
    ends = np.concatenate([[0], change, [mask.size]])
    runs = np.diff(ends).tolist()
    return runs if runs[-1] else runs[:-1]


class Renderer:
    def __init__(self, photos, coins, gpu=True):
        self.photos, self.coins, self.gpu, self.lib = photos, coins, gpu, scenes.library(gpu)

    def __call__(self, batch, w, h, spp):
        batch = np.ascontiguousarray(batch)
        if not self.gpu:
            return scenes.render_numpy(batch, self.photos, self.coins, w, h, spp)
        import torch
        rgb, ids = torch.zeros(len(batch), h, w, 3, dtype=torch.uint8, device="cuda"), torch.zeros(len(batch), h, w, dtype=torch.uint8, device="cuda")
        scenes.render(self.lib, batch, self.photos, self.coins, w, h, spp, rgb.data_ptr(), ids.data_ptr())
        return rgb.cpu().numpy(), ids.cpu().numpy()


def without(scene, gone):
    s = scene.copy(); keep = [i for i in range(int(s["count"])) if i not in gone]
    s["obj"][:len(keep)] = scene["obj"][keep]; s["count"] = len(keep)
    return s


def measure(render, scene, w, h):
    """Instance map, and for each object its visible pixels and its pixels were nothing before it and no frame round it."""
    ids = render(scene[None], w, h, 0)[1][0]; k = int(scene["count"]); alone = []
    wide = 3
    for i in range(k):
        s = without(scene, [j for j in range(k) if j != i]); s["tanHalf"] = scene["tanHalf"] * wide; s["wallZ"] = scene["wallZ"]
        alone.append(s)
    full = render(np.array(alone), w * wide, h * wide, 0)[1].reshape(k, -1).astype(bool).sum(1) if k else np.zeros(0)
    return ids, np.bincount(ids.flatten(), minlength=k + 1)[1:k + 1], full


def clean(render, scene, w, h, side=25, fraction=0.55):
    """Takes objects out until all that stay are large and visible enough."""
    for _ in range(8):
        ids, seen, full = measure(render, scene, w, h); gain, bad = 640 / max(w, h), []
        for i in range(int(scene["count"])):
            if scene["obj"][i]["label"] < 0: continue
            y, x = np.nonzero(ids == i + 1)
            if not len(x) or min(x.max() - x.min() + 1, y.max() - y.min() + 1) * gain < side or seen[i] < fraction * full[i]: bad.append(i)
        if not bad: return scene, ids
        off = [i for i in bad if seen[i] == 0]
        scene = without(scene, off or [min(bad, key=lambda i: seen[i] / max(full[i], 1))])
    return None, None


def annotate(scene, ids):
    objects = []
    for i in range(int(scene["count"])):
        m = ids == i + 1
        if scene["obj"][i]["label"] >= 0 and m.any():
            y, x = np.nonzero(m)
            objects.append({"class": int(scene["obj"][i]["label"]), "box": [int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1], "rle": rle(m)})
    return objects


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out"); p.add_argument("--count", type=int, default=48); p.add_argument("--spp", type=int, default=1500); p.add_argument("--sources"); p.add_argument("--first", type=int, default=500000); p.add_argument("--bytes", type=int, default=5_400_000)
    a = p.parse_args(); os.makedirs(a.out, exist_ok=True)
    render, images, seed, used = Renderer(*sources.load(a.sources)), [], a.first, 0
    while len(images) < a.count and seed < a.first + 2000:
        w, h = SIZES[len(images) % len(SIZES)]; scene = scenes.random_scene(seed, held=True); seed += 1
        scene, ids = clean(render, scene, w, h)
        objects = annotate(scene, ids) if scene is not None else []
        if len(objects) < 3: continue
        rgb = render(scene[None], w, h, a.spp)[0][0]; name = f"scene-{len(images):02}.png"; path = os.path.join(a.out, name)
        if rgb.mean() < 35 or rgb.mean() > 235: continue
        Image.fromarray(rgb).save(path, optimize=True); size = os.path.getsize(path)
        if size > a.bytes / a.count * 1.5: continue
        used += size; images.append({"file": name, "width": w, "height": h, "objects": objects})
    json.dump({"classes": scenes.CLASSES, "images": images}, open(os.path.join(a.out, "annotations.json"), "w"), separators=(",", ":"))
    counts = np.bincount([o["class"] for e in images for o in e["objects"]], minlength=len(scenes.CLASSES))
    print(f"{len(images)} pictures, {used} bytes, {dict(zip(scenes.CLASSES, counts.tolist()))}")


if __name__ == "__main__":
    main()
