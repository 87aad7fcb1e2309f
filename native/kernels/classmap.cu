// The class of every pixel, from logits. C#: TrtBindings.Vision.SemanticSegmentation.GpuClassMaps.
#include "maps.h"

constexpr int TileWidth = 64, TileHeight = 32, TilePoints = 1024;

// C#: BilinearTap.Locate.
DEVICE void locateInMap(int position, float step, int length, int& index, float& fraction) {
    float at = step * ((float)position + 0.5f) - 0.5f;
    at = maxOf(at, 0.0f);
    index = minOf(toInt(at), length - 1);
    fraction = index < length - 1 ? at - (float)index : 0.0f;
}

// The planes of one image, from the first point of its window on.
struct Grid {
    const void* values;
    i64 first, plane;
    int pitch, classes, isHalf;
    float threshold;
};

DEVICE float logitAt(const Grid& grid, int label, i64 point) {
    return valueAt(grid.values, grid.first + label * grid.plane + point, grid.isHalf);
}

// The best class of a point; of equal classes the first. NaN is never the best.
DEVICE u8 bestAt(const Grid& grid, i64 point) {
    if (grid.classes == 1) return logitAt(grid, 0, point) > grid.threshold ? 1 : 0;
    float best = floatOf(0xFF800000u);
    int result = 0;
    for (int label = 0; label < grid.classes; label++) {
        float value = logitAt(grid, label, point);
        if (value > best) { best = value; result = label; }
    }
    return (u8)result;
}

// The four points around a pixel, and the weights of the right and of the lower ones.
struct Taps {
    i64 upperLeft, upperRight, lowerLeft, lowerRight;
    float right, low;
};

// The best class of the interpolated logits. C#: BlendedClasses.
DEVICE u8 bestBetween(const Grid& grid, const Taps& taps) {
    float best = floatOf(0xFF800000u), left = 1 - taps.right, up = 1 - taps.low;
    int result = 0;
    for (int label = 0; label < grid.classes; label++) {
        float upper = left * logitAt(grid, label, taps.upperLeft) + taps.right * logitAt(grid, label, taps.upperRight);
        float lower = left * logitAt(grid, label, taps.lowerLeft) + taps.right * logitAt(grid, label, taps.lowerRight);
        float value = upper * up + lower * taps.low;
        if (grid.classes == 1) return value > grid.threshold ? 1 : 0;
        if (value > best) { best = value; result = label; }
    }
    return (u8)result;
}

// Blocks in z are images; blocks in x share the tiles of the map. As on the CPU, a class that is best at all four points around a
// pixel is taken without interpolation, so each tile first finds the classes of its points.
KERNEL(classMap, MapArguments) {
    SHARED(u8, points, TilePoints);
    SHARED(int, areas, 256);
    const Frame& frame = a.frames[blockZ()];
    MapNotes& notes = a.notes[blockZ()];
    MapWindow window = windowOf(frame, a.gridWidth, a.gridHeight, a.isCut && a.isOfImage && frame.width > 0);
    int width = a.isOfImage ? frame.width : a.gridWidth, height = a.isOfImage ? frame.height : a.gridHeight;
    if (frame.width <= 0) width = height = 0;
    i64 plane = (i64)a.gridWidth * a.gridHeight;
    Grid grid = {a.values, (i64)blockZ() * a.classes * plane + (i64)window.top * a.gridWidth + window.left, plane, a.gridWidth,
        a.classes, a.type, a.asksValues ? (notes.areLogits ? 0.0f : 0.5f) : a.threshold};
    FOR_THREADS(t) {
        if (t == 0 && blockX() == 0) {
            notes.width = width;
            notes.height = height;
            notes.classes = a.classes;
        }
        for (int i = t; i < 256; i += blockThreads()) areas[i] = 0;
    }
    bool isSame = width == window.width && height == window.height, hasRoom = (i64)width * height <= a.room;
    float stepX = (float)window.width / (float)width, stepY = (float)window.height / (float)height;
    u8* map = a.maps + (i64)blockZ() * a.room;
    int across = (width + TileWidth - 1) / TileWidth, down = (height + TileHeight - 1) / TileHeight;
    int tiles = hasRoom ? across * down : 0;
    for (int tile = blockX(); tile < tiles; tile += blocksX()) {
        int x0 = tile % across * TileWidth, y0 = tile / across * TileHeight;
        int x1 = minOf(x0 + TileWidth, width), y1 = minOf(y0 + TileHeight, height);
        int column0, column1, row0, row1;
        float unused;
        locateInMap(x0, stepX, window.width, column0, unused);
        locateInMap(x1 - 1, stepX, window.width, column1, unused);
        locateInMap(y0, stepY, window.height, row0, unused);
        locateInMap(y1 - 1, stepY, window.height, row1, unused);
        int columns = minOf(column1 + 1, window.width - 1) - column0 + 1;
        int rows = minOf(row1 + 1, window.height - 1) - row0 + 1;
        // If the map is much smaller than the grid, the points of a tile are too many, and most of no use.
        bool isShared = !isSame && (i64)columns * rows <= TilePoints;
        if (isShared) {
            FOR_THREADS(t) {
                for (int i = t; i < columns * rows; i += blockThreads())
                    points[i] = bestAt(grid, (i64)(row0 + i / columns) * a.gridWidth + column0 + i % columns);
            }
        }
        FOR_THREADS(t) {
            Run run = {0, 0};
            for (int i = t; i < TileWidth * TileHeight; i += blockThreads()) {
                int x = x0 + i % TileWidth, y = y0 + i / TileWidth;
                if (x >= x1 || y >= y1) continue;
                u8 label;
                if (isSame) {
                    label = bestAt(grid, (i64)y * a.gridWidth + x);
                } else {
                    int left, upper;
                    Taps taps;
                    locateInMap(x, stepX, window.width, left, taps.right);
                    locateInMap(y, stepY, window.height, upper, taps.low);
                    int right = minOf(left + 1, window.width - 1), lower = minOf(upper + 1, window.height - 1);
                    taps.upperLeft = (i64)upper * a.gridWidth + left;
                    taps.upperRight = (i64)upper * a.gridWidth + right;
                    taps.lowerLeft = (i64)lower * a.gridWidth + left;
                    taps.lowerRight = (i64)lower * a.gridWidth + right;
                    bool isMixed;
                    if (isShared) {
                        const u8* above = points + (upper - row0) * columns - column0;
                        const u8* below = points + (lower - row0) * columns - column0;
                        label = above[left];
                        isMixed = label != above[right] || label != below[left] || label != below[right];
                    } else {
                        label = bestAt(grid, taps.upperLeft);
                        isMixed = label != bestAt(grid, taps.upperRight) || label != bestAt(grid, taps.lowerLeft)
                            || label != bestAt(grid, taps.lowerRight);
                    }
                    if (isMixed) label = bestBetween(grid, taps);
                }
                map[(i64)y * width + x] = label;
                countPixel(run, label, areas);
            }
            if (run.count > 0) atomicAdd(&areas[run.label], run.count);
        }
    }
    FOR_THREADS(t) {
        for (int i = t; i < 256; i += blockThreads())
            if (areas[i] > 0) atomicAdd(&a.areas[256 * blockZ() + i], areas[i]);
    }
}

// Notes whether a value of the one plane is outside of 0 to 1, in the part that the picture covers.
KERNEL(planeValues, MapArguments) {
    const Frame& frame = a.frames[blockZ()];
    MapWindow window = windowOf(frame, a.gridWidth, a.gridHeight, a.isCut && a.isOfImage && frame.width > 0);
    i64 first = (i64)blockZ() * a.gridWidth * a.gridHeight + (i64)window.top * a.gridWidth + window.left;
    FOR_THREADS(t) {
        bool areLogits = false;
        int count = window.width * window.height;
        for (int i = blockX() * blockThreads() + t; i < count; i += blocksX() * blockThreads()) {
            float value = valueAt(a.values, first + (i64)(i / window.width) * a.gridWidth + i % window.width, a.type);
            if (!(value >= 0 && value <= 1)) areLogits = true;
        }
        if (areLogits) atomicMax(&a.notes[blockZ()].areLogits, 1);
    }
}

struct CopyMapsArguments {
    const MapNotes* notes;
    const u8* source;
    u8* target;
    i64 room;
};

struct alignas(16) Chunk {
    u64 low, high;
};

// Copies what each map has, to pinned host memory. Blocks in z are images; rooms are multiples of 16 bytes.
KERNEL(copyMaps, CopyMapsArguments) {
    i64 bytes = (i64)a.notes[blockZ()].width * a.notes[blockZ()].height;
    i64 first = (i64)blockZ() * a.room / 16, chunks = bytes <= a.room ? (bytes + 15) / 16 : 0;
    FOR_THREADS(t) {
        for (i64 i = (i64)blockX() * blockThreads() + t; i < chunks; i += (i64)blocksX() * blockThreads())
            ((Chunk*)a.target)[first + i] = ((const Chunk*)a.source)[first + i];
    }
}
