// The first of some candidates, in order.
#pragma once

#include "found.h"

// Numbers the flags of 256 threads that are set, from `count` on. Returns the count with them.
DEVICE int numberFlags(const int* flags, int count, int* places) {
    SHARED(int, total, 1);
    FOR_THREADS(t) {
        int before = 0;
        for (int i = 0; i < t; i++) before += flags[i];
        places[t] = count + before;
        if (t == 255) total[0] = count + before + flags[t];
    }
    return total[0];
}
