#pragma once
#include "common.h"

class VLayer : public VRoot
{
public:
    SLOT(int32_t, getType, () const)
    SLOT(void, setName, (char const*))
    SLOT(char const*, getName, () const)
    SLOT(int32_t, getNbInputs, () const)
    SLOT(ITensor*, getInput, (int32_t) const)
    SLOT(int32_t, getNbOutputs, () const)
    SLOT(ITensor*, getOutput, (int32_t) const)
    SLOT(void, setInput, (int32_t, ITensor*))
#if FAKE_MAJOR < 11
    SLOT(void, setPrecision, (int32_t))
    SLOT(int32_t, getPrecision, () const)
    SLOT(Bool, precisionIsSet, () const)
    SLOT(void, resetPrecision, ())
    SLOT(void, setOutputType, (int32_t, int32_t))
#endif
    SLOT(int32_t, getOutputType, (int32_t) const)
#if FAKE_MAJOR < 11
    SLOT(Bool, outputTypeIsSet, (int32_t) const)
    SLOT(void, resetOutputType, (int32_t))
#endif
    SLOT(void, setMetadata, (char const*))
    SLOT(char const*, getMetadata, () const)
#if FAKE_HAS(10, 16)
    SLOT(Bool, setNbRanks, (int32_t))
    SLOT(int32_t, getNbRanks, () const)
#endif
};
