// Candidates of YOLO in order, and the best of very many.
#include "sort.h"
#include "yolo.h"

struct SelectArguments {
    const u64* keys;
    const Counts* counts;
    u64* selected;
    i64 capacity;
    // The most that are selected, and room for each picture.
    int most;
};

// Where there are more than the most candidates, selects those with the smallest keys, in any order: byte after byte of the
// largest of them is found. One block for a picture.
KERNEL(selectBest, SelectArguments) {
    SHARED(int, buckets, 256);
    SHARED(u64, known, 1);
    SHARED(int, state, 2);
    int picture = blockZ(), count = a.counts[picture].candidates;
    if (count <= a.most) return;
    const u64* keys = a.keys + picture * a.capacity;
    FOR_THREADS(t) {
        if (t == 0) {
            known[0] = 0;
            state[0] = a.most;
            state[1] = 0;
        }
    }
    for (int shift = 56; shift >= 0; shift -= 8) {
        FOR_THREADS(t) {
            for (int i = t; i < 256; i += blockThreads()) buckets[i] = 0;
        }
        FOR_THREADS(t) {
            u64 above = shift == 56 ? 0 : known[0] >> (shift + 8);
            for (int i = t; i < count; i += blockThreads()) {
                u64 key = keys[i];
                if (shift == 56 || key >> (shift + 8) == above) atomicAdd(&buckets[(int)(key >> shift) & 255], 1);
            }
        }
        FOR_THREADS(t) {
            if (t == 0) {
                int rest = state[0], bucket = 0;
                while (bucket < 255 && buckets[bucket] < rest) rest -= buckets[bucket++];
                known[0] |= (u64)bucket << shift;
                state[0] = rest;
            }
        }
    }
    FOR_THREADS(t) {
        for (int i = t; i < count; i += blockThreads())
            if (keys[i] <= known[0]) a.selected[(i64)picture * a.most + atomicAdd(&state[1], 1)] = keys[i];
    }
}

// The keys of a picture that count, and their number.
DEVICE const u64* keysOf(
    const u64* keys, const u64* selected, i64 capacity, int most, const Counts& counts, int picture, int& count) {
    count = minOf(counts.candidates, most);
    return counts.candidates <= most ? keys + picture * capacity : selected + (i64)picture * most;
}

struct YoloOrderArguments {
    YoloHead head;
    const Frame* frames;
    const u64* keys;
    const u64* selected;
    const Counts* counts;
    Found* ordered;
    i64 capacity;
    int most;
};

KERNEL(yoloOrder, YoloOrderArguments) {
    SHARED(int, ranks, 256);
    int picture = blockZ(), count, first = blockX() * 256;
    const u64* keys = keysOf(a.keys, a.selected, a.capacity, a.most, a.counts[picture], picture, count);
    if (first >= count) return;
    rank(keys, count, first, ranks);
    FOR_THREADS(t) {
        if (first + t < count) {
            a.ordered[(i64)picture * a.most + ranks[t]] =
                foundAt(a.head, a.frames[picture], picture, keys[first + t]);
        }
    }
}
