// What the kernels of Mask R-CNN share. C#: TrtBindings.Vision.MaskRcnn.GpuMaskRcnnInstances.
#pragma once

#include "frame.h"

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
    // The first of its groups, counted over all objects of the image; see pasteMasks.
    i64 group;
};

// What the host must know about an image.
struct MaskNotes {
    // As the model says it; the number of slots if it does not.
    i64 count;
    // Bytes of all masks, and groups.
    i64 bytes, groups;
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

// Rows of a mask that a thread makes at once, so that the taps of a column serve all of them.
constexpr int RowsAtOnce = 4;

// The enlarged box along an axis, and the window's values with their border. C#: MaskPaster.Grown.
DEVICE void grownOf(float low, float high, int maskWidth, int& first, int& last) {
    float growth = (float)(maskWidth + 2) / (float)maskWidth;
    float half = (high - low) * 0.5f * growth, centre = (high + low) * 0.5f;
    first = toInt(clampTo(centre - half, -536870912.0f, 536870912.0f));
    last = toInt(clampTo(centre + half, -536870912.0f, 536870912.0f));
}
