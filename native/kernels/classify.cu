// Scores of classes from the output of a classification model, and the best of them. C#: Classification.GpuClassifier.
#include "kernel.h"
#include "maths.h"

constexpr int ScoreThreads = 256;

// Order as TrtBindings.Vision.ClassScores.
enum ScoreKind { ScoresAutomatic = 0, ScoresLogits = 1, ScoresProbabilities = 2 };

struct ScoreArguments {
    // [images, classes].
    const void* values;
    float* scores;
    // 2 for each image: number of classes; whether a score is not a number.
    int* notes;
    int classes, isHalf, kind;
};

// One block for each image. The sums are in double precision; their order is another than the CPU's, which is lost in rounding.
KERNEL(classScores, ScoreArguments) {
    SHARED(float, most, ScoreThreads);
    SHARED(double, sum, ScoreThreads);
    SHARED(int, isShare, ScoreThreads);
    SHARED(int, hasNaN, 1);
    i64 first = (i64)blockX() * a.classes;
    FOR_THREADS(t) {
        float best = floatOf(0xFF800000u);
        double total = 0;
        int all = 1;
        for (int i = t; i < a.classes; i += ScoreThreads) {
            float value = valueAt(a.values, first + i, a.isHalf);
            best = maxOf(best, value);
            if (!(value >= 0 && value <= 1)) all = 0;
            total += (double)value;
        }
        most[t] = best;
        sum[t] = total;
        isShare[t] = all;
        if (t == 0) hasNaN[0] = 0;
    }
    for (int step = ScoreThreads / 2; step > 0; step /= 2) {
        FOR_THREADS(t) {
            if (t < step) {
                most[t] = maxOf(most[t], most[t + step]);
                sum[t] += sum[t + step];
                isShare[t] &= isShare[t + step];
            }
        }
    }
    double away = sum[0] - 1;
    bool areShares = a.kind == ScoresProbabilities
        || (a.kind == ScoresAutomatic && isShare[0] && (away < 0 ? -away : away) <= 0.1);
    float greatest = most[0];
    // Every thread has read what the next loop overwrites.
    FOR_THREADS(t) { (void)t; }
    FOR_THREADS(t) {
        double total = 0;
        for (int i = t; i < a.classes; i += ScoreThreads) {
            float value = valueAt(a.values, first + i, a.isHalf);
            float score = areShares ? value : (float)expOf((double)(value - greatest));
            a.scores[first + i] = score;
            total += (double)score;
        }
        sum[t] = total;
    }
    for (int step = ScoreThreads / 2; step > 0; step /= 2) {
        FOR_THREADS(t) {
            if (t < step) sum[t] += sum[t + step];
        }
    }
    FOR_THREADS(t) {
        for (int i = t; i < a.classes; i += ScoreThreads) {
            float score = a.scores[first + i];
            if (!areShares) score = a.scores[first + i] = (float)((double)score / sum[0]);
            if (isNaN(score)) hasNaN[0] = 1;
        }
    }
    FOR_THREADS(t) {
        if (t == 0) {
            a.notes[2 * blockX()] = a.classes;
            a.notes[2 * blockX() + 1] = hasNaN[0];
        }
    }
}

struct BestArguments {
    const float* scores;
    // [images, top]: the classes in falling order of score; of equal scores the first class.
    int* best;
    int classes, top;
};

// One thread for each class: its place is the number of classes before it. Blocks in y are images.
KERNEL(bestClasses, BestArguments) {
    const float* scores = a.scores + (i64)blockY() * a.classes;
    FOR_THREADS(t) {
        int i = blockX() * blockThreads() + t;
        if (i < a.classes) {
            float score = scores[i];
            int before = 0;
            for (int j = 0; j < i; j++) before += scores[j] >= score;
            for (int j = i + 1; j < a.classes; j++) before += scores[j] > score;
            if (before < a.top) a.best[(i64)blockY() * a.top + before] = i;
        }
    }
}
