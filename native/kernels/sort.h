// The place of a key among others. Keys are unique, so it is the number of smaller ones.
#pragma once

#include "kernel.h"

// For each thread of a block the number of keys below its own. 256 threads.
DEVICE void rank(const u64* keys, int count, int first, int* ranks) {
    SHARED(u64, tile, 256);
    FOR_THREADS(t) { ranks[t] = 0; }
    for (int start = 0; start < count; start += 256) {
        int size = minOf(256, count - start);
        FOR_THREADS(t) {
            if (t < size) tile[t] = keys[start + t];
        }
        FOR_THREADS(t) {
            if (first + t < count) {
                u64 key = keys[first + t];
                int below = 0;
                for (int i = 0; i < size; i++) below += tile[i] < key;
                ranks[t] += below;
            }
        }
    }
}
