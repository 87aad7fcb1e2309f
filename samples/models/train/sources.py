"""Takes what the scenes use from scikit-image's bundled photographs: mirrored tiles for tables and walls, and the faces
of the 24 coins. Which picture serves training and which is kept for validation or the sample is said here, once."""
import numpy as np
from scipy import ndimage
from skimage import data, filters, segmentation

TILE = 512          # tracer.h knows this size and the coins' 64
# (name, use): 'train' pictures are seen in training; 'held' ones only in the validation set and the sample.
PICTURES = [("brick", "train"), ("grass", "train"), ("gravel", "held"), ("chelsea", "train"), ("rocket", "train"),
            ("astronaut", "train"), ("camera", "train"), ("immunohistochemistry", "train"), ("hubble_deep_field", "held"), ("retina", "held")]
HELD_COINS = {5, 8, 13, 15, 18, 20, 22}      # seven of the 24, over all four rows; training never sees them


def mirrored(picture):
    """A 512 x 512 tile that repeats without seams: the picture's middle square, reduced, beside its mirror images."""
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, 2)
    n = min(picture.shape[:2])
    y, x = (picture.shape[0] - n) // 2, (picture.shape[1] - n) // 2
    square = picture[y:y + n, x:x + n, :3].astype(np.float32)
    k = n / 256
    square = np.stack([ndimage.zoom(ndimage.gaussian_filter(square[..., c], 0.4 * k if k > 1 else 0), 256 / n, order=1) for c in range(3)], -1)
    half = np.clip(square[:256, :256] + 0.5, 0, 255).astype(np.uint8)
    row = np.concatenate([half, half[:, ::-1]], 1)
    return np.concatenate([row, row[::-1]], 0)


def coin_faces():
    """The 24 coins as 64 x 64 faces, in reading order, found by watershed as scikit-image's own gallery does."""
    image = data.coins()
    markers = np.zeros_like(image, dtype=np.int32)
    markers[image < 30] = 1
    markers[image > 150] = 2
    filled = ndimage.binary_fill_holes(segmentation.watershed(filters.sobel(image), markers) - 1)
    labels, _ = ndimage.label(filled)
    boxes = [s for i, s in enumerate(ndimage.find_objects(labels)) if (labels[s] == i + 1).sum() > 600]
    boxes.sort(key=lambda s: (round(((s[0].start + s[0].stop) / 2 - 45) / 70), s[1].start))
    faces = []
    for s in boxes:
        cy, cx = (s[0].start + s[0].stop) / 2, (s[1].start + s[1].stop) / 2
        r = 0.5 * min(s[0].stop - s[0].start, s[1].stop - s[1].start) * 0.94
        yy, xx = np.mgrid[0:64, 0:64]
        face = ndimage.map_coordinates(image.astype(np.float32), [cy + (yy - 31.5) / 32 * r, cx + (xx - 31.5) / 32 * r], order=1, mode="nearest")
        faces.append(np.repeat(np.clip(face, 0, 255).astype(np.uint8)[..., None], 3, 2))
    return np.stack(faces)


def load(path=None):
    """(photos [n,512,512,3], coins [24,64,64,3]), read from scikit-image, or from an .npz made of them before."""
    if path:
        z = np.load(path)
        return z["photos"], z["coins"]
    return np.stack([mirrored(getattr(data, name)()) for name, _ in PICTURES]), coin_faces()


if __name__ == "__main__":
    import sys
    photos, coins = load()
    np.savez_compressed(sys.argv[1], photos=photos, coins=coins)
    print(photos.shape, coins.shape)
