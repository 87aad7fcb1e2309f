#pragma once
#include "common.h"

class IParser
{
public:
    SLOT(Bool, parse, (void const*, size_t, char const*))
    SLOT(Bool, parseFromFile, (char const*, int))
#if FAKE_MAJOR < 11
    SLOT(Bool, supportsModel, (void const*, size_t, void*, char const*))
    SLOT(Bool, parseWithWeightDescriptors, (void const*, size_t))
#endif
    SLOT(Bool, supportsOperator, (char const*) const)
    SLOT(int, getNbErrors, () const)
    SLOT(IParserError const*, getError, (int) const)
    SLOT(void, clearErrors, ())
    virtual ~IParser() = default;
    SLOT(char const* const*, getUsedVCPluginLibraries, (int64_t*) const)
    SLOT(void, setFlags, (uint32_t))
    SLOT(uint32_t, getFlags, () const)
    SLOT(void, clearFlag, (int32_t))
    SLOT(void, setFlag, (int32_t))
    SLOT(Bool, getFlag, (int32_t) const)
    SLOT(ITensor const*, getLayerOutputTensor, (char const*, int64_t))
#if FAKE_HAS(10, 1)
    SLOT(Bool, supportsModelV2, (void const*, size_t, char const*))
    SLOT(int64_t, getNbSubgraphs, ())
    SLOT(Bool, isSubgraphSupported, (int64_t))
    SLOT(int64_t*, getSubgraphNodes, (int64_t, int64_t*))
#endif
#if FAKE_HAS(10, 14)
    SLOT(Bool, loadModelProto, (void const*, size_t, char const*))
    SLOT(Bool, loadInitializer, (char const*, void const*, size_t))
    SLOT(Bool, parseModelProto, ())
#endif
#if FAKE_HAS(10, 15)
    SLOT(Bool, setBuilderConfig, (IBuilderConfig const*))
#endif
};
