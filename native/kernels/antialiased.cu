// Resizes 8-bit pixels as Pillow does or as torchvision's v2.Resize, each pass rounded to 8 bits. C#: AntialiasedResizer.
#include "antialiased.h"
#include "passes.h"

// Passes::rule; TrtBindings.Vision.Imaging.AntialiasedRule.
enum { PillowRule = 0, AliasedRule = 2 };

// Fractional bits of weights: 22 with Pillow, else as the frame says.
DEVICE int columnBits(const Passes& a, const Frame& f) { return a.rule == PillowRule ? 22 : f.extra[3] & 255; }
DEVICE int rowBits(const Passes& a, const Frame& f) { return a.rule == PillowRule ? 22 : f.extra[3] >> 8; }

// Pillow shrinks the height first if it shrinks by far more than the width.
DEVICE bool shrinksHeightFirst(const Passes& a, const Frame& f) {
    return a.rule == PillowRule && f.height > f.scaledHeight
        && f.height - (i64)f.scaledHeight > 2 * (f.width - (i64)f.scaledWidth);
}

struct ColourSum {
    int red, green, blue;
};

DEVICE ColourSum halfOfOne(int bits) { return {1 << (bits - 1), 1 << (bits - 1), 1 << (bits - 1)}; }

DEVICE void addWeighted(ColourSum& sum, u32 pixel, int weight) {
    sum.red += redOf(pixel) * weight;
    sum.green += greenOf(pixel) * weight;
    sum.blue += blueOf(pixel) * weight;
}

DEVICE u32 roundedSum(const ColourSum& sum, int bits) {
    return packed(
        clampTo(sum.red >> bits, 0, 255), clampTo(sum.green >> bits, 0, 255), clampTo(sum.blue >> bits, 0, 255));
}

// The weighted sum of pixels along a row or, if `isDown`, a column of the source. `fixed` is the column or row that they share.
template <bool IsYuv>
DEVICE ColourSum sumAlong(
    const Frame& f, bool isDown, int fixed, int start, int length, const int* weights, int pitch, int bits, int channels) {
    ColourSum sum = halfOfOne(bits);
    int x = isDown ? fixed : start, y = isDown ? start : fixed;
    for (int tap = 0; tap < length; tap++) {
        addWeighted(sum, pixelAt<IsYuv>(f, x, y, channels), weights[tap * pitch]);
        x += !isDown;
        y += isDown;
    }
    return sum;
}

// One block column for each axis.
KERNEL(antialiasedTables, Passes) {
    const Frame f = a.target.frames[blockZ()];
    const bool isColumns = blockY() == 0;
    FOR_THREADS(t) {
        AxisTable table = isColumns ? columnTable(a, f, blockZ()) : rowTable(a, f, blockZ());
        int i = blockX() * blockThreads() + t;
        if (f.width > 0 && i < table.count) {
            AntialiasedRule rule = {a.filter, a.rule == AliasedRule};
            int place = isColumns ? f.left : f.top;
            AntialiasedAxis axis = isColumns ? antialiasedAxis(rule, f.width, f.scaledWidth, columnBits(a, f))
                : antialiasedAxis(rule, f.height, f.scaledHeight, rowBits(a, f));
            AntialiasedSpan span = antialiasedWeights(axis, firstOf(place) + i - place, table.weights + i, table.count);
            table.starts[i] = span.start;
            table.lengths[i] = span.length;
        }
    }
}

// The first pass: along the rows that are needed, or along the columns that are.
KERNEL(antialiasedFirst, Passes) {
    const Frame f = a.target.frames[blockZ()];
    const bool heightFirst = shrinksHeightFirst(a, f);
    FOR_THREADS(t) {
        AxisTable columns = columnTable(a, f, blockZ()), rows = rowTable(a, f, blockZ());
        int i = blockX() * blockThreads() + t;
        if (f.width > 0 && columns.count > 0 && rows.count > 0) {
            u32* middle = (u32*)a.middle + blockZ() * a.middlePixels;
            AxisTable along = heightFirst ? rows : columns, across = heightFirst ? columns : rows;
            int offset = neededFirst(across), needed = neededEnd(across) - offset;
            // Pixels of a row lie side by side in either order.
            int width = heightFirst ? needed : along.count, height = heightFirst ? along.count : needed;
            int y = i / width, x = i - y * width, output = heightFirst ? y : x, fixed = offset + (heightFirst ? x : y);
            if (y < height) {
                int bits = heightFirst ? rowBits(a, f) : columnBits(a, f);
                int start = along.starts[output], length = along.lengths[output];
                const int* weights = along.weights + output;
                ColourSum sum = isYuv(f)
                    ? sumAlong<true>(f, heightFirst, fixed, start, length, weights, along.count, bits, a.target.channels)
                    : sumAlong<false>(f, heightFirst, fixed, start, length, weights, along.count, bits, a.target.channels);
                middle[i] = roundedSum(sum, bits);
            }
        }
    }
}

// The second pass, into the input.
KERNEL(antialiasedLast, Passes) {
    const Frame f = a.target.frames[blockZ()];
    const bool heightFirst = shrinksHeightFirst(a, f);
    const int y = blockY();
    FOR_THREADS(t) {
        int x = blockX() * blockThreads() + t;
        if (x < a.target.width) {
            if (isInside(f, x, y)) {
                AxisTable columns = columnTable(a, f, blockZ()), rows = rowTable(a, f, blockZ());
                const u32* middle = (const u32*)a.middle + blockZ() * a.middlePixels;
                AxisTable along = heightFirst ? columns : rows, across = heightFirst ? rows : columns;
                int column = x - firstOf(f.left), row = y - firstOf(f.top);
                int output = heightFirst ? column : row, bits = heightFirst ? columnBits(a, f) : rowBits(a, f);
                int first = neededFirst(along), start = along.starts[output] - first, length = along.lengths[output];
                int width = heightFirst ? neededEnd(along) - first : across.count;
                const u32* pixel = heightFirst ? middle + (i64)row * width + start : middle + (i64)start * width + column;
                int next = heightFirst ? 1 : width;
                ColourSum sum = halfOfOne(bits);
                for (int tap = 0; tap < length; tap++, pixel += next)
                    addWeighted(sum, *pixel, along.weights[tap * along.count + output]);
                u32 rounded = roundedSum(sum, bits);
                putColours(a.target, blockZ(), x, y, redOf(rounded), greenOf(rounded), blueOf(rounded));
            } else {
                putOutside(a.target, f, blockZ(), x, y);
            }
        }
    }
}
