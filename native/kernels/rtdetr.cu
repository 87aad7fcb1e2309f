// Objects from RT-DETR's rows. C#: TrtBindings.Vision.RtDetr.GpuRtDetrDetections.
#include "frame.h"

struct RtDetrFind {
    int classIndex;
    float score, box[4];
};

struct RtDetrArguments {
    const Frame* frames;
    // [images, rows, columns].
    const void* values;
    // [images, rows]: scores of the rows that count, -1 for the others.
    float* scores;
    // [images, most].
    RtDetrFind* finds;
    int* counts;
    int isHalf, rows, columns, most;
    // Whether a row ends in score and class, not in a score for each class; `asksValues`: only if no class is between 0 and 1.
    int hasClass, asksValues;
    float confidence;
};

// The best class of a row; NaN only if there is nothing else. C#: RtDetrReader.BestOf.
DEVICE int bestClassOf(const RtDetrArguments& a, i64 row, float& score) {
    int best = 0;
    score = valueAt(a.values, row + 4, a.isHalf);
    for (int i = 1; i < a.columns - 4; i++) {
        float value = valueAt(a.values, row + 4 + i, a.isHalf);
        if (value > score || isNaN(score)) { best = i; score = value; }
    }
    return best;
}

// One block for each image. A row's place is the number of rows before it: those of a better score, or of an equal one and
// further up; with classes in the rows, all further up.
KERNEL(rtDetr, RtDetrArguments) {
    SHARED(int, state, 2);
    int image = blockX();
    i64 first = (i64)image * a.rows * a.columns;
    float* scores = a.scores + (i64)image * a.rows;
    FOR_THREADS(t) {
        if (t < 2) state[t] = 0;
    }
    FOR_THREADS(t) {
        if (a.hasClass && a.asksValues)
            for (int row = t; row < a.rows; row += blockThreads()) {
                float value = valueAt(a.values, first + (i64)row * a.columns + 5, a.isHalf);
                if (value > 0 && value < 1) state[0] = 1;
            }
    }
    FOR_THREADS(t) {
        bool hasClass = a.hasClass && !state[0];
        for (int row = t; row < a.rows; row += blockThreads()) {
            float score = valueAt(a.values, first + (i64)row * a.columns + 4, a.isHalf);
            if (!hasClass) bestClassOf(a, first + (i64)row * a.columns, score);
            bool counts = score > a.confidence;
            scores[row] = counts ? score : -1.0f;
            if (counts) atomicAdd(&state[1], 1);
        }
    }
    FOR_THREADS(t) {
        bool hasClass = a.hasClass && !state[0];
        float width = (float)a.frames[image].width, height = (float)a.frames[image].height;
        for (int row = t; row < a.rows; row += blockThreads()) {
            float score = scores[row];
            if (score < 0) continue;
            int before = 0;
            for (int j = 0; j < row; j++) before += hasClass ? scores[j] >= 0 : scores[j] >= score;
            if (!hasClass)
                for (int j = row + 1; j < a.rows; j++) before += scores[j] > score;
            if (before >= a.most) continue;
            i64 at = first + (i64)row * a.columns;
            RtDetrFind& find = a.finds[(i64)image * a.most + before];
            float label = hasClass ? valueAt(a.values, at + 5, a.isHalf) : 0.0f, best;
            find.classIndex = !hasClass ? bestClassOf(a, at, best) : isNaN(label) ? -1 : toInt(roundOf(label));
            find.score = score;
            float x = valueAt(a.values, at, a.isHalf), y = valueAt(a.values, at + 1, a.isHalf);
            float halfWidth = valueAt(a.values, at + 2, a.isHalf) / 2, halfHeight = valueAt(a.values, at + 3, a.isHalf) / 2;
            find.box[0] = (x - halfWidth) * width;
            find.box[1] = (y - halfHeight) * height;
            find.box[2] = (x + halfWidth) * width;
            find.box[3] = (y + halfHeight) * height;
        }
        if (t == 0) a.counts[image] = minOf(state[1], a.most);
    }
}
