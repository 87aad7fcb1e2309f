// What is to be done for the masks of YOLO-seg, and how a mask is cut into tiles.
#pragma once

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
