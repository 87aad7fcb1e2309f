// Source pixels and weights of torch's resizes of floats, in the rounding of its AVX2 code. C#: TorchAxis.
#pragma once

#include "frame.h"

// A product and a sum, rounded once.
#ifdef __CUDA__
DEVICE float fused(float a, float b, float c) { return __nvvm_fma_rn_f(a, b, c); }
#else
DEVICE float fused(float a, float b, float c) {
    // The product is exact in double precision, and a sum that is rounded to odd rounds to a float as the exact one does.
    double product = (double)a * b, sum = product + c, part = sum - product;
    double error = (product - (sum - part)) + (c - part);
    u64 bits = bitsOf(sum);
    if (error != 0 && !(bits & 1)) bits += (error > 0) == (sum > 0) ? 1 : -1;
    return (float)doubleOf(bits);
}
#endif

// TrtBindings.ResizeFilter.
enum { TorchBicubic = 1 };

DEVICE float torchScale(int source, int target) { return source / (float)target; }

// Up to four source pixels and their weights, without antialiasing.
struct TorchTaps {
    int indices[4];
    float weights[4];
};

DEVICE TorchTaps torchLinear(int position, int source, float scale, bool isSmall) {
    float at = isSmall ? fused(position + 0.5f, scale, -0.5f) : (position + 0.5f) * scale - 0.5f;
    at = maxOf(at, 0.0f);
    int index = minOf((int)at, source - 1);
    TorchTaps taps = {};
    taps.indices[0] = index;
    taps.indices[1] = minOf(index + 1, source - 1);
    taps.weights[1] = clampTo(at - index, 0.0f, 1.0f);
    taps.weights[0] = 1 - taps.weights[1];
    return taps;
}

DEVICE float torchNear(float x) { return fused(1.25f, x, -2.25f) * x * x + 1; }
DEVICE float torchFar(float x) { return fused(fused(-0.75f, x, 3.75f), x, -6) * x + 3; }

DEVICE TorchTaps torchCubic(int position, int source, float scale) {
    float at = fused(position + 0.5f, scale, -0.5f), whole = floorOf(at), x = at - whole;
    int index = (int)whole;
    TorchTaps taps;
    UNROLL for (int tap = 0; tap < 4; tap++) taps.indices[tap] = clampTo(index - 1 + tap, 0, source - 1);
    taps.weights[0] = torchFar(x + 1);
    taps.weights[1] = torchNear(x);
    taps.weights[2] = torchNear(1 - x);
    taps.weights[3] = torchFar(1 - x + 1);
    return taps;
}

// The cubic with a = -0.5.
DEVICE float torchSoftCubic(float x) {
    if (x < 1) return fused(fused(1.5f, x, -2.5f) * x, x, 1);
    return x < 2 ? fused(fused(x - 5, x, 8), x, -4) * -0.5f : 0;
}

DEVICE float torchAntialiasedWeight(int index, float centre, float shrink, int filter) {
    float x = (float)((index - centre + 0.5) * shrink);
    if (x < 0) x = -x;
    return filter == TorchBicubic ? torchSoftCubic(x) : maxOf(1 - x, 0.0f);
}
