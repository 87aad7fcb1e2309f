// Objects of a Mask R-CNN with a fixed number of slots. C#: TrtBindings.Vision.MaskRcnn.GpuMaskRcnnInstances.
#include "maskrcnn.h"

constexpr int SlotThreads = 256;

DEVICE i64 wholeAt(const void* values, i64 index, int is64) {
    return is64 ? ((const i64*)values)[index] : (i64)((const int*)values)[index];
}

// Clamps an edge to the picture; NaN becomes 0.
DEVICE int insideOf(float edge, int length) { return toInt(clampTo(edge, 0.0f, (float)length)); }

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
    SHARED(i64, groups, SlotThreads);
    SHARED(i64, before, 3);
    int image = blockX();
    const Frame& frame = a.frames[image];
    i64 count = a.counts ? wholeAt(a.counts, image, a.isCount64) : a.slots;
    int slots = count < 0 || count > a.slots || frame.width <= 0 ? 0 : (int)count;
    if (a.isPasted && (a.maskWidth != frame.width || a.maskHeight != frame.height)) slots = 0;
    FOR_THREADS(t) {
        if (t < 3) before[t] = 0;
    }
    for (int first = 0; first < slots; first += SlotThreads) {
        FOR_THREADS(t) {
            MaskFind find;
            bool isFind = first + t < slots && findOf(a, image, first + t, find);
            kept[t] = isFind;
            int height = isFind ? find.region[3] - find.region[1] : 0;
            sizes[t] = isFind ? ((i64)find.rowBytes * height + 15) / 16 * 16 : 0;
            groups[t] = isFind ? (i64)find.rowBytes * ((height + RowsAtOnce - 1) / RowsAtOnce) : 0;
        }
        FOR_THREADS(t) {
            if (kept[t]) {
                i64 place = before[0], offset = before[1], group = before[2];
                for (int i = 0; i < t; i++) {
                    place += kept[i];
                    offset += sizes[i];
                    group += groups[i];
                }
                if (place < a.most) {
                    MaskFind find;
                    findOf(a, image, first + t, find);
                    find.offset = offset;
                    find.group = group;
                    a.finds[(i64)image * a.most + place] = find;
                }
            }
        }
        FOR_THREADS(t) {
            if (t == 0)
                for (int i = 0; i < SlotThreads && before[0] < a.most; i++) {
                    before[0] += kept[i];
                    before[1] += sizes[i];
                    before[2] += groups[i];
                }
        }
    }
    FOR_THREADS(t) {
        if (t == 0) {
            MaskNotes& notes = a.notes[image];
            notes.count = count;
            notes.bytes = before[1];
            notes.groups = before[2];
            notes.finds = (int)before[0];
            notes.slots = a.slots;
            notes.maskWidth = a.maskWidth;
            notes.maskHeight = a.maskHeight;
        }
    }
}
