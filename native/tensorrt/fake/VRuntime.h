#pragma once
#include "common.h"

class VRuntime : public VRoot
{
public:
    SLOT(IRuntime*, getPImpl, ())
    SLOT(ICudaEngine*, deserializeCudaEngine, (void const*, size_t))
#if FAKE_MAJOR < 11
    SLOT(ICudaEngine*, deserializeCudaEngine, (IStreamReader*))
#endif
    SLOT(void, setDLACore, (int32_t))
    SLOT(int32_t, getDLACore, () const)
    SLOT(int32_t, getNbDLACores, () const)
    SLOT(void, setGpuAllocator, (IGpuAllocator*))
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
    SLOT(ILogger*, getLogger, () const)
    SLOT(Bool, setMaxThreads, (int32_t))
    SLOT(int32_t, getMaxThreads, () const)
    SLOT(void, setTemporaryDirectory, (char const*))
    SLOT(char const*, getTemporaryDirectory, () const)
    SLOT(void, setTempfileControlFlags, (uint32_t))
    SLOT(uint32_t, getTempfileControlFlags, () const)
    SLOT(IPluginRegistry*, getPluginRegistry, ())
    SLOT(void, setPluginRegistryParent, (IPluginRegistry*))
    SLOT(IRuntime*, loadRuntime, (char const*))
    SLOT(void, setEngineHostCodeAllowed, (bool))
    SLOT(Bool, getEngineHostCodeAllowed, () const)
#if FAKE_HAS(10, 7)
    SLOT(ICudaEngine*, deserializeCudaEngineV2, (IStreamReaderV2*))
#endif
};
