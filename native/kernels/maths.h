// Functions of libm in double precision, the same in both builds: within 2 units of the last place. Loops are unrolled, so that
// the divisions in them are constants.
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
    UNROLL
    for (int i = 14; i >= 1; i--) sum = 1 + r * (1.0 / i) * sum;
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
    UNROLL
    for (int i = 23; i >= 3; i -= 2) sum = (sum + 1.0 / i) * square;
    double n = power;
    return n * 6.93147180369123816490e-01 + (2 * s + (2 * s * sum + n * 1.90821492927058770002e-10));
}

// The bits of 2 / pi behind the point, after 64 zeros.
CONSTANT u64 twoOverPi[5] = {0, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561};

// Splits an angle of at least 2^20 into quarters of a turn and the rest (Payne and Hanek): with 128 bits of 2 / pi that begin
// with the two before the point, the product has no rounding that counts.
DEVICE double reduceLarge(float angle, int& quarter) {
    u32 bits = bitsOf(angle);
    u64 mantissa = (bits & 0x7FFFFF) | 0x800000;
    int at = (int)(bits >> 23 & 255) - 150 + 62, word = at >> 6, shift = at & 63;
    u64 high = twoOverPi[word], low = twoOverPi[word + 1];
    if (shift) {
        high = high << shift | low >> (64 - shift);
        low = low << shift | twoOverPi[word + 2] >> (64 - shift);
    }
    u64 first = mantissa * (low & 0xFFFFFFFF), second = mantissa * (low >> 32) + (first >> 32);
    high = high * mantissa + (second >> 32);
    low = second << 32 | (first & 0xFFFFFFFF);
    i64 rest = (i64)(high << 2 | low >> 62);
    quarter = (int)(high >> 62) + (rest < 0);
    double turned = (double)rest * 5.42101086242752217e-20 * 1.57079632679489661923;
    if (bits >> 31) {
        quarter = -quarter;
        turned = -turned;
    }
    return turned;
}

// Sine and cosine of an angle in radians. Of angles above 2^20 within 1e-16, however small the result is.
DEVICE void sinCosOf(float angle, double& sine, double& cosine) {
    if ((bitsOf(angle) & 0x7F800000) == 0x7F800000) {
        sine = cosine = notANumber();
        return;
    }
    double x = angle, r;
    int quarter;
    if (x >= 1048576 || x <= -1048576) {
        r = reduceLarge(angle, quarter);
    } else {
        double n = roundOf(x * 0.63661977236758134308);
        // pi / 2 in three parts, the first two of 33 bits, so that their products are exact.
        r = ((x - n * 1.57079632673412561417e+00) - n * 6.07710050630396597660e-11) - n * 2.02226624879595063154e-21;
        quarter = (int)n;
    }
    quarter &= 3;
    double square = r * r;
    double s = 0, c = 0;
    UNROLL
    for (int i = 19; i >= 3; i -= 2) s = (1 - s) * (square * (1.0 / (i * (i - 1))));
    UNROLL
    for (int i = 20; i >= 2; i -= 2) c = (1 - c) * (square * (1.0 / (i * (i - 1))));
    s = r - r * s;
    c = 1 - c;
    sine = quarter == 0 ? s : quarter == 1 ? c : quarter == 2 ? -s : -c;
    cosine = quarter == 0 ? c : quarter == 1 ? -s : quarter == 2 ? -c : s;
}

DEVICE double squareRootOf(double x) { return __builtin_sqrt(x); }
