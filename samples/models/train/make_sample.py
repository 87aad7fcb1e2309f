"""Renders the picture the instance-segmentation sample reads: python3 make_sample.py OUT.png [--width 1024 --height 768].

A still life arranged by hand. Every object is held out: coin faces, label pattern and object seeds that training never
sees. Without a CUDA GPU add --cpu and a small --spp."""
import argparse
import numpy as np
from PIL import Image
import scenes, sources
from make_validation import Renderer, annotate


def put(scene, kind, seed, x, z, yaw=None, coins=None, **change):
    """Adds one held-out object at (x, z); the named fields replace what its seed gave."""
    r = np.random.default_rng([seed, 4242]); o, lift, _ = scenes.make(kind, r, True, coins or sorted(sources.HELD_COINS))
    if yaw is not None: o["m"] = scenes.rotation(yaw).reshape(9)
    for k, v in change.items():
        if k == "p":
            for i, q in v.items(): o["p"][i] = q
        elif k == "lift": lift = v
        else: o[k] = v
    if kind == scenes.BANANA:      # the middle of its arc, not the arc's centre, goes to (x, z)
        mid = o["m"].reshape(3, 3) @ np.array([o["p"][0] * 0.8 * o["size"], 0, 0]); x, z = x - mid[0], z - mid[2]
    o["pos"] = [x, lift, z]
    i = int(scene["count"]); scene["obj"][i] = o; scene["count"] = i + 1


def still_life():
    s = np.zeros((), scenes.SCENE); r = np.random.default_rng(1)
    scenes.camera(s, r, [0.1, 0.62, 0.1], 6.6, np.radians(23), np.radians(29), np.radians(-4), 0.0); s["lens"] = 0.02
    scenes.light(s, r, [-4.2, 4.6, 2.6], 1.3, 2.6, [1.05, 1.0, 0.92])
    s["skyTop"], s["skyLow"], s["wallZ"], s["exposure"], s["seed"] = [0.42, 0.45, 0.5], [0.35, 0.34, 0.33], -2.4, 0.95, 5
    f, w = s["floor"], s["wall"]
    f["kind"], f["scale"], f["turn"], f["a"], f["b"], f["gloss"], f["rough"] = 2, 0.9, 0.06, [0.36, 0.19, 0.085], [0.2, 0.095, 0.04], 0.03, 0.35
    w["kind"], w["scale"], w["a"] = 0, 1, [0.40, 0.47, 0.47]
    put(s, scenes.BOTTLE, 3, -1.15, -0.6, 0.4, size=0.9, pattern=0, a=[0.75, 0.7, 0.55], c=[0.25, 0.02, 0.03], lift=0.9 * 2.25 / 2, bound=1.2, gloss=0.06, rough=0.03,
        p={0: 0.33, 1: 1.25, 2: 0.115, 3: 2.25, 4: 0.42, 5: 1, 6: 0.012, 7: 0.055})
    put(s, scenes.MUG, 5, 0.12, -0.3, -0.35, pattern=0, a=[0.03, 0.10, 0.28], c=[0.75, 0.74, 0.7], lift=0.46, p={0: 0.41, 1: 0.46, 2: 0.045, 3: 0.27, 4: 0.06, 5: 0.84})
    put(s, scenes.APPLE, 11, -0.6, 0.4)
    put(s, scenes.APPLE, 17, 1.5, -0.35, a=[0.36, 0.46, 0.08], b=[0.42, 0.44, 0.1])
    put(s, scenes.BANANA, 21, 1.12, 0.72, 1.75)
    put(s, scenes.DIE, 31, -1.45, 0.72, 0.5, size=0.38, lift=0.19, bound=0.32, a=[0.8, 0.79, 0.75], b=[0.02, 0.02, 0.02])
    put(s, scenes.DIE, 32, -1.0, 1.12, 1.1, size=0.36, lift=0.18, bound=0.3, a=[0.42, 0.02, 0.03], b=[0.85, 0.85, 0.85])
    for i, (x, z, face) in enumerate([(-0.1, 0.98, 15), (0.36, 1.28, 18), (-0.36, 1.42, 5)]):
        put(s, scenes.COIN, 40 + i, x, z, 0.0, size=0.44, lift=0.02, bound=0.24, texture=face, p={0: 0.045, 1: 0.485}, a=[[0.85, 0.62, 0.28], [0.8, 0.8, 0.78], [0.72, 0.38, 0.2]][i])
    return s


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out"); p.add_argument("--width", type=int, default=1024); p.add_argument("--height", type=int, default=768); p.add_argument("--spp", type=int, default=6000)
    p.add_argument("--sources"); p.add_argument("--cpu", action="store_true")
    a = p.parse_args(); scene = still_life()
    rgb, ids = Renderer(*sources.load(a.sources), gpu=not a.cpu)(scene[None], a.width, a.height, a.spp)
    Image.fromarray(rgb[0]).save(a.out, optimize=True)
    print([(scenes.CLASSES[o["class"]], o["box"]) for o in annotate(scene, ids[0])])
