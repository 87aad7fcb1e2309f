// Suppression as the CPU's NonMaximumSuppression.
#include "suppress.h"

// Box.IntersectionOverUnion.
DEVICE float overlapOf(const Found& left, const Found& right, float offset) {
    float x1 = left.x1 + offset, y1 = left.y1 + offset, x2 = left.x2 + offset, y2 = left.y2 + offset;
    float u1 = right.x1 + offset, v1 = right.y1 + offset, u2 = right.x2 + offset, v2 = right.y2 + offset;
    float width = maxOf(minOf(x2, u2) - maxOf(x1, u1), 0.0f);
    float height = maxOf(minOf(y2, v2) - maxOf(y1, v1), 0.0f);
    float intersection = width * height;
    return intersection / ((x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - intersection);
}

struct YoloRule {
    float iou;
    int agnostic;
    DEVICE_MEMBER bool drops(const Found& better, const Found& candidate) const {
        if (!agnostic && better.label != candidate.label) return false;
        return overlapOf(better, candidate, classOffset(candidate.label, agnostic)) > iou;
    }
};

struct YoloSuppressArguments {
    const Found* ordered;
    Counts* counts;
    Found* kept;
    // Room for the ordered candidates, and the most that are kept, which is the room for them.
    int capacity, most;
    float iou;
    int agnostic;
};

// The finds of a picture.
DEVICE int suppressYolo(const YoloSuppressArguments& a, int picture) {
    int count = minOf(a.counts[picture].candidates, a.capacity);
    YoloRule rule = {a.iou, a.agnostic};
    int finds = suppressGreedily(
        a.ordered + (i64)picture * a.capacity, count, a.most, rule, a.kept + (i64)picture * a.most);
    FOR_THREADS(t) {
        if (t == 0) a.counts[picture].finds = finds;
    }
    return finds;
}

KERNEL(yoloSuppress, YoloSuppressArguments) { suppressYolo(a, blockZ()); }
