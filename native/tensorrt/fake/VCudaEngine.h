#pragma once
#include "common.h"

class VCudaEngine : public VRoot
{
public:
    SLOT(ICudaEngine*, getPImpl, ())
    SLOT(int32_t, getNbLayers, () const)
    SLOT(IHostMemory*, serialize, () const)
    SLOT(IExecutionContext*, createExecutionContext, (int32_t))
#if FAKE_MAJOR < 11
    SLOT(IExecutionContext*, createExecutionContextWithoutDeviceMemory, ())
    SLOT(size_t, getDeviceMemorySize, () const)
#endif
    SLOT(Bool, isRefittable, () const)
    SLOT(char const*, getName, () const)
    SLOT(int32_t, getNbOptimizationProfiles, () const)
#if FAKE_MAJOR < 11
    SLOT(int32_t const*, getProfileTensorValues, (char const*, int32_t, int32_t) const)
#endif
    SLOT(int32_t, getEngineCapability, () const)
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
#if FAKE_MAJOR < 11
    SLOT(Bool, hasImplicitBatchDimension, () const)
#endif
    SLOT(uint32_t, getTacticSources, () const)
    SLOT(int32_t, getProfilingVerbosity, () const)
    SLOT(IEngineInspector*, createEngineInspector, () const)
    SLOT(Dims, getTensorShape, (char const*) const)
    SLOT(int32_t, getTensorDataType, (char const*) const)
    SLOT(int32_t, getTensorLocation, (char const*) const)
    SLOT(Bool, isShapeInferenceIO, (char const*) const)
    SLOT(int32_t, getTensorIOMode, (char const*) const)
    SLOT(int32_t, getTensorBytesPerComponent, (char const*) const)
    SLOT(int32_t, getTensorComponentsPerElement, (char const*) const)
    SLOT(int32_t, getTensorFormat, (char const*) const)
    SLOT(char const*, getTensorFormatDesc, (char const*) const)
    SLOT(int32_t, getTensorVectorizedDim, (char const*) const)
    SLOT(Dims, getProfileShape, (char const*, int32_t, int32_t) const)
    SLOT(int32_t, getNbIOTensors, () const)
    SLOT(char const*, getIOTensorName, (int32_t) const)
    SLOT(int32_t, getHardwareCompatibilityLevel, () const)
    SLOT(int32_t, getNbAuxStreams, () const)
    SLOT(int32_t, getTensorBytesPerComponentV2, (char const*, int32_t) const)
    SLOT(int32_t, getTensorComponentsPerElementV2, (char const*, int32_t) const)
    SLOT(int32_t, getTensorFormatV2, (char const*, int32_t) const)
    SLOT(char const*, getTensorFormatDescV2, (char const*, int32_t) const)
    SLOT(int32_t, getTensorVectorizedDimV2, (char const*, int32_t) const)
    SLOT(ISerializationConfig*, createSerializationConfig, ())
    SLOT(IHostMemory*, serializeWithConfig, (ISerializationConfig*) const)
#if FAKE_MAJOR < 11
    SLOT(size_t, getDeviceMemorySizeForProfile, (int32_t) const)
#endif
    SLOT(IRefitter*, createRefitter, (ILogger*))
#if FAKE_MAJOR < 11
    SLOT(Bool, setWeightStreamingBudget, (int64_t))
    SLOT(int64_t, getWeightStreamingBudget, () const)
    SLOT(int64_t, getMinimumWeightStreamingBudget, () const)
#endif
    SLOT(int64_t, getStreamableWeightsSize, () const)
    SLOT(Bool, isDebugTensor, (char const*) const)
#if FAKE_HAS(10, 1)
    SLOT(Bool, setWeightStreamingBudgetV2, (int64_t))
    SLOT(int64_t, getWeightStreamingBudgetV2, () const)
    SLOT(int64_t, getWeightStreamingAutomaticBudget, () const)
    SLOT(int64_t, getWeightStreamingScratchMemorySize, () const)
    SLOT(int64_t, getDeviceMemorySizeV2, () const)
    SLOT(int64_t, getDeviceMemorySizeForProfileV2, (int32_t) const)
#endif
#if FAKE_HAS(10, 11)
    SLOT(int64_t const*, getProfileTensorValuesV2, (char const*, int32_t, int32_t) const)
    SLOT(IExecutionContext*, createExecutionContextWithRuntimeConfig, (IRuntimeConfig*))
    SLOT(IRuntimeConfig*, createRuntimeConfig, ())
#endif
#if FAKE_HAS(10, 14)
    SLOT(int64_t, getEngineStat, (int32_t) const)
#endif
#if FAKE_HAS(10, 15)
    SLOT(char const*, getAliasedInputTensor, (char const*) const)
#endif
};
