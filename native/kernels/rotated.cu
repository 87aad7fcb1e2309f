// Ultralytics' suppression of oriented boxes, as the CPU's RotatedSuppression and GaussianBox: a box is dropped if any better one
// overlaps it, even one that is dropped itself. So each is decided on its own.
#include "compact.h"
#include "maths.h"
#include "suppress.h"
#include "yolo.h"

// An oriented box as a normal distribution.
struct Gaussian {
    double x, y, a, b, c, determinant;
    int label, unused;
};

struct RotatedArguments {
    YoloHead head;
    const Found* ordered;
    Counts* counts;
    Gaussian* boxes;
    int* dropped;
    Found* kept;
    // The B above which the overlap is certainly not above the threshold.
    double farthest;
    int capacity, most;
    float iou;
    int agnostic;
};

DEVICE double orZero(double value) { return value != value ? value : value > 0 ? value : 0; }

DEVICE Gaussian gaussianOf(const YoloHead& head, int picture, const Found& found, float offset) {
    float centreX = numberOf(head, picture, found.source, 0) + offset;
    float centreY = numberOf(head, picture, found.source, 1) + offset;
    double width = numberOf(head, picture, found.source, 2), height = numberOf(head, picture, found.source, 3);
    double sin, cos;
    sinCosOf(numberOf(head, picture, found.source, head.numbers - 1), sin, cos);
    double p = width * width / 12, q = height * height / 12;
    Gaussian box;
    box.x = centreX;
    box.y = centreY;
    box.a = p * cos * cos + q * sin * sin;
    box.b = p * sin * sin + q * cos * cos;
    box.c = (p - q) * cos * sin;
    box.determinant = orZero(box.a * box.b - box.c * box.c);
    box.label = found.label;
    box.unused = 0;
    return box;
}

DEVICE double probabilisticIou(const Gaussian& left, const Gaussian& right) {
    const double epsilon = 1e-7;
    double a = left.a + right.a, b = left.b + right.b, c = left.c + right.c;
    double dx = left.x - right.x, dy = left.y - right.y;
    double sum = a * b - c * c;
    double distance = (a * dy * dy + b * dx * dx) * 0.25 / (sum + epsilon) - c * dx * dy * 0.5 / (sum + epsilon);
    double shape = 0.5 * logOf(sum / (4 * squareRootOf(left.determinant * right.determinant) + epsilon) + epsilon);
    double apart = distance + shape;
    apart = apart < epsilon ? epsilon : apart > 100 ? 100 : apart;
    return 1 - squareRootOf(1 - expOf(-apart) + epsilon);
}

// Whether the distance of the centres alone is enough.
DEVICE bool isFartherThan(const Gaussian& left, const Gaussian& right, double distance) {
    double dx = left.x - right.x, dy = left.y - right.y;
    double spread = left.a + left.b + right.a + right.b;
    return spread > 1 && left.determinant > 1 && right.determinant > 1
        && 0.25 * (dx * dx + dy * dy) > (distance + 0.01) * spread;
}

KERNEL(rotatedBoxes, RotatedArguments) {
    int picture = blockZ(), count = minOf(a.counts[picture].candidates, a.capacity);
    FOR_THREADS(t) {
        int i = blockX() * blockThreads() + t;
        if (i < count) {
            i64 place = (i64)picture * a.capacity + i;
            Found found = a.ordered[place];
            a.boxes[place] = gaussianOf(a.head, picture, found, classOffset(found.label, a.agnostic));
        }
    }
}

// Blocks of 256 threads, 32 for each of 8 boxes.
KERNEL(rotatedSuppress, RotatedArguments) {
    SHARED(int, isDropped, 8);
    int picture = blockZ(), count = minOf(a.counts[picture].candidates, a.capacity), first = blockX() * 8;
    if (first >= count) return;
    const Gaussian* boxes = a.boxes + (i64)picture * a.capacity;
    FOR_THREADS(t) {
        if (t < 8) isDropped[t] = 0;
    }
    FOR_THREADS(t) {
        int i = first + (t >> 5);
        if (i < count) {
            Gaussian box = boxes[i];
            for (int better = t & 31; better < i && !isDropped[t >> 5]; better += 32) {
                if (!a.agnostic && boxes[better].label != box.label) continue;
                if (isFartherThan(boxes[better], box, a.farthest)) continue;
                if (probabilisticIou(boxes[better], box) > a.iou) isDropped[t >> 5] = 1;
            }
        }
    }
    FOR_THREADS(t) {
        if (t < 8 && first + t < count) a.dropped[(i64)picture * a.capacity + first + t] = isDropped[t];
    }
}

// The first that stay. One block of 256 threads for a picture.
KERNEL(rotatedKept, RotatedArguments) {
    SHARED(int, flags, 256);
    SHARED(int, places, 256);
    int picture = blockZ(), candidates = minOf(a.counts[picture].candidates, a.capacity), count = 0;
    i64 start = (i64)picture * a.capacity;
    for (int first = 0; first < candidates && count < a.most; first += 256) {
        FOR_THREADS(t) { flags[t] = first + t < candidates && !a.dropped[start + first + t]; }
        count = numberFlags(flags, count, places);
        FOR_THREADS(t) {
            if (flags[t] && places[t] < a.most) a.kept[(i64)picture * a.most + places[t]] = a.ordered[start + first + t];
        }
    }
    FOR_THREADS(t) {
        if (t == 0) a.counts[picture].finds = minOf(count, a.most);
    }
}
