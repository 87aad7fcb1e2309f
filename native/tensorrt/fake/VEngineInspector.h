#pragma once
#include "common.h"

class VEngineInspector : public VRoot
{
public:
    SLOT(IEngineInspector*, getPImpl, ())
    SLOT(Bool, setExecutionContext, (IExecutionContext const*))
    SLOT(IExecutionContext const*, getExecutionContext, () const)
    SLOT(char const*, getLayerInformation, (int32_t, int32_t) const)
    SLOT(char const*, getEngineInformation, (int32_t) const)
    SLOT(void, setErrorRecorder, (IErrorRecorder*))
    SLOT(IErrorRecorder*, getErrorRecorder, () const)
};
