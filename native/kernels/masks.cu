// Masks of YOLO-seg. For each find: a rectangle of the prototype grid times the coefficients, resized bilinearly to its region of
// the frame, above 0. The same operations in the same order as the CPU's MaskDecoder and MaskLogits.
#include "window.h"
#include "yolo.h"

// What is to be done for a find.
struct MaskJob {
    Region region;
    // The rectangle of the prototype grid.
    Region grid;
    // Where its values are, in floats; where its bits are, in bytes. Negative if there is no room.
    i64 values, bits;
};

// What a run took of the masks' memory. C#: TrtBindings.Vision.Yolo.GpuMasks.
struct MaskTotals {
    // Floats of grid values, in units of 4; bytes of bits, in units of 16.
    i64 values, bits;
};

struct MaskArguments {
    YoloHead head;
    const Frame* frames;
    const Counts* counts;
    const Found* kept;
    // [batch, others, gridHeight, gridWidth]
    const void* prototypes;
    MaskJob* jobs;
    Window* windows;
    float* coefficients;
    float* values;
    u8* bits;
    MaskTotals* totals;
    u32* results;
    i64 words;
    // Room for values and bits, in units.
    i64 valueUnits, bitUnits;
    int most, recordWords;
    int isHalf, prototypeCount, gridWidth, gridHeight;
    // Whether masks are in pixels of the model's input, and not of the picture.
    int isModelSpace;
    // Blocks in y, which share the finds.
    int slots;
};

DEVICE float widthOf(const MaskArguments& a, const Frame& frame) { return a.isModelSpace ? frame.inputWidth : frame.width; }
DEVICE float heightOf(const MaskArguments& a, const Frame& frame) { return a.isModelSpace ? frame.inputHeight : frame.height; }

DEVICE MaskJob jobOf(const MaskArguments& a, const Frame& frame, const Window& window, const Region& region) {
    MaskJob job = {region, {0, 0, 0, 0}, -1, -1};
    int width = window.right - window.left, height = window.bottom - window.top;
    float stepX = (float)width / widthOf(a, frame), stepY = (float)height / heightOf(a, frame);
    int left, right, top, bottom;
    needed(region.left, region.right - 1, stepX, width, left, right);
    needed(region.top, region.bottom - 1, stepY, height, top, bottom);
    left += window.left;
    right += window.left;
    top += window.top;
    bottom += window.top;
    if (window.enlargement > 1) {
        float step = 1.0f / (float)window.enlargement;
        int first, last;
        needed(left, right - 1, step, a.gridWidth, first, last);
        left = first;
        right = last;
        needed(top, bottom - 1, step, a.gridHeight, first, last);
        top = first;
        bottom = last;
    }
    job.grid = Region{left, top, right, bottom};
    return job;
}

// Plans the masks of a picture: after yoloResults, which wrote the records. One block for a picture.
KERNEL(maskPlan, MaskArguments) {
    SHARED(Window, window, 1);
    int picture = blockZ(), finds = a.counts[picture].finds;
    const Frame& frame = a.frames[picture];
    if (finds == 0) return;
    FOR_THREADS(t) {
        if (t == 0) {
            window[0] = a.isModelSpace ? Window{0, 0, a.gridHeight, a.gridWidth, 1}
                                       : windowOf(frame.width, frame.height, a.gridWidth, a.gridHeight);
            a.windows[picture] = window[0];
        }
    }
    FOR_THREADS(t) {
        for (int i = t; i < finds; i += blockThreads()) {
            i64 place = (i64)picture * a.most + i;
            Found found = a.kept[place];
            ResultRecord* record = recordOf(a.results, picture, a.words, i, a.recordWords);
            // The box as the model gave it: going to the image and back would round it.
            Region region = a.isModelSpace
                ? inside(found.x1, found.y1, found.x2, found.y2, frame.inputWidth, frame.inputHeight)
                : inside(record->box[0], record->box[1], record->box[2], record->box[3], frame.width, frame.height);
            record->left = region.left;
            record->top = region.top;
            record->right = region.right;
            record->bottom = region.bottom;
            MaskJob job = {region, {0, 0, 0, 0}, -1, -1};
            if (!isEmpty(region)) {
                job = jobOf(a, frame, window[0], region);
                i64 size = (i64)(job.grid.right - job.grid.left) * (job.grid.bottom - job.grid.top);
                i64 bytes = (i64)((region.right - region.left + 7) >> 3) * (region.bottom - region.top);
                i64 valueUnits = (size + 3) / 4, bitUnits = (bytes + 15) / 16;
                i64 values = atomicAdd(&a.totals->values, valueUnits), bits = atomicAdd(&a.totals->bits, bitUnits);
                if (values + valueUnits <= a.valueUnits && bits + bitUnits <= a.bitUnits) {
                    job.values = 4 * values;
                    job.bits = 16 * bits;
                    record->bits = (int)bits;
                }
            }
            a.jobs[place] = job;
        }
        for (int i = t; i < finds * a.prototypeCount; i += blockThreads()) {
            int find = i / a.prototypeCount, m = i - find * a.prototypeCount;
            int source = a.kept[(i64)picture * a.most + find].source;
            a.coefficients[(i64)picture * a.most * a.prototypeCount + i] =
                numberOf(a.head, picture, source, a.head.firstOther + m);
        }
    }
}

// Coefficients times prototypes. Blocks in x share the points of a find.
KERNEL(maskValues, MaskArguments) {
    int picture = blockZ(), finds = a.counts[picture].finds;
    i64 plane = (i64)a.gridWidth * a.gridHeight;
    FOR_THREADS(t) {
        for (int find = blockY(); find < finds; find += a.slots) {
            i64 place = (i64)picture * a.most + find;
            MaskJob job = a.jobs[place];
            int width = job.grid.right - job.grid.left, height = job.grid.bottom - job.grid.top;
            int size = job.values < 0 ? 0 : width * height;
            const float* coefficients = a.coefficients + place * a.prototypeCount;
            for (int i = blockX() * blockThreads() + t; i < size; i += blocksX() * blockThreads()) {
                int y = i / width, x = i - y * width;
                i64 at = (i64)picture * a.prototypeCount * plane + (i64)(job.grid.top + y) * a.gridWidth + job.grid.left + x;
                float sum = 0;
                UNROLL_4
                for (int m = 0; m < a.prototypeCount; m++)
                    sum = sum + valueAt(a.prototypes, at + m * plane, a.isHalf) * coefficients[m];
                a.values[job.values + i] = sum;
            }
        }
    }
}

// The value of the rectangle at a point of the grid.
DEVICE float coarseAt(const float* values, const Region& grid, int x, int y) {
    return values[(y - grid.top) * (grid.right - grid.left) + x - grid.left];
}

// The value at a point of the window.
DEVICE float pointAt(const MaskArguments& a, const Window& window, const float* values, const Region& grid, int x, int y) {
    x += window.left;
    y += window.top;
    if (window.enlargement == 1) return coarseAt(values, grid, x, y);
    float step = 1.0f / (float)window.enlargement, fx, fy;
    int left, top;
    locate(x, step, a.gridWidth, left, fx);
    locate(y, step, a.gridHeight, top, fy);
    int right = minOf(left + 1, a.gridWidth - 1), bottom = minOf(top + 1, a.gridHeight - 1);
    float upper = (1 - fx) * coarseAt(values, grid, left, top) + fx * coarseAt(values, grid, right, top);
    float lower = (1 - fx) * coarseAt(values, grid, left, bottom) + fx * coarseAt(values, grid, right, bottom);
    return lower * fy + upper * (1 - fy);
}

// Whether eight pixels in a row between columns of values are all set or all not set: all values that they are made of lie on one
// side of 0. Weights are from 0 to 1 and of two one is a half or more, so values that are not tiny give sums above 0; those that
// are not above 0 give none above it. Huge values are left to the exact way, because infinity times 0 is no number.
DEVICE bool areAlike(
    const MaskArguments& a, const Window& window, const MaskJob& job, int left, int end, int top, int bottom, bool& areSet) {
    int width = window.right - window.left;
    float low = floatOf(0x7F800000u), high = floatOf(0xFF800000u);
    for (int x = left; x <= minOf(end + 1, width - 1); x++) {
        float upper = pointAt(a, window, a.values + job.values, job.grid, x, top);
        float lower = pointAt(a, window, a.values + job.values, job.grid, x, bottom);
        if (isNaN(upper) || isNaN(lower)) return false;
        low = upper < low ? upper : low;
        low = lower < low ? lower : low;
        high = upper > high ? upper : high;
        high = lower > high ? lower : high;
    }
    areSet = low > 0;
    return areSet ? low > 1e-30f && high < 1e30f : high <= 0;
}

// Eight pixels of a mask, lowest bit first.
DEVICE u32 pixelsOf(const MaskArguments& a, const Frame& frame, const Window& window, const MaskJob& job, int row, int byte) {
    int width = window.right - window.left, height = window.bottom - window.top;
    float stepX = (float)width / widthOf(a, frame), stepY = (float)height / heightOf(a, frame), fy;
    int top;
    locate(job.region.top + row, stepY, height, top, fy);
    int bottom = minOf(top + 1, height - 1), first = job.region.left + 8 * byte, known = -1;
    const float* values = a.values + job.values;
    float upperLeft = 0, upperRight = 0, lowerLeft = 0, lowerRight = 0;
    u32 bits = 0;
    // Most of a mask is inside or outside of the object. Where 8 pixels are many columns apart, looking at all would cost more.
    int firstLeft, lastLeft, last = minOf(first + 8, job.region.right) - 1;
    float unused;
    locate(first, stepX, width, firstLeft, unused);
    locate(last, stepX, width, lastLeft, unused);
    bool areSet;
    if (lastLeft - firstLeft <= 2 && areAlike(a, window, job, firstLeft, lastLeft, top, bottom, areSet))
        return areSet ? (2u << (last - first)) - 1 : 0;
    for (int i = 0; i < 8 && first + i < job.region.right; i++) {
        int left;
        float fx;
        locate(first + i, stepX, width, left, fx);
        if (left != known) {
            int right = minOf(left + 1, width - 1);
            upperLeft = pointAt(a, window, values, job.grid, left, top);
            upperRight = pointAt(a, window, values, job.grid, right, top);
            lowerLeft = pointAt(a, window, values, job.grid, left, bottom);
            lowerRight = pointAt(a, window, values, job.grid, right, bottom);
            known = left;
        }
        float upper = (1 - fx) * upperLeft + fx * upperRight, lower = (1 - fx) * lowerLeft + fx * lowerRight;
        if (upper * (1 - fy) + lower * fy > 0) bits |= 1u << i;
    }
    return bits;
}

// Above 0. Blocks in x share the bytes of a find.
KERNEL(maskBits, MaskArguments) {
    SHARED(int, area, 1);
    int picture = blockZ(), finds = a.counts[picture].finds;
    if ((int)blockY() >= finds) return;
    Window window = a.windows[picture];
    for (int find = blockY(); find < finds; find += a.slots) {
        MaskJob job = a.jobs[(i64)picture * a.most + find];
        if (job.bits < 0) continue;
        int rowBytes = (job.region.right - job.region.left + 7) >> 3;
        int bytes = rowBytes * (job.region.bottom - job.region.top);
        if (blockX() * blockThreads() >= bytes) continue;
        FOR_THREADS(t) {
            if (t == 0) area[0] = 0;
        }
        FOR_THREADS(t) {
            int own = 0;
            for (int i = blockX() * blockThreads() + t; i < bytes; i += blocksX() * blockThreads()) {
                int row = i / rowBytes;
                u32 bits = pixelsOf(a, a.frames[picture], window, job, row, i - row * rowBytes);
                a.bits[job.bits + i] = (u8)bits;
                own += bitCount(bits);
            }
            if (own) atomicAdd(&area[0], own);
        }
        FOR_THREADS(t) {
            if (t == 0 && area[0])
                atomicAdd(&recordOf(a.results, picture, a.words, find, a.recordWords)->area, area[0]);
        }
    }
}

struct CopyMasksArguments {
    const u64* bits;
    u64* target;
    const MaskTotals* totals;
    MaskTotals* targetTotals;
    i64 capacity;
};

// The masks' bits that are in use, and the totals, to pinned memory.
KERNEL(copyMasks, CopyMasksArguments) {
    FOR_THREADS(t) {
        i64 units = a.totals->bits < a.capacity ? a.totals->bits : a.capacity;
        i64 thread = (i64)blockX() * blockThreads() + t;
        if (thread == 0) *a.targetTotals = *a.totals;
        i64 threads = (i64)blocksX() * blockThreads(), end = a.target ? 2 * units : 0;
        // Four reads on their way at once, and then the writes over the bus, in which neighbours lie side by side.
        for (i64 first = thread; first < end; first += 4 * threads) {
            u64 parts[4];
            UNROLL
            for (int k = 0; k < 4; k++) parts[k] = first + k * threads < end ? a.bits[first + k * threads] : 0;
            UNROLL
            for (int k = 0; k < 4; k++)
                if (first + k * threads < end) a.target[first + k * threads] = parts[k];
        }
    }
}
