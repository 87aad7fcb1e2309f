// Turns what was kept into records for the host, and writes as many of them as there are to pinned memory.
#include "yolo.h"

struct YoloResultsArguments {
    YoloHead head;
    const Frame* frames;
    const Counts* counts;
    const Found* kept;
    u32* results;
    // Words of a picture's results.
    i64 words;
    int most, recordWords;
    // Key points of a find and their numbers (2 or 3); 0 for none.
    int points, pointValues;
    // Whether the last number of a prediction is an angle.
    int isRotated;
};

// LetterboxGeometry.OrientedToImage of YoloOutput.OrientedBoxAt.
DEVICE void writeOriented(const YoloHead& head, const Frame& frame, int picture, int source, ResultRecord* record) {
    record->box[0] = (numberOf(head, picture, source, 0) - (float)frame.left) / frame.gainX;
    record->box[1] = (numberOf(head, picture, source, 1) - (float)frame.top) / frame.gainY;
    record->box[2] = numberOf(head, picture, source, 2) / frame.gainX;
    record->box[3] = numberOf(head, picture, source, 3) / frame.gainY;
    addedTo(record)[0] = numberOf(head, picture, source, head.numbers - 1);
}

DEVICE void writeHeader(u32* results, int picture, i64 words, int finds, int candidates) {
    ResultHeader* header = headerOf(results, picture, words);
    header->finds = finds;
    header->candidates = candidates;
}

// The record of a box, without a mask.
DEVICE void writeRecord(const Frame& frame, const Found& found, ResultRecord* record) {
    record->box[0] = toImageX(frame, found.x1);
    record->box[1] = toImageY(frame, found.y1);
    record->box[2] = toImageX(frame, found.x2);
    record->box[3] = toImageY(frame, found.y2);
    record->score = found.score;
    record->label = found.label;
    record->source = found.source;
    record->area = 0;
    record->bits = -1;
}

KERNEL(yoloResults, YoloResultsArguments) {
    int picture = blockZ();
    const Counts& counts = a.counts[picture];
    const Frame& frame = a.frames[picture];
    FOR_THREADS(t) {
        int thread = blockX() * blockThreads() + t, threads = blocksX() * blockThreads();
        if (thread == 0) {
            writeHeader(a.results, picture, a.words, counts.finds, counts.candidates);
        }
        for (int i = thread; i < counts.finds; i += threads) {
            Found found = a.kept[(i64)picture * a.most + i];
            ResultRecord* record = recordOf(a.results, picture, a.words, i, a.recordWords);
            writeRecord(frame, found, record);
            if (a.isRotated) writeOriented(a.head, frame, picture, found.source, record);
        }
        // One thread for each key point.
        int points = counts.finds * a.points;
        for (int i = thread; i < points; i += threads) {
            int find = i / a.points, point = i - find * a.points;
            int source = a.kept[(i64)picture * a.most + find].source, first = a.head.firstOther + point * a.pointValues;
            float* added = addedTo(recordOf(a.results, picture, a.words, find, a.recordWords)) + point * a.pointValues;
            added[0] = toImageX(frame, numberOf(a.head, picture, source, first));
            added[1] = toImageY(frame, numberOf(a.head, picture, source, first + 1));
            if (a.pointValues == 3) added[2] = numberOf(a.head, picture, source, first + 2);
        }
    }
}

struct CopyResultsArguments {
    const u32* results;
    u32* target;
    i64 words;
    int recordWords;
};

DEVICE void copyRecords(const CopyResultsArguments& a, int picture, i64 first, i64 step) {
    const u32* source = a.results + picture * a.words;
    u32* target = a.target + picture * a.words;
    i64 used = (i64)sizeof(ResultHeader) / 4 + (i64)((const ResultHeader*)source)->finds * a.recordWords;
    for (i64 i = first; i < used; i += step) target[i] = source[i];
}

// Any number of blocks for a picture.
KERNEL(copyResults, CopyResultsArguments) {
    FOR_THREADS(t) { copyRecords(a, blockZ(), blockX() * blockThreads() + t, blocksX() * blockThreads()); }
}
