#pragma once
#include "common.h"

class VTimingCache : public VRoot
{
public:
    SLOT(IHostMemory*, serialize, () const)
    SLOT(Bool, combine, (ITimingCache const*, bool))
    SLOT(Bool, reset, ())
#if FAKE_HAS(10, 8)
    SLOT(int64_t, queryKeys, (TimingCacheKey*, int64_t) const)
    SLOT(TimingCacheValue, query, (TimingCacheKey const*) const)
    SLOT(Bool, update, (TimingCacheKey const*, TimingCacheValue const*))
#endif
};
