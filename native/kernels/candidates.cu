// Lists the predictions of a YOLO head whose score is above the confidence, as keys that sort in the order of the CPU's: falling
// score, then anchor, then class.
#include "compact.h"
#include "yolo.h"

struct YoloCandidatesArguments {
    YoloHead head;
    const Frame* frames;
    u64* keys;
    Counts* counts;
    // Keys of a picture: all that it can have.
    i64 capacity;
    float confidence;
    int multiLabel;
};

// Scores are above 0, where floats sort like their bits.
DEVICE void addKey(const YoloCandidatesArguments& a, int picture, float score, int anchor, int label) {
    i64 place = atomicAdd(&a.counts[picture].candidates, 1);
    if (place >= a.capacity) return;
    u32 index = (u32)anchor * (u32)a.head.classes + (u32)label;
    a.keys[picture * a.capacity + place] = (u64)~bitsOf(score) << 32 | index;
}

// 256 threads for 64 anchors: four of them share the classes of an anchor.
KERNEL(yoloCandidates, YoloCandidatesArguments) {
    SHARED(float, best, 256);
    SHARED(int, bestLabel, 256);
    int picture = blockZ();
    if (a.frames[picture].width == 0) return;
    FOR_THREADS(t) {
        int anchor = blockX() * 64 + (t & 63);
        int part = (a.head.classes + 3) / 4, first = (t >> 6) * part, end = minOf(first + part, a.head.classes);
        float most = floatOf(0xFF800000u);
        int mostLabel = -1;
        if (anchor < a.head.anchors) {
            float objectness = a.head.hasObjectness ? numberOf(a.head, picture, anchor, 4) : 1;
            UNROLL_4
            for (int label = first; label < end; label++) {
                float score = numberOf(a.head, picture, anchor, a.head.firstScore + label) * objectness;
                // NaN is ignored; of equal classes the first is best.
                if (score > most) {
                    most = score;
                    mostLabel = label;
                }
            }
            // Scores of classes are at most 1, so the product is not above the objectness.
            if (a.head.hasObjectness && !(objectness > a.confidence)) most = floatOf(0xFF800000u);
            for (int label = first; a.multiLabel && most > a.confidence && label < end; label++) {
                float score = numberOf(a.head, picture, anchor, a.head.firstScore + label) * objectness;
                if (score > a.confidence) addKey(a, picture, score, anchor, label);
            }
        }
        best[t] = most;
        bestLabel[t] = mostLabel;
    }
    FOR_THREADS(t) {
        if (t < 64 && !a.multiLabel) {
            float most = best[t];
            int label = bestLabel[t];
            for (int part = 1; part < 4; part++) {
                if (!(best[t + 64 * part] > most)) continue;
                most = best[t + 64 * part];
                label = bestLabel[t + 64 * part];
            }
            if (most > a.confidence) addKey(a, picture, most, blockX() * 64 + t, label);
        }
    }
}

struct YoloRowsArguments {
    YoloHead head;
    const Frame* frames;
    Counts* counts;
    Found* kept;
    float confidence;
    // The most rows that are kept, and room for each picture.
    int most;
};

// An end-to-end head: the first rows above the confidence, in order. One block of 256 threads for a picture.
KERNEL(yoloRows, YoloRowsArguments) {
    SHARED(int, flags, 256);
    SHARED(int, places, 256);
    int picture = blockZ();
    if (a.frames[picture].width == 0) return;
    int count = 0;
    for (int start = 0; start < a.head.anchors && count < a.most; start += 256) {
        FOR_THREADS(t) {
            int row = start + t;
            flags[t] = row < a.head.anchors && numberOf(a.head, picture, row, 4) > a.confidence;
        }
        count = numberFlags(flags, count, places);
        FOR_THREADS(t) {
            if (flags[t] && places[t] < a.most) {
                int row = start + t;
                float label = numberOf(a.head, picture, row, 5);
                Found found = {};
                found.x1 = numberOf(a.head, picture, row, 0);
                found.y1 = numberOf(a.head, picture, row, 1);
                found.x2 = numberOf(a.head, picture, row, 2);
                found.y2 = numberOf(a.head, picture, row, 3);
                found.score = numberOf(a.head, picture, row, 4);
                found.label = isNaN(label) ? -1 : toInt(roundOf(label));
                found.source = row;
                a.kept[(i64)picture * a.most + places[t]] = found;
            }
        }
    }
    FOR_THREADS(t) {
        if (t == 0) {
            a.counts[picture].candidates = count;
            a.counts[picture].finds = minOf(count, a.most);
        }
    }
}
