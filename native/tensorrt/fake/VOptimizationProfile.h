#pragma once
#include "common.h"

class VOptimizationProfile : public VRoot
{
public:
    SLOT(Bool, setDimensions, (char const*, int32_t, Dims const*))
    SLOT(Dims, getDimensions, (char const*, int32_t) const)
#if FAKE_MAJOR < 11
    SLOT(Bool, setShapeValues, (char const*, int32_t, int32_t const*, int32_t))
#endif
    SLOT(int32_t, getNbShapeValues, (char const*) const)
#if FAKE_MAJOR < 11
    SLOT(int32_t const*, getShapeValues, (char const*, int32_t) const)
#endif
    SLOT(Bool, setExtraMemoryTarget, (float))
    SLOT(float, getExtraMemoryTarget, () const)
    SLOT(Bool, isValid, () const)
#if FAKE_HAS(10, 11)
    SLOT(Bool, setShapeValuesV2, (char const*, int32_t, int64_t const*, int32_t))
    SLOT(int64_t const*, getShapeValuesV2, (char const*, int32_t) const)
#endif
};
