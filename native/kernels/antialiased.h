// Weights of resizes of 8-bit pixels with antialiasing, in double precision. C#: AntialiasedKernel, AntialiasedWeights.
#pragma once

#include "frame.h"

// Filters, by number of TrtBindings.ResizeFilter; any other is a triangle.
enum Filter { Bicubic = 1, Box = 5 };

struct AntialiasedRule {
    int filter;
    // Whether the filter is not stretched when the picture shrinks: torchvision's v2.Resize with antialias=False.
    int isAliased;
};

// One axis of a picture.
struct AntialiasedAxis {
    AntialiasedRule rule;
    int source, target, bits;
    double scale, stretch, support;
    // The most weights of one output pixel.
    int room;
};

DEVICE AntialiasedAxis antialiasedAxis(AntialiasedRule rule, int source, int target, int bits) {
    AntialiasedAxis axis;
    axis.rule = rule;
    axis.source = source;
    axis.target = target;
    axis.bits = bits;
    axis.scale = source / (double)target;
    axis.stretch = rule.isAliased || !(axis.scale > 1) ? 1 : axis.scale;
    axis.support = axis.stretch * (rule.filter == Bicubic ? 2 : rule.filter == Box ? 0.5 : 1);
    axis.room = (int)ceilingOf(axis.support) * 2 + 1;
    return axis;
}

DEVICE double antialiasedWeight(const AntialiasedRule& rule, double x) {
    // Not symmetric: Pillow's box has its right end and not its left one.
    if (rule.filter == Box) return x > -0.5 && x <= 0.5 ? 1 : 0;
    if (x < 0) x = -x;
    if (rule.filter != Bicubic) return x < 1 ? 1 - x : 0;
    const double a = rule.isAliased ? -0.75 : -0.5;
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

DEVICE int roundedWeight(double weight, int bits) {
    double scaled = weight * (1 << bits);
    return (int)(weight < 0 ? scaled - 0.5 : scaled + 0.5);
}

// First source pixel and number of weights of an output pixel.
struct AntialiasedSpan {
    int start, length;
};

DEVICE AntialiasedSpan aliasedWeights(const AntialiasedAxis& axis, int position, int* weights, int pitch) {
    double at = (position + 0.5) * axis.scale - 0.5;
    if (axis.rule.filter != Bicubic && at < 0) at = 0;
    int index = minOf((int)floorOf(at), axis.source - 1), reach = (int)axis.support;
    double fraction = at - index;
    fraction = fraction < 0 ? 0 : fraction > 1 ? 1 : fraction;
    int start = maxOf(index - reach + 1, 0), length = minOf(index + reach + 1, axis.source) - start;
    for (int place = 0; place < length; place++) {
        // Those outside the picture add to the edge's weight, one after the other.
        double weight = 0;
        for (int tap = 0; tap < 2 * reach; tap++) {
            if (clampTo(index - reach + 1 + tap, 0, axis.source - 1) - start == place)
                weight += antialiasedWeight(axis.rule, tap + 1 - reach - fraction);
        }
        weights[place * pitch] = roundedWeight(weight, axis.bits);
    }
    return {start, length};
}

// Writes the weights of an output pixel, `pitch` numbers apart.
DEVICE AntialiasedSpan antialiasedWeights(const AntialiasedAxis& axis, int position, int* weights, int pitch) {
    if (axis.rule.isAliased) return aliasedWeights(axis, position, weights, pitch);
    double centre = (position + 0.5) * axis.scale, shrink = 1 / axis.stretch;
    int start = maxOf((int)(centre - axis.support + 0.5), 0);
    int length = minOf((int)(centre + axis.support + 0.5), axis.source) - start;
    double sum = 0;
    for (int tap = 0; tap < length; tap++) sum += antialiasedWeight(axis.rule, (start + tap - centre + 0.5) * shrink);
    for (int tap = 0; tap < length; tap++) {
        double weight = antialiasedWeight(axis.rule, (start + tap - centre + 0.5) * shrink);
        if (sum != 0) weight /= sum;
        weights[tap * pitch] = roundedWeight(weight, axis.bits);
    }
    return {start, length};
}
