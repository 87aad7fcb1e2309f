#pragma once
#include "common.h"

class VTensor : public VRoot
{
public:
    SLOT(void, setName, (char const*))
    SLOT(char const*, getName, () const)
    SLOT(void, setDimensions, (Dims const*))
    SLOT(Dims, getDimensions, () const)
#if FAKE_MAJOR < 11
    SLOT(void, setType, (int32_t))
#endif
    SLOT(int32_t, getType, () const)
#if FAKE_MAJOR < 11
    SLOT(Bool, setDynamicRange, (float, float))
#endif
    SLOT(Bool, isNetworkInput, () const)
    SLOT(Bool, isNetworkOutput, () const)
    SLOT(void, setBroadcastAcrossBatch, (bool))
    SLOT(Bool, getBroadcastAcrossBatch, () const)
    SLOT(int32_t, getLocation, () const)
    SLOT(void, setLocation, (int32_t))
#if FAKE_MAJOR < 11
    SLOT(Bool, dynamicRangeIsSet, () const)
    SLOT(void, resetDynamicRange, ())
    SLOT(float, getDynamicRangeMin, () const)
    SLOT(float, getDynamicRangeMax, () const)
#endif
    SLOT(void, setAllowedFormats, (uint32_t))
    SLOT(uint32_t, getAllowedFormats, () const)
    SLOT(Bool, isShapeTensor, () const)
    SLOT(Bool, isExecutionTensor, () const)
    SLOT(void, setDimensionName, (int32_t, char const*))
    SLOT(char const*, getDimensionName, (int32_t) const)
};
