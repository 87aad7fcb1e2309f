// Resizes as torch's interpolate does on floats: along x, then along y. C#: TorchResizer, RoundedResizer.
#include "passes.h"
#include "torch.h"

// What colours are before the resize: the step before the mean, or with a rule of 1 the numbers 0 to 255, rounded after it.
DEVICE float torchStart(const Passes& a, int value) { return a.rule ? (float)value : startOf(a.target, (float)value); }

struct ColourFloats {
    float red, green, blue;
};

DEVICE ColourFloats floatsOf(const float* starts, u32 pixel) {
    return {starts[redOf(pixel)], starts[greenOf(pixel)], starts[blueOf(pixel)]};
}

DEVICE ColourFloats times(const ColourFloats& c, float by) { return {c.red * by, c.green * by, c.blue * by}; }

DEVICE ColourFloats plus(const ColourFloats& a, const ColourFloats& b) {
    return {a.red + b.red, a.green + b.green, a.blue + b.blue};
}

DEVICE ColourFloats fusedSum(const ColourFloats& c, float by, const ColourFloats& sum) {
    return {fused(c.red, by, sum.red), fused(c.green, by, sum.green), fused(c.blue, by, sum.blue)};
}

// Antialiased sums: the first taps are added in groups of four after the first tap, and what is left is fused.
DEVICE ColourFloats addTap(const ColourFloats& sum, const ColourFloats& c, float by, int tap, int length) {
    if (tap == 0) return times(c, by);
    return tap < 1 + ((length - 1) & ~3) ? plus(sum, times(c, by)) : fusedSum(c, by, sum);
}

DEVICE int roundedByte(float value) { return (int)roundOf(clampTo(value, 0.0f, 255.0f)); }

DEVICE void putTorch(const Passes& a, int item, int x, int y, const ColourFloats& c) {
    if (a.rule) putColours(a.target, item, x, y, roundedByte(c.red), roundedByte(c.green), roundedByte(c.blue));
    else putStarted(a.target, item, x, y, c.red, c.green, c.blue);
}

// The weighted sum of two or four pixels without antialiasing: the second product is rounded, the others are added to it.
template <int Count>
DEVICE ColourFloats torchSum(const ColourFloats* pixels, const float* weights) {
    ColourFloats sum = fusedSum(pixels[0], weights[0], times(pixels[1], weights[1]));
    UNROLL for (int tap = 2; tap < Count; tap++) sum = fusedSum(pixels[tap], weights[tap], sum);
    return sum;
}

// To at most 128 pixels of width and height together, four pixels are weighed at once.
DEVICE ColourFloats torchFour(const ColourFloats* upper, const ColourFloats* lower, const float* across, const float* down) {
    ColourFloats sum = times(upper[1], down[0] * across[1]);
    sum = fusedSum(upper[0], down[0] * across[0], sum);
    sum = fusedSum(lower[0], down[1] * across[0], sum);
    return fusedSum(lower[1], down[1] * across[1], sum);
}

// One source row, resized along x.
template <int Count>
DEVICE ColourFloats torchLine(const Passes& a, const Frame& f, const float* starts, const TorchTaps& columns, int row) {
    ColourFloats source[Count];
    UNROLL for (int c = 0; c < Count; c++)
        source[c] = floatsOf(starts, pixelAt(f, columns.indices[c], row, a.target.channels));
    return torchSum<Count>(source, columns.weights);
}

DEVICE ColourFloats torchLinearPixel(
    const Passes& a, const Frame& f, const float* starts, const TorchTaps& columns, const TorchTaps& rows, bool isSmall) {
    if (isSmall) {
        ColourFloats source[4];
        UNROLL for (int i = 0; i < 4; i++)
            source[i] = floatsOf(starts, pixelAt(f, columns.indices[i & 1], rows.indices[i >> 1], a.target.channels));
        return torchFour(source, source + 2, columns.weights, rows.weights);
    }
    ColourFloats lines[2] = {
        torchLine<2>(a, f, starts, columns, rows.indices[0]), torchLine<2>(a, f, starts, columns, rows.indices[1])};
    return torchSum<2>(lines, rows.weights);
}

DEVICE ColourFloats torchCubicPixel(
    const Passes& a, const Frame& f, const float* starts, const TorchTaps& columns, const TorchTaps& rows) {
    // In the order of torchSum.
    ColourFloats sum = times(torchLine<4>(a, f, starts, columns, rows.indices[1]), rows.weights[1]);
    for (int r = 0; r < 4; r++)
        if (r != 1) sum = fusedSum(torchLine<4>(a, f, starts, columns, rows.indices[r]), rows.weights[r], sum);
    return sum;
}

constexpr int TorchRows = 4;

// Without antialiasing, in one pass.
KERNEL(torchResize, Passes) {
    SHARED(float, starts, 256);
    SHARED(TorchTaps, rows, TorchRows);
    const Frame f = a.target.frames[blockZ()];
    const int top = blockY() * TorchRows;
    const bool isCubic = a.filter == TorchBicubic, isSmall = !isCubic && f.scaledWidth + f.scaledHeight <= 128;
    FOR_THREADS(t) {
        for (int i = t; i < 256; i += blockThreads()) starts[i] = torchStart(a, i);
        if (t < TorchRows && f.width > 0) {
            float scale = torchScale(f.height, f.scaledHeight);
            rows[t] = isCubic ? torchCubic(top + t - f.top, f.height, scale)
                : torchLinear(top + t - f.top, f.height, scale, isSmall);
        }
    }
    FOR_THREADS(t) {
        int x = blockX() * blockThreads() + t, end = minOf(top + TorchRows, a.target.height);
        if (x < a.target.width) {
            float scale = f.width > 0 ? torchScale(f.width, f.scaledWidth) : 0;
            TorchTaps columns = isCubic ? torchCubic(x - f.left, f.width, scale)
                : torchLinear(x - f.left, f.width, scale, isSmall);
            for (int y = top; y < end; y++) {
                if (!isInside(f, x, y)) putOutside(a.target, f, blockZ(), x, y);
                else if (isCubic) putTorch(a, blockZ(), x, y, torchCubicPixel(a, f, starts, columns, rows[y - top]));
                else putTorch(a, blockZ(), x, y, torchLinearPixel(a, f, starts, columns, rows[y - top], isSmall));
            }
        }
    }
}

// One block column for each axis. Weights are floats, by their bits.
KERNEL(torchTables, Passes) {
    const Frame f = a.target.frames[blockZ()];
    const bool isColumns = blockY() == 0;
    FOR_THREADS(t) {
        AxisTable table = isColumns ? columnTable(a, f, blockZ()) : rowTable(a, f, blockZ());
        int i = blockX() * blockThreads() + t;
        if (f.width > 0 && i < table.count) {
            int place = isColumns ? f.left : f.top, source = isColumns ? f.width : f.height;
            int position = firstOf(place) + i - place;
            float scale = torchScale(source, isColumns ? f.scaledWidth : f.scaledHeight);
            int taps = a.filter == TorchBicubic ? 4 : 2;
            float support = scale >= 1 ? (float)(taps * 0.5 * scale) : (float)(taps / 2);
            float centre = (float)(scale * (position + 0.5)), shrink = scale >= 1 ? 1 / scale : 1;
            int start = maxOf((int)(centre - support + 0.5), 0);
            int length = minOf((int)(centre + support + 0.5), source) - start;
            float total = 0;
            for (int tap = 0; tap < length; tap++) total += torchAntialiasedWeight(start + tap, centre, shrink, a.filter);
            for (int tap = 0; tap < length; tap++) {
                float weight = torchAntialiasedWeight(start + tap, centre, shrink, a.filter);
                if (total != 0) weight /= total;
                table.weights[tap * table.count + i] = (int)bitsOf(weight);
            }
            table.starts[i] = start;
            table.lengths[i] = length;
        }
    }
}

// Along x, of every source row that is needed: red, green and blue side by side.
KERNEL(torchFirst, Passes) {
    SHARED(float, starts, 256);
    const Frame f = a.target.frames[blockZ()];
    FOR_THREADS(t) {
        for (int i = t; i < 256; i += blockThreads()) starts[i] = torchStart(a, i);
    }
    FOR_THREADS(t) {
        AxisTable columns = columnTable(a, f, blockZ()), rows = rowTable(a, f, blockZ());
        if (f.width > 0 && columns.count > 0 && rows.count > 0) {
            ColourFloats* middle = (ColourFloats*)a.middle + blockZ() * a.middlePixels;
            int i = blockX() * blockThreads() + t, y = i / columns.count, x = i - y * columns.count;
            int row = neededFirst(rows) + y;
            if (row < neededEnd(rows)) {
                int start = columns.starts[x], length = columns.lengths[x];
                ColourFloats sum = {};
                for (int tap = 0; tap < length; tap++) {
                    ColourFloats pixel = floatsOf(starts, pixelAt(f, start + tap, row, a.target.channels));
                    sum = addTap(sum, pixel, floatOf((u32)columns.weights[tap * columns.count + x]), tap, length);
                }
                middle[i] = sum;
            }
        }
    }
}

// Along y, into the input.
KERNEL(torchLast, Passes) {
    const Frame f = a.target.frames[blockZ()];
    const int y = blockY();
    FOR_THREADS(t) {
        int x = blockX() * blockThreads() + t;
        if (x < a.target.width) {
            if (isInside(f, x, y)) {
                AxisTable columns = columnTable(a, f, blockZ()), rows = rowTable(a, f, blockZ());
                int row = y - firstOf(f.top), length = rows.lengths[row];
                const ColourFloats* pixel = (const ColourFloats*)a.middle + blockZ() * a.middlePixels
                    + (i64)(rows.starts[row] - neededFirst(rows)) * columns.count + x - firstOf(f.left);
                ColourFloats sum = {};
                for (int tap = 0; tap < length; tap++, pixel += columns.count)
                    sum = addTap(sum, *pixel, floatOf((u32)rows.weights[tap * rows.count + row]), tap, length);
                putTorch(a, blockZ(), x, y, sum);
            } else {
                putOutside(a.target, f, blockZ(), x, y);
            }
        }
    }
}
