// Masks of YOLO-seg. For each find: a rectangle of the prototype grid times the coefficients, resized bilinearly to its region of
// the frame, above 0. The same operations in the same order as the CPU's MaskDecoder and MaskLogits.
#include "window.h"
#include "yolo.h"

// What is to be done for a find. A block makes a tile of a mask at a time.
struct MaskJob {
    Region region;
    Window window;
    // The first of its tiles among those of all finds, and their number.
    int firstTile, tiles;
    // Tiles side by side; bytes of a row and strips of 8 rows in a tile.
    int columns, tileBytes, strips;
    int picture, find, source;
    // Where its bits are, in units of 16 bytes.
    int bits;
    // Points of the window for one pixel.
    float stepX, stepY;
};

// What a run took of the masks' memory. C#: TrtBindings.Vision.Yolo.GpuYoloMasks.
struct MaskTotals {
    // In the upper half the finds that have tiles, in the lower half their tiles: one addition gives a find both places.
    i64 work;
    // Bytes of bits, in units of 16.
    i64 bits;
};

struct MaskArguments {
    YoloHead head;
    const Frame* frames;
    const Counts* counts;
    const Found* kept;
    // [batch, others, gridHeight, gridWidth]
    const void* prototypes;
    // Those of all pictures, by their first tile.
    MaskJob* jobs;
    u8* bits;
    MaskTotals* totals;
    u32* results;
    i64 words;
    // Room for bits, in units.
    i64 bitUnits;
    int most, recordWords;
    int isHalf, prototypeCount, gridWidth, gridHeight;
    // Whether masks are in pixels of the model's input, and not of the picture.
    int isModelSpace;
};

// Values that a tile may need: those of the enlarged grid, and those of the grid that they are made of.
#define MASK_VALUES 4096
#define MASK_THREADS 256
#define MASK_COEFFICIENTS 64

// At most so many points in a row are needed for some pixels.
DEVICE int pointsFor(int pixels, float step, int length) { return minOf((int)((float)pixels * step) + 3, length); }

DEVICE i64 valuesFor(const MaskArguments& a, const MaskJob& job) {
    const Window& window = job.window;
    int width = pointsFor(8 * job.tileBytes, job.stepX, window.right - window.left);
    int height = pointsFor(8 * job.strips, job.stepY, window.bottom - window.top);
    i64 values = (i64)width * height;
    if (window.enlargement == 1) return values;
    float step = 1.0f / (float)window.enlargement;
    return values + (i64)pointsFor(width, step, a.gridWidth) * pointsFor(height, step, a.gridHeight);
}

// As many bytes and strips as there are threads, as long as the values have room.
DEVICE void shapeTiles(const MaskArguments& a, MaskJob& job) {
    int rowBytes = (job.region.right - job.region.left + 7) >> 3, rows = job.region.bottom - job.region.top;
    int columns = (rowBytes + 15) / 16;
    job.tileBytes = (rowBytes + columns - 1) / columns;
    job.strips = minOf(MASK_THREADS / job.tileBytes, (rows + 7) / 8);
    while (job.strips > 1 && valuesFor(a, job) > MASK_VALUES) job.strips = (job.strips + 1) / 2;
    while (job.tileBytes > 1 && valuesFor(a, job) > MASK_VALUES) job.tileBytes = (job.tileBytes + 1) / 2;
    job.columns = (rowBytes + job.tileBytes - 1) / job.tileBytes;
    job.tiles = job.columns * ((rows + 8 * job.strips - 1) / (8 * job.strips));
}

// Plans the mask of a find whose record has its box.
DEVICE void planMask(
    const MaskArguments& a, const Frame& frame, const Window& window, int picture, int find, const Found& found,
    ResultRecord* record) {
    int width = a.isModelSpace ? frame.inputWidth : frame.width, height = a.isModelSpace ? frame.inputHeight : frame.height;
    // The box as the model gave it: going to the image and back would round it.
    Region region = a.isModelSpace ? inside(found.x1, found.y1, found.x2, found.y2, width, height)
                                   : inside(record->box[0], record->box[1], record->box[2], record->box[3], width, height);
    record->left = region.left;
    record->top = region.top;
    record->right = region.right;
    record->bottom = region.bottom;
    if (isEmpty(region)) return;
    i64 bytes = (i64)((region.right - region.left + 7) >> 3) * (region.bottom - region.top), units = (bytes + 15) / 16;
    i64 bits = atomicAdd(&a.totals->bits, units);
    if (bits + units > a.bitUnits) return;
    record->bits = (int)bits;
    MaskJob job = {region, window, 0, 0, 0, 0, 0, picture, find, found.source, (int)bits, 0, 0};
    job.stepX = (float)(window.right - window.left) / (float)width;
    job.stepY = (float)(window.bottom - window.top) / (float)height;
    shapeTiles(a, job);
    i64 place = atomicAdd(&a.totals->work, ((i64)1 << 32) + job.tiles);
    job.firstTile = (int)place;
    a.jobs[place >> 32] = job;
}

struct YoloInstancesArguments {
    // Without ordered candidates the finds are there.
    YoloSuppressArguments suppression;
    MaskArguments masks;
};

// What is kept of a picture, the records of it and what is to be done for its masks: one launch for three steps, because each
// waits for room beside the next model. One block of 512 threads for a picture.
KERNEL(yoloInstances, YoloInstancesArguments) {
    SHARED(Window, window, 1);
    const MaskArguments& masks = a.masks;
    int picture = blockZ();
    int finds = a.suppression.ordered ? suppressYolo(a.suppression, picture) : masks.counts[picture].finds;
    const Frame& frame = masks.frames[picture];
    FOR_THREADS(t) {
        if (t == 0) {
            writeHeader(masks.results, picture, masks.words, finds, masks.counts[picture].candidates);
            if (finds > 0) {
                window[0] = masks.isModelSpace ? Window{0, 0, masks.gridHeight, masks.gridWidth, 1}
                                               : windowOf(frame.width, frame.height, masks.gridWidth, masks.gridHeight);
            }
        }
    }
    FOR_THREADS(t) {
        for (int i = t; i < finds; i += blockThreads()) {
            const Found found = masks.kept[(i64)picture * masks.most + i];
            ResultRecord* record = recordOf(masks.results, picture, masks.words, i, masks.recordWords);
            writeRecord(frame, found, record);
            planMask(masks, frame, window[0], picture, i, found, record);
        }
    }
}

// A sum goes on with some prototypes, in order.
template <class Number>
DEVICE float addProducts(float sum, const Number* prototypes, i64 plane, const float* coefficients, int count) {
    UNROLL_16
    for (int m = 0; m < count; m++) sum = sum + floatFrom(prototypes[m * plane]) * coefficients[m];
    return sum;
}

// The value of the grid at a point, where there is no room for all that a tile needs.
DEVICE float gridValueAt(const MaskArguments& a, const MaskJob& job, int x, int y) {
    i64 plane = (i64)a.gridWidth * a.gridHeight, at = job.picture * a.prototypeCount * plane + (i64)y * a.gridWidth + x;
    float sum = 0;
    for (int m = 0; m < a.prototypeCount; m++) {
        float coefficient = numberOf(a.head, job.picture, job.source, a.head.firstOther + m);
        sum = sum + valueAt(a.prototypes, at + m * plane, a.isHalf) * coefficient;
    }
    return sum;
}

// A rectangle of the prototype grid in shared memory.
struct GridValues {
    const float* values;
    Region region;
    DEVICE_MEMBER float at(int x, int y) const {
        return values[(y - region.top) * (region.right - region.left) + x - region.left];
    }
};

// The same without memory.
struct GridProducts {
    const MaskArguments& a;
    const MaskJob& job;
    DEVICE_MEMBER float at(int x, int y) const { return gridValueAt(a, job, x, y); }
};

// The value at a point of the window.
template <class Grid>
DEVICE float pointAt(const MaskArguments& a, const Window& window, const Grid& grid, int x, int y) {
    x += window.left;
    y += window.top;
    if (window.enlargement == 1) return grid.at(x, y);
    float step = 1.0f / (float)window.enlargement, fx, fy;
    int left, top;
    locate(x, step, a.gridWidth, left, fx);
    locate(y, step, a.gridHeight, top, fy);
    int right = minOf(left + 1, a.gridWidth - 1), bottom = minOf(top + 1, a.gridHeight - 1);
    float upper = (1 - fx) * grid.at(left, top) + fx * grid.at(right, top);
    float lower = (1 - fx) * grid.at(left, bottom) + fx * grid.at(right, bottom);
    return lower * fy + upper * (1 - fy);
}

enum Alike { NoneSet, AllSet, Mixed };

// Whether eight pixels in a row between columns of values are all set or all not set: all values that they are made of lie on one
// side of 0. Weights are from 0 to 1 and of two one is a half or more, so values that are not tiny give sums above 0; those that
// are not above 0 give none above it. Huge values are left to the exact way, because infinity times 0 is no number.
DEVICE Alike alikeAt(const GridValues& points, int left, int right, int top, int bottom) {
    // Where 8 pixels are many columns apart, looking at all would cost more.
    if (right - left > 3) return Mixed;
    float low = floatOf(0x7F800000u), high = floatOf(0xFF800000u);
    for (int x = left; x <= right; x++) {
        float upper = points.at(x, top), lower = points.at(x, bottom);
        if (isNaN(upper) || isNaN(lower)) return Mixed;
        low = upper < low ? upper : low;
        low = lower < low ? lower : low;
        high = upper > high ? upper : high;
        high = lower > high ? lower : high;
    }
    if (low > 0) return low > 1e-30f && high < 1e30f ? AllSet : Mixed;
    return high <= 0 ? NoneSet : Mixed;
}

// A tile: part of a mask.
struct MaskTile {
    // Its first byte in a row, and how many; its first row, and the one after its last.
    int byte, bytes, row, end;
    // The points of the window and of the grid that it needs.
    Region points, grid;
};

DEVICE MaskTile tileOf(const MaskArguments& a, const MaskJob& job, int index) {
    MaskTile tile;
    const Region& region = job.region;
    const Window& window = job.window;
    int rowBytes = (region.right - region.left + 7) >> 3, y = index / job.columns, x = index - y * job.columns;
    tile.byte = x * job.tileBytes;
    tile.bytes = minOf(job.tileBytes, rowBytes - tile.byte);
    tile.row = y * 8 * job.strips;
    tile.end = minOf(tile.row + 8 * job.strips, region.bottom - region.top);
    int first = region.left + 8 * tile.byte, last = minOf(first + 8 * tile.bytes, region.right) - 1;
    Region& points = tile.points;
    needed(first, last, job.stepX, window.right - window.left, points.left, points.right);
    needed(region.top + tile.row, region.top + tile.end - 1, job.stepY, window.bottom - window.top, points.top, points.bottom);
    tile.grid = Region{
        points.left + window.left, points.top + window.top, points.right + window.left, points.bottom + window.top};
    if (window.enlargement > 1) {
        float step = 1.0f / (float)window.enlargement;
        Region whole = tile.grid;
        needed(whole.left, whole.right - 1, step, a.gridWidth, tile.grid.left, tile.grid.right);
        needed(whole.top, whole.bottom - 1, step, a.gridHeight, tile.grid.top, tile.grid.bottom);
    }
    return tile;
}

DEVICE int sizeOf(const Region& region) { return (region.right - region.left) * (region.bottom - region.top); }

// Eight pixels of up to eight rows, lowest bit first. Returns how many are set.
DEVICE int fillStrip(const MaskJob& job, const GridValues& points, int byte, int row, int end, u8* bits, int rowBytes) {
    const Region& region = job.region;
    int width = job.window.right - job.window.left, height = job.window.bottom - job.window.top;
    int first = region.left + 8 * byte, last = minOf(first + 8, region.right) - 1, left, right, known = -1, set = 0;
    float unused, upper[8] = {}, lower[8] = {};
    u32 all = (2u << (last - first)) - 1;
    Alike alike = Mixed;
    locate(first, job.stepX, width, left, unused);
    locate(last, job.stepX, width, right, unused);
    right = minOf(right + 1, width - 1);
    for (; row < end; row++, bits += rowBytes) {
        float fy;
        int top;
        locate(region.top + row, job.stepY, height, top, fy);
        if (top != known) {
            // The next rows lie between the same values.
            int bottom = minOf(top + 1, height - 1);
            known = top;
            alike = alikeAt(points, left, right, top, bottom);
            if (alike == Mixed) {
                UNROLL
                for (int i = 0; i < 8; i++) {
                    int x;
                    float fx;
                    locate(minOf(first + i, last), job.stepX, width, x, fx);
                    int next = minOf(x + 1, width - 1);
                    upper[i] = (1 - fx) * points.at(x, top) + fx * points.at(next, top);
                    lower[i] = (1 - fx) * points.at(x, bottom) + fx * points.at(next, bottom);
                }
            }
        }
        u32 byteBits = alike == NoneSet ? 0 : all;
        if (alike == Mixed) {
            byteBits = 0;
            UNROLL
            for (int i = 0; i < 8; i++) byteBits |= (upper[i] * (1 - fy) + lower[i] * fy > 0 ? 1u : 0u) << i;
            byteBits &= all;
        }
        *bits = (u8)byteBits;
        set += bitCount(byteBits);
    }
    return set;
}

// The same for eight pixels of a row, without the memory for what several share.
DEVICE u32 pixelsOf(const MaskArguments& a, const MaskJob& job, int byte, int row) {
    int width = job.window.right - job.window.left, height = job.window.bottom - job.window.top, top;
    float fy;
    GridProducts grid = {a, job};
    locate(job.region.top + row, job.stepY, height, top, fy);
    int bottom = minOf(top + 1, height - 1), first = job.region.left + 8 * byte;
    u32 bits = 0;
    for (int i = 0; i < 8 && first + i < job.region.right; i++) {
        int left;
        float fx;
        locate(first + i, job.stepX, width, left, fx);
        int right = minOf(left + 1, width - 1);
        float upper = (1 - fx) * pointAt(a, job.window, grid, left, top) + fx * pointAt(a, job.window, grid, right, top);
        float lower = (1 - fx) * pointAt(a, job.window, grid, left, bottom) + fx * pointAt(a, job.window, grid, right, bottom);
        if (upper * (1 - fy) + lower * fy > 0) bits |= 1u << i;
    }
    return bits;
}

// Any number of blocks of 256 threads, which share the tiles of all finds.
KERNEL(maskTiles, MaskArguments) {
    SHARED(MaskJob, jobs, 1);
    SHARED(float, values, MASK_VALUES);
    SHARED(float, coefficients, MASK_COEFFICIENTS);
    SHARED(int, area, 1);
    i64 work = a.totals->work, plane = (i64)a.gridWidth * a.gridHeight;
    int jobCount = (int)(work >> 32), tiles = (int)work;
    for (int tile = blockX(); tile < tiles; tile += blocksX()) {
        FOR_THREADS(t) {
            if (t == 0) area[0] = 0;
            for (int i = t; i < jobCount; i += MASK_THREADS) {
                int first = a.jobs[i].firstTile;
                if (tile >= first && tile - first < a.jobs[i].tiles) jobs[0] = a.jobs[i];
            }
        }
        const MaskJob job = jobs[0];
        MaskTile part = tileOf(a, job, tile - job.firstTile);
        int pointCount = job.window.enlargement > 1 ? sizeOf(part.points) : 0, gridCount = sizeOf(part.grid);
        bool fits = pointCount + gridCount <= MASK_VALUES;
        float* grid = values + (fits ? pointCount : 0);
        for (int m = 0; m < a.prototypeCount && fits; m += MASK_COEFFICIENTS) {
            int count = minOf(a.prototypeCount - m, MASK_COEFFICIENTS);
            FOR_THREADS(t) {
                if (t < count) coefficients[t] = numberOf(a.head, job.picture, job.source, a.head.firstOther + m + t);
            }
            FOR_THREADS(t) {
                int width = part.grid.right - part.grid.left;
                i64 start = (i64)(job.picture * a.prototypeCount + m) * plane;
                for (int i = t; i < gridCount; i += MASK_THREADS) {
                    int y = i / width, x = i - y * width;
                    i64 at = start + (i64)(part.grid.top + y) * a.gridWidth + part.grid.left + x;
                    float sum = m == 0 ? 0 : grid[i];
                    grid[i] = a.isHalf ? addProducts(sum, (const u16*)a.prototypes + at, plane, coefficients, count)
                                       : addProducts(sum, (const float*)a.prototypes + at, plane, coefficients, count);
                }
            }
        }
        if (fits && pointCount) {
            FOR_THREADS(t) {
                int width = part.points.right - part.points.left;
                GridValues from = {grid, part.grid};
                for (int i = t; i < pointCount; i += MASK_THREADS) {
                    int y = i / width, x = i - y * width;
                    values[i] = pointAt(a, job.window, from, part.points.left + x, part.points.top + y);
                }
            }
        }
        FOR_THREADS(t) {
            int strip = t / part.bytes, byte = part.byte + t - strip * part.bytes, row = part.row + 8 * strip;
            int rowBytes = (job.region.right - job.region.left + 7) >> 3, end = minOf(row + 8, part.end), set = 0;
            u8* bits = a.bits + 16 * (i64)job.bits + (i64)row * rowBytes + byte;
            if (row < end && strip < job.strips) {
                if (fits) set = fillStrip(job, GridValues{values, part.points}, byte, row, end, bits, rowBytes);
                for (; !fits && row < end; row++, bits += rowBytes) {
                    u32 some = pixelsOf(a, job, byte, row);
                    *bits = (u8)some;
                    set += bitCount(some);
                }
            }
            if (set) atomicAdd(&area[0], set);
        }
        FOR_THREADS(t) {
            if (t == 0 && area[0])
                atomicAdd(&recordOf(a.results, job.picture, a.words, job.find, a.recordWords)->area, area[0]);
        }
    }
}

struct CopyMasksArguments {
    const u64* bits;
    u64* target;
    const MaskTotals* totals;
    MaskTotals* targetTotals;
    i64 capacity;
    CopyResultsArguments results;
    int pictures;
};

// The masks' bits that are in use, the totals and the records, to pinned memory.
KERNEL(copyMasks, CopyMasksArguments) {
    FOR_THREADS(t) {
        i64 units = a.totals->bits < a.capacity ? a.totals->bits : a.capacity;
        i64 thread = (i64)blockX() * blockThreads() + t;
        if (thread == 0) *a.targetTotals = *a.totals;
        for (int picture = blockX(); picture < a.pictures; picture += blocksX())
            copyRecords(a.results, picture, t, blockThreads());
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
