#pragma once
#include "common.h"

class VBuilder : public VRoot
{
public:
#if FAKE_MAJOR < 11
    SLOT(Bool, platformHasFastFp16, () const)
    SLOT(Bool, platformHasFastInt8, () const)
#endif
    SLOT(int32_t, getMaxDLABatchSize, () const)
    SLOT(int32_t, getNbDLACores, () const)
    SLOT(void, setGpuAllocator, (IGpuAllocator*))
    SLOT(IBuilderConfig*, createBuilderConfig, ())
    SLOT(INetworkDefinition*, createNetworkV2, (uint32_t))
    SLOT(IOptimizationProfile*, createOptimizationProfile, ())
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
    SLOT(void, reset, ())
#if FAKE_MAJOR < 11
    SLOT(Bool, platformHasTf32, () const)
#endif
    SLOT(IHostMemory*, buildSerializedNetwork, (INetworkDefinition*, IBuilderConfig*))
    SLOT(Bool, isNetworkSupported, (INetworkDefinition const*, IBuilderConfig const*) const)
    SLOT(ILogger*, getLogger, () const)
    SLOT(Bool, setMaxThreads, (int32_t))
    SLOT(int32_t, getMaxThreads, () const)
    SLOT(IPluginRegistry*, getPluginRegistry, ())
#if FAKE_HAS(10, 6)
    SLOT(ICudaEngine*, buildEngineWithConfig, (INetworkDefinition*, IBuilderConfig*))
#endif
#if FAKE_HAS(10, 13)
    SLOT(Bool, buildSerializedNetworkToStream, (INetworkDefinition*, IBuilderConfig*, IStreamWriter*))
    SLOT(IHostMemory*, buildSerializedNetworkWithKernelText, (INetworkDefinition*, IBuilderConfig*, IHostMemory**))
#endif
};
