// What the kernels of class maps share. C#: TrtBindings.Vision.SemanticSegmentation.GpuClassMaps.
#pragma once

#include "frame.h"

// What the host must know about a map.
struct MapNotes {
    int width, height, classes;
    // Whether a value of the one plane is not in 0 to 1.
    int areLogits;
    // The value of the first pixel without a class: its place as 2^31 - 1 - index; 0 if there is none.
    int problemPlace, unused;
    i64 problem;
};

struct MapWindow {
    int left, top, width, height;
};

DEVICE void coveredBy(int start, int length, int grid, int input, int& first, int& count) {
    double scale = (double)grid / (double)input;
    first = minOf(toInt(roundOf((double)start * scale)), grid - 1);
    count = maxOf(toInt(roundOf((double)(start + length) * scale)), first + 1) - first;
}

// The part of a grid over the whole input that the picture covers. C#: LetterboxGeometry.InGrid.
DEVICE MapWindow windowOf(const Frame& frame, int gridWidth, int gridHeight, int isCut) {
    MapWindow window = {0, 0, gridWidth, gridHeight};
    if (!isCut) return window;
    coveredBy(frame.left, frame.scaledWidth, gridWidth, frame.inputWidth, window.left, window.width);
    coveredBy(frame.top, frame.scaledHeight, gridHeight, frame.inputHeight, window.top, window.height);
    return window;
}

struct MapArguments {
    const Frame* frames;
    // [images, classes, gridHeight, gridWidth], or label maps [images, gridHeight, gridWidth].
    const void* values;
    // A place of `room` bytes for each image.
    u8* maps;
    i64 room;
    MapNotes* notes;
    // [images, 256]: pixels of each class.
    int* areas;
    // Logits: 1 for 16-bit floats. Label maps: see labelAt.
    int type;
    int classes, gridWidth, gridHeight;
    // Whether the map has the picture's size and not the grid's; whether the picture covers only a part of the grid.
    int isOfImage, isCut;
    // One plane: a pixel above this is 1. `asksValues`: 0.5 if all values are in 0 to 1, otherwise 0.
    float threshold;
    int asksValues;
};

// The pixels of a class that a thread has met in a row; written to the block's areas when the class changes.
struct Run {
    int label, count;
};

DEVICE void countPixel(Run& run, int label, int* areas) {
    if (label != run.label) {
        if (run.count > 0) atomicAdd(&areas[run.label], run.count);
        run.label = label;
        run.count = 0;
    }
    run.count++;
}
