// Faces of SCRFD, as the CPU's ScrfdDecoder and FaceSuppression.
#include "sort.h"
#include "suppress.h"

// Outputs of up to five strides. C#: TrtBindings.Vision.Scrfd.GpuScrfdHead.
struct ScrfdHead {
    const void* scores[5];
    const void* boxes[5];
    // 0 for a model without key points.
    const void* points[5];
    // The first row of each stride among all rows, and after the last.
    int first[6];
    // Cells of a row of each stride.
    int columns[5];
    // Anchors of a cell, and rows of a picture.
    int anchors, rows;
    // One bit for each output that has 16-bit floats: scores, then boxes, then points, 5 bits each.
    int isHalf;
};

struct ScrfdArguments {
    ScrfdHead head;
    const Frame* frames;
    u64* keys;
    Counts* counts;
    Found* ordered;
    Found* kept;
    u32* results;
    // Words of a picture's results.
    i64 words;
    float confidence, iou;
    int recordWords;
    int unused;
};

DEVICE int levelOf(const ScrfdHead& head, int row) {
    int level = 0;
    while (level < 4 && row >= head.first[level + 1]) level++;
    return level;
}

// A number of a row: group 0 for scores, 1 for boxes, 2 for key points.
DEVICE float scrfdNumber(const ScrfdHead& head, int group, int level, int picture, int row, int values, int number) {
    const void* output = group == 0 ? head.scores[level] : group == 1 ? head.boxes[level] : head.points[level];
    i64 rows = head.first[level + 1] - head.first[level];
    i64 place = (picture * rows + row - head.first[level]) * values + number;
    return valueAt(output, place, head.isHalf >> (5 * group + level) & 1);
}

// One thread for each row.
KERNEL(scrfdCandidates, ScrfdArguments) {
    int picture = blockZ();
    if (a.frames[picture].width == 0) return;
    FOR_THREADS(t) {
        int row = blockX() * blockThreads() + t;
        if (row < a.head.rows) {
            float score = scrfdNumber(a.head, 0, levelOf(a.head, row), picture, row, 1, 0);
            if (score >= a.confidence) {
                i64 place = atomicAdd(&a.counts[picture].candidates, 1);
                // Adding 0 turns -0, which would sort wrongly, into 0.
                a.keys[(i64)picture * a.head.rows + place] = (u64)~bitsOf(score + 0.0f) << 32 | (u32)row;
            }
        }
    }
}

DEVICE void centreOf(const ScrfdHead& head, int level, int row, float& x, float& y) {
    int cell = (row - head.first[level]) / head.anchors, stride = 8 << level;
    x = (float)(cell % head.columns[level] * stride);
    y = (float)(cell / head.columns[level] * stride);
}

DEVICE Found faceAt(const ScrfdHead& head, const Frame& frame, int picture, int row) {
    int level = levelOf(head, row);
    float x, y, stride = (float)(8 << level), scale = frame.gainY;
    centreOf(head, level, row, x, y);
    Found found = {};
    found.score = scrfdNumber(head, 0, level, picture, row, 1, 0);
    found.x1 = (x - scrfdNumber(head, 1, level, picture, row, 4, 0) * stride) / scale;
    found.y1 = (y - scrfdNumber(head, 1, level, picture, row, 4, 1) * stride) / scale;
    found.x2 = (x + scrfdNumber(head, 1, level, picture, row, 4, 2) * stride) / scale;
    found.y2 = (y + scrfdNumber(head, 1, level, picture, row, 4, 3) * stride) / scale;
    found.source = row;
    return found;
}

KERNEL(scrfdOrder, ScrfdArguments) {
    SHARED(int, ranks, 256);
    int picture = blockZ(), count = a.counts[picture].candidates, first = blockX() * 256;
    if (first >= count) return;
    i64 start = (i64)picture * a.head.rows;
    rank(a.keys + start, count, first, ranks);
    FOR_THREADS(t) {
        if (first + t < count)
            a.ordered[start + ranks[t]] = faceAt(a.head, a.frames[picture], picture, (int)(u32)a.keys[start + first + t]);
    }
}

// Boxes are counted one pixel wider and higher.
DEVICE float faceArea(const Found& box) { return (box.x2 - box.x1 + 1) * (box.y2 - box.y1 + 1); }

struct FaceRule {
    float iou;
    DEVICE_MEMBER bool drops(const Found& left, const Found& right) const {
        float width = maxOf(0.0f, minOf(left.x2, right.x2) - maxOf(left.x1, right.x1) + 1);
        float height = maxOf(0.0f, minOf(left.y2, right.y2) - maxOf(left.y1, right.y1) + 1);
        float intersection = width * height;
        // NaN suppresses, as it does in InsightFace.
        return !(intersection / (faceArea(left) + faceArea(right) - intersection) <= iou);
    }
};

KERNEL(scrfdSuppress, ScrfdArguments) {
    int picture = blockZ(), count = a.counts[picture].candidates;
    i64 start = (i64)picture * a.head.rows;
    FaceRule rule = {a.iou};
    int finds = suppressGreedily(a.ordered + start, count, count, rule, a.kept + start);
    FOR_THREADS(t) {
        if (t == 0) a.counts[picture].finds = finds;
    }
}

KERNEL(scrfdResults, ScrfdArguments) {
    int picture = blockZ(), finds = a.counts[picture].finds;
    FOR_THREADS(t) {
        int thread = blockX() * blockThreads() + t, threads = blocksX() * blockThreads();
        if (thread == 0) {
            ResultHeader* header = headerOf(a.results, picture, a.words);
            header->finds = finds;
            header->candidates = a.counts[picture].candidates;
        }
        for (int i = thread; i < finds; i += threads) {
            Found found = a.kept[(i64)picture * a.head.rows + i];
            ResultRecord* record = recordOf(a.results, picture, a.words, i, a.recordWords);
            record->box[0] = found.x1;
            record->box[1] = found.y1;
            record->box[2] = found.x2;
            record->box[3] = found.y2;
            record->score = found.score;
            record->label = 0;
            record->source = found.source;
            int level = levelOf(a.head, found.source);
            if (!a.head.points[level]) continue;
            float x, y, stride = (float)(8 << level), scale = a.frames[picture].gainY;
            centreOf(a.head, level, found.source, x, y);
            for (int k = 0; k < 10; k++) {
                float distance = scrfdNumber(a.head, 2, level, picture, found.source, 10, k) * stride;
                addedTo(record)[k] = ((k & 1 ? y : x) + distance) / scale;
            }
        }
    }
}
