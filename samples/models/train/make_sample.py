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
    o["pos"] = [x, lift, z]
    i = int(scene["count"]); scene["obj"][i] = o; scene["count"] = i + 1


def still_life():
    s = np.zeros((), scenes.SCENE); r = np.random.default_rng(1)
    scenes.camera(s, r, [0.05, 0.42, 0.1], 5.6, np.radians(25), np.radians(31), np.radians(-4), 0.0); s["lens"] = 0.025
    scenes.light(s, r, [-4.2, 4.6, 2.6], 1.3, 2.6, [1.05, 1.0, 0.92])
    s["skyTop"], s["skyLow"], s["wallZ"], s["exposure"], s["seed"] = [0.42, 0.45, 0.5], [0.35, 0.34, 0.33], -2.6, 0.95, 5
    f, w = s["floor"], s["wall"]
    f["kind"], f["scale"], f["turn"], f["a"], f["b"], f["gloss"], f["rough"] = 2, 0.9, 0.06, [0.36, 0.19, 0.085], [0.2, 0.095, 0.04], 0.03, 0.35
    w["kind"], w["scale"], w["a"] = 0, 1, [0.52, 0.56, 0.55]
    put(s, scenes.BOTTLE, 3, -0.95, -0.55, 0.4, size=0.95, pattern=0, a=[0.75, 0.7, 0.55], c=[0.25, 0.02, 0.03], lift=0.95 * 2.25 / 2, bound=1.25, gloss=0.06, rough=0.03,
        p={0: 0.33, 1: 1.25, 2: 0.115, 3: 2.25, 4: 0.42, 5: 1, 6: 0.012, 7: 0.055})
    put(s, scenes.MUG, 5, 0.42, -0.38, -0.45, pattern=7, a=[0.78, 0.77, 0.73], b=[0.03, 0.09, 0.3], c=[0.75, 0.74, 0.7], lift=0.5, p={0: 0.43, 1: 0.5, 2: 0.045, 3: 0.3, 4: 0.06, 5: 0.84})
    put(s, scenes.APPLE, 11, -0.22, 0.22)
    put(s, scenes.APPLE, 14, 1.32, -0.15)
    put(s, scenes.BANANA, 21, 0.55, 0.62, 1.35)
    put(s, scenes.DIE, 31, -0.98, 0.62, 0.5, size=0.36, lift=0.18, bound=0.3, a=[0.8, 0.79, 0.75], b=[0.02, 0.02, 0.02])
    put(s, scenes.DIE, 32, -0.55, 0.95, 1.1, size=0.34, lift=0.17, bound=0.29, a=[0.42, 0.02, 0.03], b=[0.85, 0.85, 0.85])
    for i, (x, z, face) in enumerate([(0.05, 1.05, 15), (0.42, 1.22, 13), (-0.12, 1.42, 20)]):
        put(s, scenes.COIN, 40 + i, x, z, 0.3 - 0.2 * i, size=0.36 - 0.02 * i, lift=0.016, bound=0.2, texture=face, p={0: 0.045, 1: 0.485}, a=[[0.85, 0.62, 0.28], [0.8, 0.8, 0.78], [0.72, 0.38, 0.2]][i])
    return s


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out"); p.add_argument("--width", type=int, default=1024); p.add_argument("--height", type=int, default=768); p.add_argument("--spp", type=int, default=6000)
    p.add_argument("--sources"); p.add_argument("--cpu", action="store_true")
    a = p.parse_args(); scene = still_life()
    rgb, ids = Renderer(*sources.load(a.sources), gpu=not a.cpu)(scene[None], a.width, a.height, a.spp)
    Image.fromarray(rgb[0]).save(a.out, optimize=True)
    print([(scenes.CLASSES[o["class"]], o["box"]) for o in annotate(scene, ids[0])])
