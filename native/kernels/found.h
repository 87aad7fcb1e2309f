// What the kernels of a detector hand to each other: candidates, and results for the host.
#pragma once

#include "frame.h"

// One candidate, or one that was kept.
struct Found {
    float x1, y1, x2, y2;
    float score;
    int label;
    // Its anchor or row.
    int source;
    int unused;
};

// How many candidates and finds a picture has. C#: TrtBindings.Vision.Gpu.FoundCounts.
struct Counts {
    // Above the confidence.
    int candidates;
    // Kept by the suppression.
    int finds;
    int unused[2];
};

// The header of a picture's results, in 32-bit words; the records follow. C#: TrtBindings.Vision.Gpu.FoundHeader.
struct ResultHeader {
    int finds, candidates;
    int unused[6];
};

// One find for the host; what a task adds (key points, an angle) follows it. C#: TrtBindings.Vision.Gpu.FoundRecord.
struct ResultRecord {
    // For an oriented box centre and size.
    float box[4];
    float score;
    int label, source;
    // Pixels of the mask that are set.
    int area;
    // The mask's region in its frame, and where its bits are, in units of 16 bytes; -1 if there was no room.
    int left, top, right, bottom;
    int bits;
    int unused[3];
};

DEVICE ResultHeader* headerOf(u32* results, int picture, i64 words) { return (ResultHeader*)(results + picture * words); }
DEVICE ResultRecord* recordOf(u32* results, int picture, i64 words, int find, int recordWords) {
    return (ResultRecord*)(results + picture * words + sizeof(ResultHeader) / 4 + (i64)find * recordWords);
}
// What a task adds to a record.
DEVICE float* addedTo(ResultRecord* record) { return (float*)(record + 1); }

// From pixels of the model's input to pixels of the picture. C#: LetterboxGeometry.ToImage.
DEVICE float toImageX(const Frame& frame, float x) {
    return clampTo((x - (float)frame.left) / frame.gainX, 0.0f, (float)frame.width);
}
DEVICE float toImageY(const Frame& frame, float y) {
    return clampTo((y - (float)frame.top) / frame.gainY, 0.0f, (float)frame.height);
}
