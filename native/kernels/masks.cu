// Masks of YOLO-seg. For each find: a rectangle of the prototype grid times the coefficients, resized bilinearly to its region of
// the frame, above 0.
#include "masktile.h"

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
