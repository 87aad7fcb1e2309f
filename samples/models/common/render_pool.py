"""Renders the scenes that the segmenter, Mask R-CNN and the face detector's backgrounds come from, once:
python3 render_pool.py POOL.npz [--scenes 3000] [--held 40]. Needs a CUDA GPU and nvcc; --cpu takes g++, for a look.

The scenes follow train/scenes.py; `points` are the key points of mugs and bottles (keypoints.py); `held_rgb` holds plain
pictures with held-out surfaces, for the face detector's held-out backgrounds. scikit-image's astronaut stays out: it shows a real face, and the face detector must not learn to pass it over."""
import argparse, multiprocessing, os, sys, time
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import SLOTS, say
import numpy as np
import keypoints, scenes, sources


def compose(job):
    return scenes.random_scene(*job)


def render(indices, held, photos, coins, w, h, spp, cpu, chunk=64):
    with multiprocessing.get_context("fork").Pool(max(1, min(16, os.cpu_count() or 1))) as workers:     # before this process touches the GPU
        everything = workers.map(compose, [(i, held) for i in indices], 16)
    rgb, ids, labels, points = [], [], [], []
    if not cpu:
        import torch
        lib = scenes.library(True)
    for at in range(0, len(indices), chunk):
        batch = np.array(everything[at:at + chunk])
        labels.append(np.maximum(batch["obj"]["label"][:, :SLOTS], -1).astype(np.int8))
        if cpu:
            a, b = scenes.render_numpy(batch, photos, coins, w, h, spp)
        else:
            a, b = torch.zeros(len(batch), h, w, 3, dtype=torch.uint8, device="cuda"), torch.zeros(len(batch), h, w, dtype=torch.uint8, device="cuda")
            scenes.render(lib, batch, photos, coins, w, h, spp, a.data_ptr(), b.data_ptr())
            a, b = a.cpu().numpy(), b.cpu().numpy()
        rgb.append(a); ids.append(b); points.append(np.stack([keypoints.of_scene(s, i, SLOTS) for s, i in zip(batch, b)]))
    return np.concatenate(rgb), np.concatenate(ids), np.concatenate(labels), np.concatenate(points)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out"); p.add_argument("--scenes", type=int, default=3000); p.add_argument("--held", type=int, default=40)
    p.add_argument("--width", type=int, default=448); p.add_argument("--height", type=int, default=336); p.add_argument("--spp", type=int, default=24)
    p.add_argument("--first", type=int, default=20000, help="seed of the first scene; desk-seg was trained on 0 to 3499 and 100000 to 103999")
    p.add_argument("--cpu", action="store_true"); p.add_argument("--sources", help="an .npz that train/sources.py made")
    a = p.parse_args(); t = time.time()
    sources.PICTURES[:] = [(n, "unused" if n == "astronaut" else use) for n, use in sources.PICTURES]
    photos, coins = sources.load(a.sources)
    say(f"sources: photographs {photos.shape}, coins {coins.shape}, {time.time() - t:.1f} s")
    assert a.scenes > 0 and a.held > 0, "--scenes and --held must be over 0"
    t = time.time()
    rgb, ids, labels, points = render(range(a.first, a.first + a.scenes), False, photos, coins, a.width, a.height, a.spp, a.cpu)
    held, _, _, _ = render(range(900000, 900000 + a.held), True, photos, coins, 640, 480, a.spp if a.cpu else 160, a.cpu, 8)
    say(f"{a.scenes} scenes of {a.width} x {a.height} and {a.held} held-out ones in {time.time() - t:.0f} s; mean brightness {rgb[:50].mean():.0f}, objects a scene {(ids.reshape(len(ids), -1).max(1)).mean():.1f}")
    assert 20 < rgb[:50].mean() < 240, "the pictures are black or white: did the tracer run?"
    temporary = a.out + ".part.npz"
    np.savez(temporary, rgb=rgb, ids=ids, labels=labels, points=points, held_rgb=held)
    os.replace(temporary, a.out)
    say(f"{a.out}: {os.path.getsize(a.out) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
