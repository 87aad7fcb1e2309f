// A tile of a mask: its values, and its bits. The same operations in the same order as the CPU's MaskDecoder and MaskLogits.
#pragma once

#include "maskplan.h"

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
