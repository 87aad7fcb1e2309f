"""Random still lifes for the path tracer: which objects, their shapes, colours and places, the table, wall and light.

Every object is drawn from a seeded number generator. Training and validation use different seeds AND different families:
printed patterns, coin faces, table and wall pictures listed as held never occur in training."""
import ctypes, os, subprocess
import numpy as np
import sources

CLASSES = ["mug", "bottle", "apple", "banana", "die", "coin"]
MUG, BOTTLE, APPLE, BANANA, DIE, COIN, BOX, SPHERE, CONE, RING = range(10)
f = np.float32
SURFACE = np.dtype([("kind", f), ("texture", f), ("scale", f), ("turn", f), ("a", f, 3), ("b", f, 3), ("gloss", f), ("rough", f)])
OBJECT = np.dtype([("kind", f), ("label", f), ("pos", f, 3), ("m", f, 9), ("size", f), ("bound", f), ("p", f, 8), ("a", f, 3), ("b", f, 3), ("c", f, 3),
                   ("pattern", f), ("texture", f), ("gloss", f), ("rough", f), ("seed", f)])
SCENE = np.dtype([("eye", f, 3), ("right", f, 3), ("up", f, 3), ("front", f, 3), ("tanHalf", f), ("lens", f), ("focus", f), ("lightPos", f, 3), ("lightU", f, 3),
                  ("lightV", f, 3), ("lightColour", f, 3), ("skyTop", f, 3), ("skyLow", f, 3), ("wallZ", f), ("exposure", f), ("floor", SURFACE), ("wall", SURFACE),
                  ("count", f), ("seed", f), ("obj", OBJECT, 24)])
TRAIN_PATTERNS, HELD_PATTERNS = [0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 6], [0, 7, 8]     # 7 waves and 8 lozenges are never printed in training


def library(gpu):
    """Builds tracer.cu (nvcc for the GPU, else c++) beside the temporary files and loads it."""
    here, out = os.path.dirname(os.path.abspath(__file__)), os.path.join(os.environ.get("TMPDIR", "/tmp"), "tracer_gpu.so" if gpu else "tracer_cpu.so")
    source = os.path.join(here, "tracer.cu")
    newest = max(os.path.getmtime(source), os.path.getmtime(os.path.join(here, "tracer.h")))
    if not os.path.exists(out) or os.path.getmtime(out) < newest:
        subprocess.check_call(["nvcc", "-O3", "--use_fast_math", "-gencode", "arch=compute_90,code=sm_90", "-Xcompiler", "-fPIC", "-shared", source, "-o", out] if gpu
                              else ["g++", "-x", "c++", "-O3", "-ffast-math", "-fopenmp", "-shared", "-fPIC", source, "-o", out])
    lib = ctypes.CDLL(out)
    assert lib.sceneBytes() == SCENE.itemsize, (lib.sceneBytes(), SCENE.itemsize)
    return lib


def hsv(h, s, v):
    i = h * 6 % 6
    k = lambda n: v - v * s * max(0.0, min(1.0, min((n + i) % 6, 4 - (n + i) % 6)))
    return np.array([k(5), k(3), k(1)], f) ** 2.0


def any_colour(r, dark=0.15):
    return hsv(r.random(), r.choice([r.uniform(0, 0.15), r.uniform(0.3, 0.95)]), r.uniform(dark, 0.97))


def rotation(yaw, pitch=0.0, roll=0.0):
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    a = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]]); b = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]]); c = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return a @ b @ c


def make(kind, r, held, coin_ids=None):
    """One object standing at the origin: (record, height of its centre, footprint radius)."""
    o = np.zeros((), OBJECT)
    o["kind"], o["label"], o["seed"] = kind, kind if kind < len(CLASSES) else -1, r.uniform(0, 50)
    o["gloss"], o["rough"], o["pattern"] = 0.04, r.uniform(0.02, 0.3), r.choice(HELD_PATTERNS if held else TRAIN_PATTERNS)
    o["a"], o["b"], o["c"] = any_colour(r), any_colour(r), any_colour(r)
    rot, lift, foot, p = rotation(r.uniform(0, 6.283)), 0.0, 0.5, np.zeros(8)
    if kind == MUG:
        h = r.uniform(0.36, 0.58); p[:6] = r.uniform(0.33, 0.48), h, r.uniform(0.035, 0.06), h * r.uniform(0.52, 0.66), r.uniform(-0.1, 0.35), r.uniform(0.55, 0.86)
        o["size"], o["bound"] = 1, 1.25; lift, foot = h, 0.72; o["c"] = o["a"] if r.random() < 0.4 else np.full(3, r.uniform(0.6, 0.9))
        if r.random() < 0.12:      # lying on its side
            p[5] = 0.03; rot = rot @ rotation(r.uniform(-0.5, 0.5) + np.pi / 2 * 0, np.pi / 2, 0); lift = p[0] * (1 + abs(p[4]) * h * 0.8); foot = 0.85
    elif kind == BOTTLE:
        body = r.uniform(0.85, 1.45); sh = r.uniform(0.2, 0.5); neck = r.uniform(0.25, 0.6); rad = r.uniform(0.26, 0.38)
        p[:5] = rad, body, rad * r.uniform(0.28, 0.42), body + sh + neck, sh
        p[5] = r.random() < 0.7; glass = [(0.01, 0.05, 0.015), (0.05, 0.02, 0.005), (0.015, 0.02, 0.06), (0.35, 0.4, 0.38), (0.3, 0.02, 0.02)][r.integers(5)]
        p[6], p[7] = glass[0], glass[1]; o["a"] = any_colour(r, 0.5) if p[5] else np.array(glass) * r.uniform(0.7, 2); o["gloss"] = r.uniform(0.04, 0.1); o["rough"] = r.uniform(0.01, 0.1)
        if p[5] and r.random() < 0.5: o["a"] = np.array([0.8, 0.75, 0.62]) * r.uniform(0.7, 1.1)
        o["size"] = r.uniform(0.75, 1.0); h = p[3]; lift, foot = h / 2, rad + 0.08
        if r.random() < 0.15: rot = rot @ rotation(0, np.pi / 2, 0); lift = rad + 0.01; foot = h * 0.42
        lift *= o["size"]; foot *= o["size"]; o["bound"] = float(o["size"]) * np.hypot(h / 2, rad + 0.1) * 1.02
    elif kind == APPLE:
        t = r.uniform(0.24, 0.30); sq = r.uniform(0.86, 1.0); p[:] = r.uniform(0.13, 0.18), t, r.uniform(0.1, 0.4), r.uniform(0, 0.06), r.uniform(-0.08, 0.08), r.random() < 0.45, sq, r.uniform(0.3, 1.2)
        red, green, yellow = np.array([0.5, 0.025, 0.03]), np.array([0.33, 0.48, 0.07]), np.array([0.7, 0.5, 0.1])
        o["a"], o["b"] = [(yellow, red), (green, red), (green, green * 0.8), (red * 0.7, red), (yellow, yellow * [1, .85, 1])][r.integers(5)]; o["a"] = o["a"] * r.uniform(0.7, 1.2, 3); o["b"] = o["b"] * r.uniform(0.7, 1.3, 3)
        o["size"] = r.uniform(0.8, 1.2); tip = r.uniform(-0.3, 0.3) if r.random() < 0.7 else r.uniform(-1.5, 1.5); rot = rot @ rotation(0, tip, 0)
        # resting height: the lowest point of the spindle torus, measured on sampled surface points
        th, ph = np.meshgrid(np.linspace(0, 6.283, 48), np.linspace(-1.57, 1.57, 40)); y = t * np.sin(ph) / sq; s = 1 + p[2] * y; R = (p[0] + t * np.cos(ph)) * s
        pts = np.stack([R * np.cos(th), y, R * np.sin(th)], -1).reshape(-1, 3) @ rot.T; lift = -pts[:, 1].min() * float(o["size"]); foot = 0.46 * float(o["size"]); o["bound"] = 0.72 * float(o["size"])
    elif kind == BANANA:
        arc = r.uniform(0.66, 0.95); half = r.uniform(0.82, 1.15); t = r.uniform(0.13, 0.165); p[:4] = arc, half, t, r.uniform(-0.1, 0.1)
        o["a"] = np.array([0.78, 0.55, 0.06]) * r.uniform(0.75, 1.15); o["b"] = [np.array([0.35, 0.42, 0.06]), np.array([0.6, 0.4, 0.05]), np.array([0.3, 0.2, 0.05])][r.integers(3)]
        o["size"] = r.uniform(0.85, 1.15); o["rough"] = r.uniform(0.2, 0.5); lift = t * 1.0 * float(o["size"]); foot = arc * 0.78 * float(o["size"])
        rot = rot @ rotation(0, 0, r.uniform(-0.06, 0.06)) @ (rotation(0, np.pi, 0) if r.random() < 0.5 else np.eye(3))
        o["bound"] = -1
    elif kind == DIE:
        p[:3] = r.uniform(0.72, 0.80), r.uniform(0.075, 0.105), r.integers(6); o["size"] = r.uniform(0.38, 0.8)
        if r.random() < 0.5: o["a"], o["b"] = np.full(3, r.uniform(0.7, 0.9)) * np.array([1, r.uniform(0.93, 1), r.uniform(0.8, 1)]), np.array([0.02, 0.02, 0.02]) if r.random() < 0.8 else np.array([0.4, 0.02, 0.02])
        else: o["a"], o["b"] = hsv(r.random(), r.uniform(0.5, 0.95), r.uniform(0.3, 0.85)), np.full(3, 0.85)
        turn = [np.eye(3), rotation(0, np.pi / 2, 0), rotation(0, 0, np.pi / 2), rotation(0, np.pi, 0)][r.integers(4)]; rot = rot @ turn; lift = 0.5 * float(o["size"]); foot = 0.68 * float(o["size"]); o["bound"] = 0.82 * float(o["size"])
    elif kind == COIN:
        p[:2] = r.uniform(0.035, 0.07), r.uniform(0.47, 0.5); o["texture"] = r.choice(coin_ids); o["size"] = r.uniform(0.42, 0.95)
        o["a"] = [np.array([0.8, 0.8, 0.78]), np.array([0.85, 0.6, 0.25]), np.array([0.72, 0.38, 0.2]), np.array([0.55, 0.52, 0.42])][r.integers(4)] * r.uniform(0.75, 1.1); o["gloss"], o["rough"] = r.uniform(0.1, 0.3), r.uniform(0.25, 0.5)
        lift = p[0] * float(o["size"]); foot = 0.53 * float(o["size"]); o["bound"] = 0.53 * float(o["size"])
    elif kind == BOX:
        p[:3] = r.uniform(0.25, 0.7), r.uniform(0.06, 0.5), r.uniform(0.25, 0.7); o["size"] = 1; lift = p[1]; foot = np.hypot(p[0], p[2]); o["bound"] = np.linalg.norm(p[:3]) * 1.02
    elif kind == SPHERE:
        o["size"] = r.uniform(0.4, 0.9); lift = 0.5 * float(o["size"]); foot = lift; o["bound"] = lift * 1.02
        o["a"] = hsv(r.uniform(0.5, 0.8), r.uniform(0.0, 0.9), r.uniform(0.3, 0.95)); o["b"] = o["a"] if r.random() < 0.5 else o["b"]
    elif kind == CONE:
        p[0] = r.uniform(0.3, 0.6); o["size"] = r.uniform(0.6, 1.2); lift = 0.5 * float(o["size"]); foot = p[0] * float(o["size"]); o["bound"] = 0.8 * float(o["size"])
    else:
        p[0] = r.uniform(0.06, 0.12); o["size"] = r.uniform(0.6, 1.0); lift = p[0] * float(o["size"]); foot = 0.5 * float(o["size"]); o["bound"] = 0.55 * float(o["size"])
    o["p"], o["m"] = p, rot.reshape(9)
    if kind == BANANA:      # the arc's own centre lies off its middle: bound the whole circle
        o["bound"] = (p[0] + p[2]) * float(o["size"]) * 1.02
    return o, lift, foot


def surface(r, photos, wall=False):
    """A table top or wall: a photograph tiled over it, wood, tiles, cloth, marble, speckle or plain."""
    s = np.zeros((), SURFACE)
    s["kind"] = r.choice([0, 1, 2, 3, 4, 5, 6, 7], p=[.2, .23, .22, .05, .08, .07, .1, .05] if not wall else [.43, .25, .07, .04, .06, .04, .07, .04])
    s["turn"], s["texture"], s["scale"] = r.uniform(0, 6.283) if not wall else 0, r.uniform(0, 30), r.uniform(0.5, 1.6)
    s["a"], s["b"], s["gloss"], s["rough"] = any_colour(r), any_colour(r), r.choice([0, 0.02, 0.04]), r.uniform(0.1, 0.6)
    if s["kind"] == 1: s["texture"] = r.choice(photos); s["scale"] = r.uniform(0.25, 1.6); s["a"] = r.uniform(0.5, 1.1, 3) if r.random() < 0.4 else r.uniform(0.6, 1.1)
    if s["kind"] == 2 and r.random() < 0.8: s["a"] = np.array([0.42, 0.22, 0.09]) * r.uniform(0.3, 1.6); s["b"] = s["a"] * r.uniform(0.35, 0.8) * np.array([1, .9, .8])
    if s["kind"] in (3, 5, 6) and r.random() < 0.6: s["b"] = s["a"] * r.uniform(0.4, 0.9)
    return s


def camera(scene, r, target, distance, elevation, fov, azimuth=0.0, roll=0.0):
    e, a = elevation, azimuth
    front = -np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)]); eye = np.array(target) - front * distance
    right = np.cross(front, [0, 1, 0]); right /= np.linalg.norm(right); up = np.cross(right, front); c, s = np.cos(roll), np.sin(roll)
    scene["eye"], scene["front"], scene["right"], scene["up"], scene["tanHalf"], scene["focus"] = eye, front, right * c + up * s, up * c - right * s, np.tan(fov / 2), distance


def light(scene, r, pos, size, power, tint):
    pos = np.array(pos, float); n = -pos / np.linalg.norm(pos); u = np.cross(n, [0.1, 0.9, 0.3]); u /= np.linalg.norm(u); v = np.cross(n, u)
    scene["lightPos"], scene["lightU"], scene["lightV"] = pos, u * size, v * size
    if np.dot(np.cross(scene["lightU"], scene["lightV"]), -pos) < 0: scene["lightV"] = -scene["lightV"]
    scene["lightColour"] = np.array(tint) * power * np.dot(pos, pos) / (4 * size * size)


def random_scene(seed, held=False):
    """A whole scene. Objects stand on the table without touching; nearer ones may hide part of farther ones."""
    r = np.random.default_rng([seed, 77 if held else 11]); s = np.zeros((), SCENE)
    photos = [i for i, (_, use) in enumerate(sources.PICTURES) if (use == "held") == held]; coins = [i for i in range(24) if (i in sources.HELD_COINS) == held]
    elevation = np.radians(r.choice([r.uniform(14, 40), r.uniform(28, 60), r.uniform(60, 88)], p=[.35, .5, .15])); distance = r.uniform(3.6, 9) if not held else r.uniform(3.6, 7.0); fov = np.radians(r.uniform(30, 50))
    camera(s, r, [r.uniform(-.3, .3), r.uniform(0, .5), r.uniform(-.4, .4)], distance, elevation, fov, r.uniform(-0.5, 0.5), r.normal(0, 0.04)); s["lens"] = r.choice([0, r.uniform(0, 0.05)])
    az, el, d = r.uniform(0, 6.283), np.radians(r.uniform(30, 80)), r.uniform(4, 8)
    light(s, r, [d * np.cos(az) * np.cos(el), d * np.sin(el), abs(d * np.sin(az) * np.cos(el)) * r.choice([1, 1, -0.3])], r.choice([r.uniform(0.3, 1), r.uniform(1, 2.5)]), r.uniform(1.0, 3.5), np.clip(r.normal(1, 0.08, 3), .7, 1.3))
    top = np.clip(r.normal(1, 0.1, 3), .6, 1.4) * r.uniform(0.25, 0.9); s["skyTop"], s["skyLow"] = top, top * r.uniform(0.5, 1.2, 3)
    s["wallZ"] = -r.uniform(1.6, 5) if r.random() < 0.75 else -40; s["floor"], s["wall"] = surface(r, photos), surface(r, photos, True); s["seed"] = seed % 100003
    s["exposure"] = r.uniform(0.7, 1.15)
    placed, n = [], int(r.integers(2, 15)); half = distance * np.tan(fov / 2) * 1.25; k = 0
    for _ in range(n * 6):
        if k >= n: break
        kind = int(r.choice(10, p=[.15, .13, .14, .14, .15, .17, .04, .03, .025, .025])); o, lift, foot = make(kind, r, held, coins)
        x, z = r.uniform(-half, half), r.uniform(-half * 0.8, half * 0.8 if elevation > 0.6 else half * 0.5)
        if z - foot < s["wallZ"]: continue
        to_eye = np.linalg.norm(np.array([x, lift, z]) - s["eye"])
        if to_eye < 2.2: continue
        if any(np.hypot(x - a, z - b) < foot + c + 0.02 for a, b, c in placed): continue
        centre = np.array([x, lift, z])
        if kind == BANANA:      # put the middle of the arc, not its centre, at (x, z)
            m = o["m"].reshape(3, 3); mid = m @ np.array([(o["p"][0]) * 0.8 * o["size"], 0, 0]); centre = centre - [mid[0], 0, mid[2]]
        o["pos"] = centre; placed.append((x, z, foot)); s["obj"][k] = o; k += 1
    s["count"] = k
    return s


def render(lib, scenes, photos, coins, w, h, spp, rgb_ptr, id_ptr):
    scenes, photos, coins = np.ascontiguousarray(scenes), np.ascontiguousarray(photos), np.ascontiguousarray(coins); P = ctypes.c_void_p
    code = lib.render(P(scenes.ctypes.data), len(scenes), P(photos.ctypes.data), len(photos), P(coins.ctypes.data), len(coins), w, h, spp, P(rgb_ptr), P(id_ptr))
    if code: raise RuntimeError(f"render failed with CUDA error {code}")


def render_numpy(scenes, photos, coins, w, h, spp):
    """On the CPU: (pictures [n,h,w,3], instance maps [n,h,w]). Slow; for looking at a few scenes."""
    lib = library(False); rgb, ids = np.zeros((len(scenes), h, w, 3), np.uint8), np.zeros((len(scenes), h, w), np.uint8)
    render(lib, scenes, photos, coins, w, h, spp, rgb.ctypes.data, ids.ctypes.data)
    return rgb, ids
