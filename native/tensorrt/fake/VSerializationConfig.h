#pragma once
#include "common.h"

class VSerializationConfig : public VRoot
{
public:
    SLOT(Bool, setFlags, (uint32_t))
    SLOT(uint32_t, getFlags, () const)
    SLOT(Bool, clearFlag, (int32_t))
    SLOT(Bool, setFlag, (int32_t))
    SLOT(Bool, getFlag, (int32_t) const)
};
