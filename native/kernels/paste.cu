// Objects and masks of a Mask R-CNN with a fixed number of slots. C#: TrtBindings.Vision.MaskRcnn.GpuMaskRcnn.
#include "frame.h"

constexpr int SlotThreads = 256;

// How masks come into the picture: they are in it already; a window with a border of zeros, resized; a window, sampled.
enum Pasting { PasteNone = 0, PasteCut = 1, PasteResized = 2, PasteSampled = 3 };

struct MaskFind {
    int classIndex;
    float score, box[4];
    // Left, top, right and bottom of the stored pixels.
    int region[4];
    int rowBytes, slot;
    // The first byte of the bits, from the first of the image's on; a multiple of 16.
    i64 offset;
};

// What the host must know about an image.
struct MaskNotes {
    // As the model says it; the number of slots if it does not.
    i64 count;
    // Bytes of all masks.
    i64 bytes;
    int finds, slots, maskWidth, maskHeight;
};

struct MaskRcnnArguments {
    const Frame* frames;
    // [images, slots, 4], [images, slots], [images, slots], [images], [images, slots, maskHeight, maskWidth].
    const void *boxes, *scores, *labels, *counts, *masks;
    // [images, most].
    MaskFind* finds;
    MaskNotes* notes;
    u8* bits;
    i64 room;
    int areBoxesHalf, areScoresHalf, areMasksHalf, areLabels64, isCount64;
    int slots, most, maskWidth, maskHeight;
    // `isPasted`: the masks are as large as the picture, or the model is another one.
    int isPasted, pasting, isRowFirst, isClipped, dropsEmpty;
    float confidence, threshold;
};

DEVICE i64 wholeAt(const void* values, i64 index, int is64) {
    return is64 ? ((const i64*)values)[index] : (i64)((const int*)values)[index];
}

// Clamps an edge to the picture; NaN becomes 0.
DEVICE int insideOf(float edge, int length) { return toInt(clampTo(edge, 0.0f, (float)length)); }

// The enlarged box along an axis, and the window's values with their border. C#: MaskPaster.Grown.
DEVICE void grownOf(float low, float high, int maskWidth, int& first, int& last) {
    float growth = (float)(maskWidth + 2) / (float)maskWidth;
    float half = (high - low) * 0.5f * growth, centre = (high + low) * 0.5f;
    first = toInt(clampTo(centre - half, -536870912.0f, 536870912.0f));
    last = toInt(clampTo(centre + half, -536870912.0f, 536870912.0f));
}

// The pixels of one axis that a mask is stored for. C#: MaskPaster.Sample, MaskPaster.Resize, MaskCutter.Near.
DEVICE void regionOf(const MaskRcnnArguments& a, float low, float high, int length, int& first, int& end) {
    if (a.pasting == PasteSampled) {
        first = insideOf(floorOf(low) - 1, length);
        end = insideOf(ceilingOf(high) + 1, length);
    } else if (a.pasting == PasteResized) {
        int left, right;
        grownOf(low, high, a.maskWidth, left, right);
        first = insideOf((float)left, length);
        end = insideOf((float)(right + 1), length);
    } else {
        float margin = (high - low) / 4 + 2;
        first = clampTo(toInt(floorOf(low - margin)), 0, length);
        end = clampTo(toInt(ceilingOf(high + margin)), 0, length);
    }
}

// What one slot becomes; false if nothing. C#: MaskRcnnPipeline.Read.
DEVICE bool findOf(const MaskRcnnArguments& a, int image, int slot, MaskFind& find) {
    const Frame& frame = a.frames[image];
    i64 at = (i64)image * a.slots + slot;
    find.score = valueAt(a.scores, at, a.areScoresHalf);
    if (!(find.score > a.confidence)) return false;
    for (int i = 0; i < 4; i++) {
        // Rows first: y1, x1, y2, x2.
        float edge = valueAt(a.boxes, 4 * at + (a.isRowFirst ? i ^ 1 : i), a.areBoxesHalf) * frame.factors[i & 1];
        find.box[i] = a.isClipped ? clampTo(edge, 0.0f, (float)(i & 1 ? frame.height : frame.width)) : edge;
    }
    if (a.dropsEmpty && !(find.box[2] - find.box[0] > 0 && find.box[3] - find.box[1] > 0)) return false;
    i64 label = wholeAt(a.labels, at, a.areLabels64);
    find.classIndex = label < -1 ? -1 : label > 2147483647 ? 2147483647 : (int)label;
    for (int i = 0; i < 4; i++) find.region[i] = 0;
    if (a.pasting != PasteNone) {
        regionOf(a, find.box[0], find.box[2], frame.width, find.region[0], find.region[2]);
        regionOf(a, find.box[1], find.box[3], frame.height, find.region[1], find.region[3]);
        if (find.region[2] <= find.region[0] || find.region[3] <= find.region[1])
            for (int i = 0; i < 4; i++) find.region[i] = 0;
    }
    find.rowBytes = (find.region[2] - find.region[0] + 7) >> 3;
    find.slot = slot;
    return true;
}

// One block for each image: the objects in the model's order, and where their masks begin.
KERNEL(maskRcnnFinds, MaskRcnnArguments) {
    SHARED(int, kept, SlotThreads);
    SHARED(i64, sizes, SlotThreads);
    SHARED(i64, before, 2);
    int image = blockX();
    const Frame& frame = a.frames[image];
    i64 count = a.counts ? wholeAt(a.counts, image, a.isCount64) : a.slots;
    int slots = count < 0 || count > a.slots || frame.width <= 0 ? 0 : (int)count;
    if (a.isPasted && (a.maskWidth != frame.width || a.maskHeight != frame.height)) slots = 0;
    FOR_THREADS(t) {
        if (t < 2) before[t] = 0;
    }
    for (int first = 0; first < slots; first += SlotThreads) {
        FOR_THREADS(t) {
            MaskFind find;
            bool isFind = first + t < slots && findOf(a, image, first + t, find);
            kept[t] = isFind;
            sizes[t] = isFind ? ((i64)find.rowBytes * (find.region[3] - find.region[1]) + 15) / 16 * 16 : 0;
        }
        FOR_THREADS(t) {
            if (kept[t]) {
                i64 place = before[0], offset = before[1];
                for (int i = 0; i < t; i++) {
                    place += kept[i];
                    offset += sizes[i];
                }
                if (place < a.most) {
                    MaskFind find;
                    findOf(a, image, first + t, find);
                    find.offset = offset;
                    a.finds[(i64)image * a.most + place] = find;
                }
            }
        }
        FOR_THREADS(t) {
            if (t == 0)
                for (int i = 0; i < SlotThreads && before[0] < a.most; i++) {
                    before[0] += kept[i];
                    before[1] += sizes[i];
                }
        }
    }
    FOR_THREADS(t) {
        if (t == 0) {
            MaskNotes& notes = a.notes[image];
            notes.count = count;
            notes.bytes = before[1];
            notes.finds = (int)before[0];
            notes.slots = a.slots;
            notes.maskWidth = a.maskWidth;
            notes.maskHeight = a.maskHeight;
        }
    }
}

// The two values of a window that a pixel is interpolated from along an axis. C#: MaskTap.
struct Tap {
    int first, second;
    float weight0, weight1;
};

DEVICE Tap sampledTap(int pixel, float low, float high, int size) {
    Tap tap = {0, 0, 0, 0};
    float share = ((float)pixel + 0.5f - low) / (high - low) * 2 - 1;
    float at = ((share + 1) * (float)size - 1) / 2;
    if (!(at > -1 && at < (float)size)) return tap;
    int index = toInt(floorOf(at));
    float fraction = at - (float)index;
    tap.first = maxOf(index, 0);
    tap.second = minOf(index + 1, size - 1);
    tap.weight0 = index < 0 ? 0 : 1 - fraction;
    tap.weight1 = index + 1 < size ? fraction : 0;
    return tap;
}

DEVICE Tap resizedTap(int pixel, int length, int size) {
    float at = maxOf((float)(size + 2) / (float)length * ((float)pixel + 0.5f) - 0.5f, 0.0f);
    int index = minOf(toInt(at), size + 1);
    float fraction = index < size + 1 ? at - (float)index : 0;
    int first = index - 1, second = minOf(index + 1, size + 1) - 1;
    Tap tap = {clampTo(first, 0, size - 1), clampTo(second, 0, size - 1), first >= 0 && first < size ? 1 - fraction : 0,
        second >= 0 && second < size ? fraction : 0};
    return tap;
}

// The tap of a pixel of the picture on one axis.
DEVICE Tap tapOf(const MaskRcnnArguments& a, int pixel, float low, float high, int size) {
    if (a.pasting == PasteSampled) return sampledTap(pixel, low, high, size);
    int first, last;
    grownOf(low, high, a.maskWidth, first, last);
    return resizedTap(pixel - first, maxOf(last - first + 1, 1), size);
}

// The bytes of an image's masks start behind those of the images before it.
DEVICE i64 bytesBefore(const MaskNotes* notes, int image) {
    i64 bytes = 0;
    for (int i = 0; i < image; i++) bytes += notes[i].bytes;
    return bytes;
}

// Blocks in z are images, in y objects; blocks in x share the bytes of a mask. One thread makes a byte: eight pixels, lowest bit
// first.
KERNEL(pasteMasks, MaskRcnnArguments) {
    int image = blockZ();
    if (blockY() >= a.notes[image].finds) return;
    const MaskFind& find = a.finds[(i64)image * a.most + blockY()];
    i64 first = bytesBefore(a.notes, image) + find.offset;
    int rows = find.region[3] - find.region[1];
    i64 count = (i64)rows * find.rowBytes;
    if (first + (count + 15) / 16 * 16 > a.room) return;
    i64 window = ((i64)image * a.slots + find.slot) * a.maskWidth * a.maskHeight;
    FOR_THREADS(t) {
        for (i64 i = (i64)blockX() * blockThreads() + t; i < count; i += (i64)blocksX() * blockThreads()) {
            int y = find.region[1] + (int)(i / find.rowBytes), x = find.region[0] + 8 * (int)(i % find.rowBytes);
            int bits = 0, pixels = minOf(find.region[2] - x, 8);
            if (a.pasting == PasteCut) {
                for (int k = 0; k < pixels; k++)
                    bits |= (valueAt(a.masks, window + (i64)y * a.maskWidth + x + k, a.areMasksHalf) >= a.threshold) << k;
            } else {
                Tap line = tapOf(a, y, find.box[1], find.box[3], a.maskHeight);
                i64 upper = window + (i64)line.first * a.maskWidth, lower = window + (i64)line.second * a.maskWidth;
                for (int k = 0; k < pixels; k++) {
                    Tap column = tapOf(a, x + k, find.box[0], find.box[2], a.maskWidth);
                    float above = valueAt(a.masks, upper + column.first, a.areMasksHalf) * column.weight0
                        + valueAt(a.masks, upper + column.second, a.areMasksHalf) * column.weight1;
                    float below = valueAt(a.masks, lower + column.first, a.areMasksHalf) * column.weight0
                        + valueAt(a.masks, lower + column.second, a.areMasksHalf) * column.weight1;
                    bits |= (above * line.weight0 + below * line.weight1 >= a.threshold) << k;
                }
            }
            a.bits[first + i] = (u8)bits;
        }
    }
}

struct CopyPastedArguments {
    const MaskNotes* notes;
    const u64* source;
    u64* target;
    i64 room;
    int images;
};

// Copies the bits of all masks to pinned host memory, unless there is too little room.
KERNEL(copyPasted, CopyPastedArguments) {
    i64 bytes = bytesBefore(a.notes, a.images), words = bytes <= a.room ? bytes / 8 : 0;
    FOR_THREADS(t) {
        for (i64 i = (i64)blockX() * blockThreads() + t; i < words; i += (i64)blocksX() * blockThreads())
            a.target[i] = a.source[i];
    }
}
