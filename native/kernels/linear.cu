// Resizes as OpenCV's INTER_LINEAR on 8-bit pixels, into the model's input. C#: LinearResizer, LinearWeights, VerticalBlend.
#include "input.h"
#include "pixel.h"

// Output rows of a block: its threads share the work in double precision of the columns.
constexpr int LinearRows = 8;

struct LinearTap {
    int first, second, weight0, weight1;
};

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

// An 8-bit value as the bits of a number of the input: there are 256 for each colour, so a block works them out once.
DEVICE u32 inputBits(const Target& a, float value) { return a.isHalf ? halfOf(value) : bitsOf(value); }

DEVICE bool isAlikeForColours(const Target& a) {
    return a.mean[0] == a.mean[1] && a.mean[0] == a.mean[2] && a.deviation[0] == a.deviation[1] &&
        a.deviation[0] == a.deviation[2];
}

// A column of the input from a block's first row on. Numbers lie `next` bytes apart from colour to colour, rows `row` bytes.
struct LinearColumn {
    u8* place;
    i64 next;
    int row, isHalf, isOne;
};

DEVICE void putBits(const LinearColumn& to, int row, u32 first, u32 second, u32 third) {
    u8* place = to.place + (i64)row * to.row;
    if (to.isHalf) {
        *(u16*)place = (u16)first;
        if (to.isOne) return;
        *(u16*)(place + to.next) = (u16)second;
        *(u16*)(place + 2 * to.next) = (u16)third;
    } else {
        *(u32*)place = first;
        if (to.isOne) return;
        *(u32*)(place + to.next) = second;
        *(u32*)(place + 2 * to.next) = third;
    }
}

// Begins with red.
DEVICE LinearColumn linearColumn(const Target& a, int item, int x, int top) {
    int bytes = a.isHalf ? 2 : 4, pixel = a.isChannelsLast ? a.channels : 1;
    i64 plane = (i64)a.width * a.height;
    LinearColumn to;
    to.place = (u8*)a.input + (item * plane * a.channels + ((i64)top * a.width + x) * pixel) * bytes;
    to.next = (a.isChannelsLast ? 1 : plane) * bytes;
    to.row = a.width * pixel * bytes;
    to.isHalf = a.isHalf;
    to.isOne = a.channels == 1;
    return to;
}

DEVICE void turnColours(LinearColumn& to) {
    to.place += 2 * to.next;
    to.next = -to.next;
}

// Two neighbours of a row of 3 bytes a pixel, as words. Only words that have a byte of a pixel are read, without a branch: a word
// that is not needed is another one again. The last pixel of a row has no neighbour, and what stands in its place has weight 0.
struct LinearPair {
    u32 low, high, last;
    int offset;
};

DEVICE LinearPair readPair(const u8* pixel, int bytes) {
    LinearPair pair;
    pair.offset = (int)((u64)pixel & 3);
    const u32* words = (const u32*)(pixel - pair.offset);
    pair.low = readOnly(words);
    pair.high = readOnly(words + (pair.offset + bytes > 4));
    pair.last = readOnly(words + (pair.offset + bytes > 8 ? 2 : 0));
    return pair;
}

// The three bytes of a pixel, each of both neighbours with their weights.
DEVICE void blendPair(const LinearPair& pair, u32 weights, u32 values[3]) {
    u32 firstTwo = pickBytes(pair.low, pair.high, 0x4130 + pair.offset * 0x1111);
    u32 third = pickBytes(pair.last, pair.high, pair.offset == 3 ? 0x05 : 0x52 + pair.offset * 0x11);
    values[0] = lowerDot(weights, firstTwo) >> 4;
    values[1] = upperDot(weights, firstTwo) >> 4;
    values[2] = lowerDot(weights, third) >> 4;
}

// Rows of which the pixels are asked for before the first is used; more take more registers than they are worth.
constexpr int LinearAhead = 2;

// Rows of a column from packed pixels of 3 bytes.
DEVICE void blendPacked(
    const LinearColumn& to, const Frame& f, const LinearTap* rows, const LinearTap& column, const u32* first, const u32* second,
    const u32* third, int begin, int end) {
    const u8* picture = f.planes[0] + 3 * column.first;
    int bytes = column.second == column.first ? 3 : 6, pitch = f.pitches[0];
    u32 weights = (u32)column.weight0 | (u32)column.weight1 << 16;
    for (int row = begin; row < end; row += LinearAhead) {
        LinearPair upper[LinearAhead], lower[LinearAhead];
        UNROLL
        for (int i = 0; i < LinearAhead; i++) {
            const LinearTap& tap = rows[minOf(row + i, end - 1)];
            upper[i] = readPair(picture + (i64)tap.first * pitch, bytes);
            lower[i] = readPair(picture + (i64)tap.second * pitch, bytes);
        }
        UNROLL
        for (int i = 0; i < LinearAhead; i++) {
            const LinearTap& tap = rows[minOf(row + i, end - 1)];
            u32 above[3], below[3], values[3];
            blendPair(upper[i], weights, above);
            blendPair(lower[i], weights, below);
            UNROLL
            for (int k = 0; k < 3; k++)
                values[k] = (((above[k] * tap.weight0) >> 16) + ((below[k] * tap.weight1) >> 16) + 2) >> 2;
            if (row + i < end) putBits(to, row + i, first[values[0]], second[values[1]], third[values[2]]);
        }
    }
}

// Rows of a column from pixels of any other format, and for models of one channel.
template <bool IsYuv>
DEVICE void blendAny(
    const LinearColumn& to, const Target& a, const Frame& f, const LinearTap* rows, const LinearTap& column, const u32* red,
    const u32* green, const u32* blue, int begin, int end) {
    for (int row = begin; row < end; row++) {
        LinearTap tap = rows[row];
        u32 p0 = pixelAt<IsYuv>(f, column.first, tap.first, a.channels);
        u32 p1 = pixelAt<IsYuv>(f, column.second, tap.first, a.channels);
        u32 p2 = pixelAt<IsYuv>(f, column.first, tap.second, a.channels);
        u32 p3 = pixelAt<IsYuv>(f, column.second, tap.second, a.channels);
        putBits(to, row, red[linearBlend(column, tap, redOf(p0), redOf(p1), redOf(p2), redOf(p3))],
            green[linearBlend(column, tap, greenOf(p0), greenOf(p1), greenOf(p2), greenOf(p3))],
            blue[linearBlend(column, tap, blueOf(p0), blueOf(p1), blueOf(p2), blueOf(p3))]);
    }
}

// More blocks a multiprocessor would leave too few registers: threads would keep values in local memory, which takes longer.
KERNEL_BOUNDED(resizeLinear, Target, 128, 8) {
    SHARED(LinearTap, rows, LinearRows);
    SHARED(u32, numbers, 3 * 256);
    const Frame f = a.frames[blockZ()];
    const int top = blockY() * LinearRows, count = minOf(LinearRows, a.height - top);
    // The block's rows with pixels of the picture; none in a place without one.
    const int begin = f.width > 0 ? clampTo(f.top - top, 0, count) : count;
    const int end = f.width > 0 ? clampTo(f.top + f.scaledHeight - top, begin, count) : count;
    const int apart = isAlikeForColours(a) ? 0 : 256;
    FOR_THREADS(t) {
        if (begin < end) {
            if (t < LinearRows) rows[t] = linearTap(top + t - f.top, f.steps[1], f.height, false);
            for (int i = t; i < (apart == 0 ? 256 : 768); i += blockThreads())
                numbers[i] = inputBits(a, finish(a, startOf(a, (float)(i & 255)), i >> 8));
        }
    }
    FOR_THREADS(t) {
        int x = blockX() * blockThreads() + t;
        if (x < a.width) {
            LinearColumn to = linearColumn(a, blockZ(), x, top);
            if (a.isBgr && a.channels == 3) turnColours(to);
            bool isInside = f.width > 0 && x >= f.left && x < f.left + f.scaledWidth;
            int from = isInside ? begin : count, until = isInside ? end : count;
            if (from > 0 || until < count) {
                u32 red = inputBits(a, f.width == 0 ? a.filler : a.padding[0]);
                u32 green = inputBits(a, f.width == 0 ? a.filler : a.padding[1]);
                u32 blue = inputBits(a, f.width == 0 ? a.filler : a.padding[2]);
                for (int row = 0; row < from; row++) putBits(to, row, red, green, blue);
                for (int row = until; row < count; row++) putBits(to, row, red, green, blue);
            }
            if (from < until) {
                LinearTap column = linearTap(x - f.left, f.steps[0], f.width, true);
                const u32 *red = numbers, *green = numbers + apart, *blue = numbers + 2 * apart;
                if (isYuv(f)) {
                    blendAny<true>(to, a, f, rows, column, red, green, blue, from, until);
                } else if (a.channels == 1 || (f.format != Rgb && f.format != Bgr)) {
                    blendAny<false>(to, a, f, rows, column, red, green, blue, from, until);
                } else {
                    bool isTurned = f.format == Bgr;
                    if (isTurned) turnColours(to);
                    blendPacked(to, f, rows, column, isTurned ? blue : red, green, isTurned ? red : blue, from, until);
                }
            }
        }
    }
}
