// Functions of real numbers, the same in both builds.
#pragma once

#include "kernel.h"

// e^x through double precision: 2^n * e^r with |r| <= ln 2 / 2, where e^r is its Taylor series to r^13. The error is below 1e-15
// of the value before the one rounding to float, so results are the nearest float but for one in millions. Rises with x.
DEVICE float nearestExp(float value) {
    if (isNaN(value)) return value;
    if (value > 100.0f) return floatOf(0x7F800000u);
    if (value < -110.0f) return 0.0f;
    double x = (double)value, n = roundOf(x * 1.4426950408889634);
    // ln 2 in two parts; the product with the first is exact.
    double r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;
    double sum = 1.0 / 6227020800.0;
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    sum = sum * r + 1.0;
    sum = sum * r + 1.0;
    return (float)(sum * doubleOf((u64)((i64)n + 1023) << 52));
}
