// Resizes in two passes, one along each axis, with tables of weights that a kernel of their own makes. C#: TwoPassGpuResizer.
#pragma once

#include "input.h"
#include "pixel.h"

struct Passes {
    Target target;
    // A TrtBindings.ResizeFilter, and a rule that the resize has of its own.
    int filter, rule;
    // For each place of the batch: the table of the columns, then that of the rows.
    int* tables;
    i64 columnInts, rowInts;
    // For each place of the batch what the first pass makes.
    void* middle;
    i64 middlePixels;
};

// What each output pixel of an axis is made of. Weights of one output pixel lie `count` numbers apart.
struct AxisTable {
    int count;
    int *starts, *lengths, *weights;
};

DEVICE AxisTable axisTable(int* memory, int count) { return {count, memory, memory + count, memory + 2 * count}; }

DEVICE AxisTable columnTable(const Passes& a, const Frame& f, int item) {
    return axisTable(a.tables + item * (a.columnInts + a.rowInts), countOf(f.left, f.scaledWidth, a.target.width));
}

DEVICE AxisTable rowTable(const Passes& a, const Frame& f, int item) {
    int* memory = a.tables + item * (a.columnInts + a.rowInts) + a.columnInts;
    return axisTable(memory, countOf(f.top, f.scaledHeight, a.target.height));
}

// Source pixels that any output of the axis needs, from the first to the one after the last.
DEVICE int neededFirst(const AxisTable& table) { return table.starts[0]; }
DEVICE int neededEnd(const AxisTable& table) { return table.starts[table.count - 1] + table.lengths[table.count - 1]; }
