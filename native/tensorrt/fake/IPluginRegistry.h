#pragma once
#include "common.h"

class IPluginRegistry
{
public:
#if FAKE_MAJOR < 11
    SLOT(Bool, registerCreator, (IPluginCreator*, char const*))
    SLOT(IPluginCreator* const*, getPluginCreatorList, (int32_t*) const)
    SLOT(IPluginCreator*, getPluginCreator, (char const*, char const*, char const*))
#endif
    virtual ~IPluginRegistry() = default;
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
#if FAKE_MAJOR < 11
    SLOT(Bool, deregisterCreator, (IPluginCreator const*))
#endif
    SLOT(Bool, isParentSearchEnabled, () const)
    SLOT(void, setParentSearchEnabled, (bool))
    SLOT(void*, loadLibrary, (char const*))
    SLOT(void, deregisterLibrary, (void*))
    SLOT(Bool, registerCreator, (IPluginCreatorInterface*, char const*))
    SLOT(IPluginCreatorInterface* const*, getAllCreators, (int32_t*) const)
    SLOT(IPluginCreatorInterface*, getCreator, (char const*, char const*, char const*))
    SLOT(Bool, deregisterCreator, (IPluginCreatorInterface const*))
    SLOT(IPluginResource*, acquirePluginResource, (char const*, IPluginResource*))
    SLOT(int32_t, releasePluginResource, (char const*))
#if FAKE_HAS(10, 10)
    SLOT(IPluginCreatorInterface* const*, getAllCreatorsRecursive, (int32_t*))
#endif
};
