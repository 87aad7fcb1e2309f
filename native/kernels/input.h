// Where preprocessing writes: the model's input and how 8-bit colours become its numbers. C#: ResizeTarget, PixelEncoding.
#pragma once

#include "frame.h"

struct Target {
    // One for each place of the batch.
    const Frame* frames;
    void* input;
    int width, height, channels, isHalf, isChannelsLast;
    // ((value / divisor or value * reciprocal) - mean) / deviation or * factor; reciprocal and factor are 0 where not used.
    float divisor, reciprocal, factor;
    // Fills the places of a fixed batch that have no picture.
    float filler;
    // For red, green and blue.
    float mean[3], deviation[3], padding[3];
    int isBgr;
};

// The step before the mean. Divisions by 1 are left out, which changes nothing.
DEVICE float startOf(const Target& a, float value) {
    if (a.reciprocal != 0) return value * a.reciprocal;
    return a.divisor == 1 ? value : value / a.divisor;
}

DEVICE float finish(const Target& a, float value, int colour) {
    value -= a.mean[colour];
    if (a.factor != 0) return value * a.factor;
    return a.deviation[colour] == 1 ? value : value / a.deviation[colour];
}

DEVICE void put(const Target& a, int item, int x, int y, float red, float green, float blue) {
    float first = a.isBgr && a.channels == 3 ? blue : red, third = a.isBgr ? red : blue;
    i64 plane = (i64)a.width * a.height;
    i64 at = item * plane + (i64)y * a.width + x;
    i64 next = 1;
    if (a.channels == 3) {
        if (a.isChannelsLast) {
            at *= 3;
        } else {
            at += 2 * item * plane;
            next = plane;
        }
    }
    setValue(a.input, at, a.isHalf, first);
    if (a.channels == 1) return;
    setValue(a.input, at + next, a.isHalf, green);
    setValue(a.input, at + 2 * next, a.isHalf, third);
}

// Numbers that had the step before the mean already.
DEVICE void putStarted(const Target& a, int item, int x, int y, float red, float green, float blue) {
    put(a, item, x, y, finish(a, red, 0), finish(a, green, 1), finish(a, blue, 2));
}

DEVICE void putColours(const Target& a, int item, int x, int y, int red, int green, int blue) {
    putStarted(a, item, x, y, startOf(a, (float)red), startOf(a, (float)green), startOf(a, (float)blue));
}

// The part of an axis of the input that the scaled picture covers; the picture begins before the input where it is cropped.
DEVICE int firstOf(int place) { return maxOf(place, 0); }
DEVICE int countOf(int place, int scaled, int size) { return maxOf(minOf(place + scaled, size) - firstOf(place), 0); }

DEVICE bool isInside(const Frame& f, int x, int y) {
    return f.width > 0 && x >= f.left && x < f.left + f.scaledWidth && y >= f.top && y < f.top + f.scaledHeight;
}

// What lies outside the picture: padding, or the filler where there is none.
DEVICE void putOutside(const Target& a, const Frame& f, int item, int x, int y) {
    if (f.width == 0) put(a, item, x, y, a.filler, a.filler, a.filler);
    else put(a, item, x, y, a.padding[0], a.padding[1], a.padding[2]);
}
