#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include "names.h"

// The version that the stand-in simulates; README.md lists the variants that the tests build.
#ifndef FAKE_MAJOR
#define FAKE_MAJOR 10
#endif
#ifndef FAKE_MINOR
#define FAKE_MINOR 16
#endif
#ifndef FAKE_PATCH
#define FAKE_PATCH 0
#endif
#ifndef FAKE_BUILD
#define FAKE_BUILD 7
#endif
#define FAKE_VERSION (FAKE_MAJOR * 10000 + FAKE_MINOR * 100 + FAKE_PATCH)

#define EXPORT extern "C" __attribute__((visibility("default")))

#define FAKE_HAS(major, minor) (FAKE_MAJOR > (major) || (FAKE_MAJOR == (major) && FAKE_MINOR >= (minor)))

struct Dims
{
    int32_t nbDims;
    int64_t d[8];
};

struct Weights
{
    int32_t type;
    void const* values;
    int64_t count;
};

struct InterfaceInfo
{
    char const* kind;
    int32_t major;
    int32_t minor;
};

struct TimingCacheKey
{
    uint8_t data[16];
};

struct TimingCacheValue
{
    uint64_t tacticHash;
    float timingMSec;
};

static_assert(sizeof(Dims) == 72 && sizeof(Weights) == 24 && sizeof(InterfaceInfo) == 16);

// A C++ function that returns bool defines the low 8 bits of the register only. Functions here fill the rest of the register with
// noise, so that a caller who reads more than 8 bits fails.
using Bool = uint64_t;

inline Bool answer(bool value)
{
    return 0xA5A5A5A5A5A5A500ull | (value ? 1u : 0u);
}

#if FAKE_MAJOR < 11
using MaxAuxStreamsResult = void;
#else
using MaxAuxStreamsResult = Bool;
#endif

// Counts a call of a method that has a slot but no body, so that a test notices a wrong slot.
void noteAbsentCall(char const* method);

template <class T>
T absent(char const* method)
{
    noteAbsentCall(method);
    return T();
}

#define SLOT(Result, name, parameters) \
    virtual Result name parameters { return absent<Result>(#name); }

class VRoot
{
public:
    virtual ~VRoot() = default;
};

class INoCopy
{
public:
    INoCopy() = default;
    INoCopy(INoCopy const&) = delete;
    INoCopy& operator=(INoCopy const&) = delete;
    virtual ~INoCopy() = default;
};

// A public object: its table has only the destructor, and it owns the implementation.
template <class Implementation>
class Outer : public INoCopy
{
public:
    explicit Outer(Implementation* implementation) : mImpl(implementation) {}
    ~Outer() override { delete mImpl; }
    Implementation* impl() const { return mImpl; }

protected:
    Implementation* mImpl;
};
