#pragma once
#include "common.h"

class VRuntimeConfig : public VRoot
{
public:
#if FAKE_HAS(10, 11)
    SLOT(IRuntimeConfig*, getPImpl, ())
    SLOT(void, setExecutionContextAllocationStrategy, (int32_t))
    SLOT(int32_t, getExecutionContextAllocationStrategy, () const)
#endif
};
