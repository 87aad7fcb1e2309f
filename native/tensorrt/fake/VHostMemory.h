#pragma once
#include "common.h"

class VHostMemory : public VRoot
{
public:
    SLOT(void*, data, () const)
    SLOT(size_t, size, () const)
    SLOT(int32_t, type, () const)
};
