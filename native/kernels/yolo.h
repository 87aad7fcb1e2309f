// The predictions of a YOLO model. C#: TrtBindings.Vision.Yolo.GpuYoloHead.
#pragma once

#include "found.h"
#include "maths.h"

struct YoloHead {
    const void* values;
    int isHalf;
    // Predictions of a picture, and numbers of a prediction.
    int anchors, numbers;
    // 0 for an end-to-end head: edges, score, class. Otherwise centre, size, and from firstScore on a score for each class.
    int classes;
    int firstScore;
    // What the task adds begins here.
    int firstOther;
    // Whether a prediction is a row and not a column.
    int isRows;
    // Whether number 4 is a factor of all scores.
    int hasObjectness;
    // Whether boxes are in cells, with the logarithm of their size (YOLOX).
    int isYoloX;
};

DEVICE float numberOf(const YoloHead& head, int picture, int anchor, int number) {
    i64 start = (i64)picture * head.anchors * head.numbers;
    i64 place = head.isRows ? (i64)anchor * head.numbers + number : (i64)number * head.anchors + anchor;
    return valueAt(head.values, start + place, head.isHalf);
}

// The centre of an anchor's cell in cells, and its stride. C#: YoloAnchor.At with a last stride of 64.
DEVICE void cellOf(int anchor, const Frame& frame, float& x, float& y, float& stride) {
    int rest = anchor;
    for (int step = 8; step <= 64; step *= 2) {
        int columns = frame.inputWidth / step, rows = frame.inputHeight / step;
        if (rest < columns * rows || step == 64) {
            columns = maxOf(columns, 1);
            x = (float)(rest % columns) + 0.5f;
            y = (float)(rest / columns) + 0.5f;
            stride = (float)step;
            return;
        }
        rest -= columns * rows;
    }
}

// e to the power of a number: at most one unit in the last place from the exact value.
DEVICE float expOf(float value) { return (float)expOf((double)value); }

// The candidate that a key stands for. C#: DenseDecoder.Read, and PredictionRows.Write for rows.
DEVICE Found foundAt(const YoloHead& head, const Frame& frame, int picture, u64 key) {
    u32 index = (u32)key;
    int anchor = (int)(index / (u32)head.classes);
    float x = numberOf(head, picture, anchor, 0), y = numberOf(head, picture, anchor, 1);
    float width = numberOf(head, picture, anchor, 2), height = numberOf(head, picture, anchor, 3);
    if (head.isYoloX) {
        float cellX = 0, cellY = 0, stride = 0;
        cellOf(anchor, frame, cellX, cellY, stride);
        x = (x + cellX - 0.5f) * stride;
        y = (y + cellY - 0.5f) * stride;
        width = expOf(width) * stride;
        height = expOf(height) * stride;
    }
    float halfWidth = width / 2, halfHeight = height / 2;
    Found found = {};
    found.x1 = x - halfWidth;
    found.y1 = y - halfHeight;
    found.x2 = x + halfWidth;
    found.y2 = y + halfHeight;
    found.score = floatOf(~(u32)(key >> 32));
    found.label = (int)(index - (u32)anchor * (u32)head.classes);
    found.source = anchor;
    return found;
}
