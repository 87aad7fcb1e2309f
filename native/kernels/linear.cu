// Resizes as OpenCV's INTER_LINEAR on 8-bit pixels, into the model's input. C#: LinearResizer, LinearWeights, VerticalBlend.
#include "input.h"
#include "pixel.h"

// Output rows of a block: its threads share the work in double precision of the columns.
constexpr int LinearRows = 4;

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

// The rows of a block in one column.
template <bool IsYuv>
DEVICE void linearColumn(const Target& a, const Frame& f, const LinearTap* rows, double step, int x, int top) {
    LinearTap column = linearTap(x - f.left, step, f.width, true);
    int end = minOf(top + LinearRows, a.height);
    for (int y = top; y < end; y++) {
        if (!isInside(f, x, y)) {
            putOutside(a, f, blockZ(), x, y);
            continue;
        }
        LinearTap row = rows[y - top];
        u32 p0 = pixelAt<IsYuv>(f, column.first, row.first, a.channels);
        u32 p1 = pixelAt<IsYuv>(f, column.second, row.first, a.channels);
        u32 p2 = pixelAt<IsYuv>(f, column.first, row.second, a.channels);
        u32 p3 = pixelAt<IsYuv>(f, column.second, row.second, a.channels);
        putColours(a, blockZ(), x, y, linearBlend(column, row, redOf(p0), redOf(p1), redOf(p2), redOf(p3)),
            linearBlend(column, row, greenOf(p0), greenOf(p1), greenOf(p2), greenOf(p3)),
            linearBlend(column, row, blueOf(p0), blueOf(p1), blueOf(p2), blueOf(p3)));
    }
}

KERNEL(resizeLinear, Target) {
    SHARED(double, steps, 2);
    SHARED(LinearTap, rows, LinearRows);
    const Frame f = a.frames[blockZ()];
    const int top = blockY() * LinearRows;
    FOR_THREADS(t) {
        // A place without a picture has no sizes to divide by.
        if (t == 0) steps[0] = f.width > 0 ? linearStep(f.width, f.scaledWidth, f.factors[3]) : 0;
        if (t == 1) steps[1] = f.width > 0 ? linearStep(f.height, f.scaledHeight, f.factors[3]) : 0;
    }
    FOR_THREADS(t) {
        if (t < LinearRows) rows[t] = linearTap(top + t - f.top, steps[1], f.height, false);
    }
    FOR_THREADS(t) {
        int x = blockX() * blockThreads() + t;
        if (x < a.width) {
            if (isYuv(f)) linearColumn<true>(a, f, rows, steps[0], x, top);
            else linearColumn<false>(a, f, rows, steps[0], x, top);
        }
    }
}
