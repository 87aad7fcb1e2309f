// Greedy suppression of sorted candidates: one is kept if no better one that was kept drops it.
#pragma once

#include "found.h"

// By how much the boxes of a class are moved, so that those of different classes do not meet.
DEVICE float classOffset(int label, int agnostic) { return agnostic ? 0.0f : 7680 * (float)label; }

// One block of 512 threads for a picture. 64 candidates at a time are compared with those that are kept and with each other; then
// one thread keeps the best that is left, and strikes out what that drops, until none is left: a step for each that is kept.
// Rule: bool drops(const Found& better, const Found& candidate) const.
template <class Rule>
DEVICE int suppressGreedily(const Found* ordered, int count, int most, const Rule& rule, Found* kept) {
    SHARED(Found, chunk, 64);
    // Bits of the candidates that better chunks drop.
    SHARED(u32, dropped, 2);
    // For each candidate a bit for each worse one of the chunk that it drops, written by bytes.
    SHARED(u64, worse, 64);
    SHARED(int, picks, 64);
    SHARED(int, total, 1);
    int finds = 0;
    for (int start = 0; start < count && finds < most; start += 64) {
        int size = minOf(64, count - start);
        FOR_THREADS(t) {
            if (t < size) chunk[t] = ordered[start + t];
            if (t < 2) dropped[t] = 0;
        }
        FOR_THREADS(t) {
            int i = t & 63, part = t >> 6;
            if (i < size) {
                Found one = chunk[i];
                bool isDropped = false;
                for (int k = part; k < finds && !isDropped; k += 8) isDropped = rule.drops(kept[k], one);
                if (isDropped) atomicOr(&dropped[i >> 5], 1u << (i & 31));
                int bits = 0;
                for (int k = 0; k < 8; k++) {
                    int other = 8 * part + k;
                    if (other > i && other < size && rule.drops(one, chunk[other])) bits |= 1 << k;
                }
                ((u8*)worse)[8 * i + part] = (u8)bits;
            }
        }
        FOR_THREADS(t) {
            if (t == 0) {
                u64 left = ~((u64)dropped[1] << 32 | dropped[0]);
                if (size < 64) left &= ((u64)1 << size) - 1;
                int found = 0;
                while (left && finds + found < most) {
                    int i = firstBit(left);
                    left &= ~((u64)1 << i) & ~worse[i];
                    picks[found++] = i;
                }
                total[0] = found;
            }
        }
        int found = total[0];
        FOR_THREADS(t) {
            if (t < found) kept[finds + t] = chunk[picks[t]];
        }
        finds += found;
    }
    return finds;
}
