// Copies as many bytes as a number on the device says: what was filled of a buffer, to pinned host memory.
#include "kernel.h"

struct CopyUsedArguments {
    const u32* source;
    u32* target;
    // Bytes in use, rounded up to whole words.
    const int* used;
    int capacity;
};

KERNEL(copyUsed, CopyUsedArguments) {
    int words = (minOf(*a.used, a.capacity) + 3) / 4;
    FOR_THREADS(t) {
        for (int i = blockX() * blockThreads() + t; i < words; i += blocksX() * blockThreads()) a.target[i] = a.source[i];
    }
}
