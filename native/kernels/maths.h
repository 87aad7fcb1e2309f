// Functions of libm in double precision, the same in both builds: relative errors of about 1e-15.
#pragma once

#include "kernel.h"

DEVICE double infinity() { return doubleOf((u64)0x7FF0000000000000); }
DEVICE double notANumber() { return doubleOf((u64)0x7FF8000000000000); }

// 2^n for n in -1022..1023.
DEVICE double powerOf2(int n) { return doubleOf((u64)(n + 1023) << 52); }

DEVICE double expOf(double x) {
    if (x != x) return x;
    if (x > 709.782712893384) return infinity();
    if (x < -745.1332191019412) return 0;
    // x = n ln 2 + r, with ln 2 in two parts.
    double n = roundOf(x * 1.4426950408889634);
    double r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
    // Taylor; |r| is at most 0.35, so 14 terms are exact to 1e-17.
    double sum = 1;
    for (int i = 14; i >= 1; i--) sum = 1 + r / i * sum;
    int power = (int)n;
    // Two steps, because the result may be below the smallest normal number.
    int half = power / 2;
    return sum * powerOf2(half) * powerOf2(power - half);
}

DEVICE double logOf(double x) {
    if (x != x || x < 0) return notANumber();
    if (x == 0) return -infinity();
    if (x == infinity()) return x;
    int power = 0;
    if (x < 2.2250738585072014e-308) {
        x *= 18014398509481984.0;
        power = -54;
    }
    u64 bits = bitsOf(x);
    power += (int)(bits >> 52) - 1023;
    double m = doubleOf((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        power++;
    }
    // ln m = 2 (s + s^3 / 3 + s^5 / 5 + ...) with s = (m - 1) / (m + 1), at most 0.172.
    double s = (m - 1) / (m + 1), square = s * s, sum = 0;
    for (int i = 23; i >= 3; i -= 2) sum = (sum + 1.0 / i) * square;
    double n = power;
    return n * 6.93147180369123816490e-01 + (2 * s + (2 * s * sum + n * 1.90821492927058770002e-10));
}

// Sine and cosine of an angle in radians. Above 2^20 the angle is no angle of a box any more, and the error grows with it.
DEVICE void sinCosOf(double x, double& sine, double& cosine) {
    if (x != x || x == infinity() || x == -infinity()) {
        sine = cosine = notANumber();
        return;
    }
    double n = roundOf(x * 0.63661977236758134308);
    // pi / 2 in three parts of 33 bits, so that products are exact.
    double r = ((x - n * 1.57079632673412561417e+00) - n * 6.07710050630396597660e-11) - n * 2.02226624879595063154e-21;
    double square = r * r;
    double s = 0, c = 0;
    for (int i = 19; i >= 3; i -= 2) s = (1 - s) * (square / ((double)i * (i - 1)));
    for (int i = 20; i >= 2; i -= 2) c = (1 - c) * (square / ((double)i * (i - 1)));
    s = r - r * s;
    c = 1 - c;
    int quarter = (int)(i64)(n - 4 * floorOf(n / 4));
    sine = quarter == 0 ? s : quarter == 1 ? c : quarter == 2 ? -s : -c;
    cosine = quarter == 0 ? c : quarter == 1 ? -s : quarter == 2 ? -c : s;
}

DEVICE double squareRootOf(double x) { return __builtin_sqrt(x); }
