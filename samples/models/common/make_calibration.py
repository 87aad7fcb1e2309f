"""Makes the pictures that the sample models are quantized with: python3 make_calibration.py OUT. Needs a CUDA GPU.

They are like the training pictures, with seeds that neither training nor validation has: 32 scenes with their objects, 32
pictures of drawn faces, and 32 digits of the training part on one sheet."""
import json, os, sys
MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
for part in ("common", "train", "faces/train", "digits/train"): sys.path.insert(0, os.path.join(MODELS, part))
import numpy as np, torch
from PIL import Image
from skimage import data
import make_validation as validation, scenes, sources, train_digits, train_faces
out, count = sys.argv[1], 32


def readable(name):
    try: return getattr(data, name)() is not None
    except Exception: return False      # some pictures are not in every scikit-image


def save(image, folder, name):
    os.makedirs(os.path.join(out, folder), exist_ok=True)
    image.save(os.path.join(out, folder, name), optimize=True)


sources.PICTURES[:] = [p for p in sources.PICTURES if p[1] == "train" and readable(p[0])]
render, images, seed = validation.Renderer(*sources.load()), [], 700000
while len(images) < count:
    w, h = validation.SIZES[len(images) % 6]
    scene, ids = validation.clean(render, scenes.random_scene(seed), w, h); seed += 1
    objects = validation.annotate(scene, ids) if scene is not None else []
    rgb = render(scene[None], w, h, 1500)[0][0] if len(objects) > 2 else np.zeros(1)
    if not 35 <= rgb.mean() <= 235: continue
    name = f"scene-{len(images):02}.png"; save(Image.fromarray(rgb), "desk", name)
    images.append({"file": name, "width": w, "height": h, "objects": objects})
json.dump({"classes": scenes.CLASSES, "images": images}, open(os.path.join(out, "desk", "annotations.json"), "w"), separators=(",", ":"))

rooms = render(np.array([scenes.random_scene(800000 + i) for i in range(count)]), 640, 480, 160)[0]
known = train_faces.HELD                # the first ones are the validation's faces
for i, face in enumerate(train_faces.held_out(torch.from_numpy(rooms).to(train_faces.DEVICE), known + count)[known:]):
    save(Image.fromarray(face[0]).resize((320, 240), Image.Resampling.BOX).quantize(160), "faces", f"faces-{i:02}.png")

tiles, labels = train_digits.tiles(); train = train_digits.split(labels)[0]
rows = tiles[train[::len(train) // count][:count]].numpy().reshape(4, 8, 32, 32)
save(Image.fromarray(rows.transpose(0, 2, 1, 3).reshape(128, 256)), "digits", "digits.png")
