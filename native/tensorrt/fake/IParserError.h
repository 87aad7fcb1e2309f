#pragma once
#include "common.h"

class IParserError
{
public:
    SLOT(int32_t, code, () const)
    SLOT(char const*, desc, () const)
    SLOT(char const*, file, () const)
    SLOT(int, line, () const)
    SLOT(char const*, func, () const)
    SLOT(int, node, () const)
    SLOT(char const*, nodeName, () const)
    SLOT(char const*, nodeOperator, () const)
    SLOT(char const* const*, localFunctionStack, () const)
    SLOT(int32_t, localFunctionStackSize, () const)
    virtual ~IParserError() = default;
};
