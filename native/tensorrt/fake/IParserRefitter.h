#pragma once
#include "common.h"

class IParserRefitter
{
public:
    SLOT(Bool, refitFromBytes, (void const*, size_t, char const*))
    SLOT(Bool, refitFromFile, (char const*))
    SLOT(int32_t, getNbErrors, () const)
    SLOT(IParserError const*, getError, (int32_t) const)
    SLOT(void, clearErrors, ())
    virtual ~IParserRefitter() = default;
#if FAKE_HAS(10, 14)
    SLOT(Bool, loadModelProto, (void const*, size_t, char const*))
    SLOT(Bool, loadInitializer, (char const*, void const*, size_t))
    SLOT(Bool, refitModelProto, ())
#endif
};
