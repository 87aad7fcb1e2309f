#pragma once
#include "common.h"

class VRefitter : public VRoot
{
public:
    SLOT(IRefitter*, getPImpl, ())
    SLOT(Bool, setWeights, (char const*, int32_t, Weights))
    SLOT(Bool, refitCudaEngine, ())
    SLOT(int32_t, getMissing, (int32_t, char const**, int32_t*))
    SLOT(int32_t, getAll, (int32_t, char const**, int32_t*))
#if FAKE_MAJOR < 11
    SLOT(Bool, setDynamicRange, (char const*, float, float))
    SLOT(float, getDynamicRangeMin, (char const*) const)
    SLOT(float, getDynamicRangeMax, (char const*) const)
    SLOT(int32_t, getTensorsWithDynamicRange, (int32_t, char const**) const)
#endif
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
    SLOT(Bool, setNamedWeights, (char const*, Weights))
    SLOT(int32_t, getMissingWeights, (int32_t, char const**))
    SLOT(int32_t, getAllWeights, (int32_t, char const**))
    SLOT(ILogger*, getLogger, () const)
    SLOT(Bool, setMaxThreads, (int32_t))
    SLOT(int32_t, getMaxThreads, () const)
    SLOT(Bool, setNamedWeightsWithLocation, (char const*, Weights, int32_t))
    SLOT(Weights, getNamedWeights, (char const*) const)
    SLOT(int32_t, getWeightsLocation, (char const*) const)
    SLOT(Bool, unsetNamedWeights, (char const*))
    SLOT(void, setWeightsValidation, (bool))
    SLOT(Bool, getWeightsValidation, () const)
    SLOT(Bool, refitCudaEngineAsync, (void*))
    SLOT(Weights, getWeightsPrototype, (char const*) const)
};
