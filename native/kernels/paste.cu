// Masks of Mask R-CNN's objects in the picture. C#: TrtBindings.Vision.MaskRcnn.GpuMaskRcnnInstances.
#include "maskrcnn.h"

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

// Eight pixels of several rows, one byte for each row; lowest bit first.
DEVICE void pasteBytes(const MaskRcnnArguments& a, const MaskFind& find, i64 window, int x, int y, int rows, u32* bytes) {
    int pixels = minOf(find.region[2] - x, 8);
    if (a.pasting == PasteCut) {
        UNROLL
        for (int row = 0; row < RowsAtOnce; row++)
            for (int k = 0; k < pixels && row < rows; k++) {
                float value = valueAt(a.masks, window + (i64)(y + row) * a.maskWidth + x + k, a.areMasksHalf);
                bytes[row] |= (u32)(value >= a.threshold) << k;
            }
        return;
    }
    Tap lines[RowsAtOnce];
    UNROLL
    for (int row = 0; row < RowsAtOnce; row++) lines[row] = tapOf(a, y + row, find.box[1], find.box[3], a.maskHeight);
    for (int k = 0; k < pixels; k++) {
        Tap column = tapOf(a, x + k, find.box[0], find.box[2], a.maskWidth);
        UNROLL
        for (int row = 0; row < RowsAtOnce; row++) {
            i64 upper = window + lines[row].first * a.maskWidth, lower = window + lines[row].second * a.maskWidth;
            float above = valueAt(a.masks, upper + column.first, a.areMasksHalf) * column.weight0
                + valueAt(a.masks, upper + column.second, a.areMasksHalf) * column.weight1;
            float below = valueAt(a.masks, lower + column.first, a.areMasksHalf) * column.weight0
                + valueAt(a.masks, lower + column.second, a.areMasksHalf) * column.weight1;
            bytes[row] |= (u32)(above * lines[row].weight0 + below * lines[row].weight1 >= a.threshold) << k;
        }
    }
}

// A group is a byte of several rows. Blocks in z are images; threads in x share the groups of all objects of an image, whatever
// their sizes are.
KERNEL(pasteMasks, MaskRcnnArguments) {
    int image = blockZ();
    const MaskNotes& notes = a.notes[image];
    const MaskFind* finds = a.finds + (i64)image * a.most;
    i64 first = bytesBefore(a.notes, image);
    i64 groups = first + notes.bytes <= a.room ? notes.groups : 0;
    FOR_THREADS(t) {
        for (i64 i = (i64)blockX() * blockThreads() + t; i < groups; i += (i64)blocksX() * blockThreads()) {
            // The last object whose groups begin at or before this one; objects without pixels have none.
            int low = 0, high = notes.finds - 1;
            while (low < high) {
                int middle = (low + high + 1) / 2;
                if (finds[middle].group <= i) low = middle;
                else high = middle - 1;
            }
            const MaskFind& find = finds[low];
            i64 window = ((i64)image * a.slots + find.slot) * a.maskWidth * a.maskHeight;
            int group = (int)(i - find.group), column = group % find.rowBytes, y = group / find.rowBytes * RowsAtOnce;
            int rows = minOf(find.region[3] - find.region[1] - y, RowsAtOnce);
            u32 bytes[RowsAtOnce] = {};
            pasteBytes(a, find, window, find.region[0] + 8 * column, find.region[1] + y, rows, bytes);
            u8* target = a.bits + first + find.offset + (i64)y * find.rowBytes + column;
            UNROLL
            for (int row = 0; row < RowsAtOnce; row++)
                if (row < rows) target[(i64)row * find.rowBytes] = (u8)bytes[row];
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
