#pragma once
#include "common.h"

class VExecutionContext : public VRoot
{
public:
    SLOT(IExecutionContext*, getPImpl, ())
    SLOT(void, setDebugSync, (bool))
    SLOT(Bool, getDebugSync, () const)
    SLOT(void, setProfiler, (IProfiler*))
    SLOT(IProfiler*, getProfiler, () const)
    SLOT(ICudaEngine const*, getEngine, () const)
    SLOT(void, setName, (char const*))
    SLOT(char const*, getName, () const)
    SLOT(void, setDeviceMemory, (void*))
    SLOT(int32_t, getOptimizationProfile, () const)
    SLOT(Bool, allInputDimensionsSpecified, () const)
#if FAKE_MAJOR < 11
    SLOT(Bool, allInputShapesSpecified, () const)
#endif
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
    SLOT(Bool, executeV2, (void* const*))
    SLOT(Bool, setOptimizationProfileAsync, (int32_t, void*))
    SLOT(void, setEnqueueEmitsProfile, (bool))
    SLOT(Bool, getEnqueueEmitsProfile, () const)
    SLOT(Bool, reportToProfiler, () const)
    SLOT(Bool, setInputShape, (char const*, Dims const*))
    SLOT(Dims, getTensorShape, (char const*) const)
    SLOT(Dims, getTensorStrides, (char const*) const)
    SLOT(Bool, setTensorAddress, (char const*, void*))
    SLOT(void const*, getTensorAddress, (char const*) const)
    SLOT(Bool, setInputTensorAddress, (char const*, void const*))
    SLOT(Bool, setOutputTensorAddress, (char const*, void*))
    SLOT(int32_t, inferShapes, (int32_t, char const**))
    SLOT(Bool, setInputConsumedEvent, (void*))
    SLOT(void*, getInputConsumedEvent, () const)
    SLOT(void*, getOutputTensorAddress, (char const*) const)
    SLOT(Bool, setOutputAllocator, (char const*, IOutputAllocator*))
    SLOT(IOutputAllocator*, getOutputAllocator, (char const*))
    SLOT(int64_t, getMaxOutputSize, (char const*) const)
    SLOT(Bool, setTemporaryStorageAllocator, (IGpuAllocator*))
    SLOT(IGpuAllocator*, getTemporaryStorageAllocator, () const)
    SLOT(Bool, enqueueV3, (void*))
    SLOT(void, setPersistentCacheLimit, (size_t))
    SLOT(size_t, getPersistentCacheLimit, () const)
    SLOT(Bool, setNvtxVerbosity, (int32_t))
    SLOT(int32_t, getNvtxVerbosity, () const)
    SLOT(void, setAuxStreams, (void**, int32_t))
    SLOT(Bool, setDebugListener, (IDebugListener*))
    SLOT(IDebugListener*, getDebugListener, ())
    SLOT(Bool, setTensorDebugState, (char const*, bool))
    SLOT(Bool, getDebugState, (char const*) const)
    SLOT(Bool, setAllTensorsDebugState, (bool))
    SLOT(size_t, updateDeviceMemorySizeForShapes, ())
#if FAKE_HAS(10, 1)
    SLOT(void, setDeviceMemoryV2, (void*, int64_t))
#endif
#if FAKE_HAS(10, 11)
    SLOT(IRuntimeConfig*, getRuntimeConfig, () const)
#endif
#if FAKE_HAS(10, 12)
    SLOT(Bool, setUnfusedTensorsDebugState, (bool))
    SLOT(Bool, getUnfusedTensorsDebugState, () const)
#endif
#if FAKE_HAS(10, 16)
    SLOT(Bool, setCommunicator, (void*))
#endif
};
