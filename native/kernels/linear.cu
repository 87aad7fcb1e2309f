// Resizes as OpenCV's INTER_LINEAR on 8-bit pixels, into the model's input. C#: LinearResizer, LinearWeights, VerticalBlend.
#include "input.h"
#include "pixel.h"

// Output rows of a block: its threads share the work in double precision of the columns.
constexpr int LinearRows = 8;

struct LinearTap {
    int first, second, weight0, weight1;
};

// Source pixels for each output pixel. `factor` is what OpenCV's resize was given in place of a size, or 0.
DEVICE double linearStep(int source, int target, float factor) {
    return factor > 0 ? 1 / (double)factor : 1.0 / (target / (double)source);
}

DEVICE LinearTap linearTap(int position, double step, int source, bool isColumn) {
    float at = (float)((position + 0.5) * step - 0.5);
    float whole = floorOf(at);
    int index = (int)whole;
    float fraction = at - whole;
    LinearTap tap = {
        clampTo(index, 0, source - 1), clampTo(index + 1, 0, source - 1), (int)roundOf((1.0f - fraction) * 2048),
        (int)roundOf(fraction * 2048)};
    if (isColumn && (index < 0 || index >= source - 1)) {
        tap.second = tap.first;
        tap.weight0 = 2048;
        tap.weight1 = 0;
    }
    return tap;
}

// Both truncations affect the result.
DEVICE int linearBlend(const LinearTap& column, const LinearTap& row, int a, int b, int c, int d) {
    int upper = (a * column.weight0 + b * column.weight1) >> 4, lower = (c * column.weight0 + d * column.weight1) >> 4;
    return (((upper * row.weight0) >> 16) + ((lower * row.weight1) >> 16) + 2) >> 2;
}

// Two neighbours of a row (or one pixel twice) of 3 bytes a pixel: a few words are read in place of 6 bytes. Only words that have a
// byte of a pixel are.
DEVICE void packedPair(const Frame& f, int first, int second, int y, int channels, u32& left, u32& right) {
    const u8* pixel = f.planes[0] + (i64)y * f.pitches[0] + 3 * first;
    int offset = (int)((u64)pixel & 3), end = offset + 3 * (second - first) + 3;
    const u32* words = (const u32*)(pixel - offset);
    u64 bytes = words[0];
    if (end > 4) bytes |= (u64)words[1] << 32;
    bytes >>= 8 * offset;
    if (end > 8) bytes |= (u64)words[2] << 40;
    u32 low = (u32)bytes & 0xFFFFFF, high = (u32)(bytes >> 24) & 0xFFFFFF;
    if (second == first) high = low;
    if (f.format == Bgr) {
        low = packed(blueOf(low), greenOf(low), redOf(low));
        high = packed(blueOf(high), greenOf(high), redOf(high));
    }
    left = channels == 1 ? brightnessOf(low) : low;
    right = channels == 1 ? brightnessOf(high) : high;
}

enum Source { PackedPixels, PackedIn3Bytes, YuvPixels };

// The rows of a block in one column.
template <int From>
DEVICE void linearColumn(const Target& a, const Frame& f, const LinearTap* rows, double step, int x, int top) {
    LinearTap column = linearTap(x - f.left, step, f.width, true);
    int end = minOf(top + LinearRows, a.height);
    for (int y = top; y < end; y++) {
        if (!isInside(f, x, y)) {
            putOutside(a, f, blockZ(), x, y);
            continue;
        }
        LinearTap row = rows[y - top];
        u32 p0, p1, p2, p3;
        if (From == PackedIn3Bytes) {
            packedPair(f, column.first, column.second, row.first, a.channels, p0, p1);
            packedPair(f, column.first, column.second, row.second, a.channels, p2, p3);
        } else {
            p0 = pixelAt<From == YuvPixels>(f, column.first, row.first, a.channels);
            p1 = pixelAt<From == YuvPixels>(f, column.second, row.first, a.channels);
            p2 = pixelAt<From == YuvPixels>(f, column.first, row.second, a.channels);
            p3 = pixelAt<From == YuvPixels>(f, column.second, row.second, a.channels);
        }
        putColours(a, blockZ(), x, y, linearBlend(column, row, redOf(p0), redOf(p1), redOf(p2), redOf(p3)),
            linearBlend(column, row, greenOf(p0), greenOf(p1), greenOf(p2), greenOf(p3)),
            linearBlend(column, row, blueOf(p0), blueOf(p1), blueOf(p2), blueOf(p3)));
    }
}

KERNEL(resizeLinear, Target) {
    SHARED(LinearTap, rows, LinearRows);
    const Frame f = a.frames[blockZ()];
    const int top = blockY() * LinearRows;
    // A place without a picture has no sizes to divide by. Each thread divides: waiting for one that does takes longer.
    FOR_THREADS(t) {
        double step = f.width > 0 ? linearStep(f.height, f.scaledHeight, f.factors[3]) : 0;
        if (t < LinearRows) rows[t] = linearTap(top + t - f.top, step, f.height, false);
    }
    FOR_THREADS(t) {
        int x = blockX() * blockThreads() + t;
        double step = f.width > 0 ? linearStep(f.width, f.scaledWidth, f.factors[3]) : 0;
        if (x < a.width) {
            if (isYuv(f)) linearColumn<YuvPixels>(a, f, rows, step, x, top);
            else if (f.format == Rgb || f.format == Bgr) linearColumn<PackedIn3Bytes>(a, f, rows, step, x, top);
            else linearColumn<PackedPixels>(a, f, rows, step, x, top);
        }
    }
}
