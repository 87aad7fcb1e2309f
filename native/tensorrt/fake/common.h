#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include "names.h"

// The version that a build of the stand-in pretends to be; README.md lists the variants that the tests build.
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

// A C++ function that returns bool defines 8 bits of the register and no more. Functions here return the whole register with
// noise above those 8 bits, so that a caller who looks at more of it is found out.
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

// A method that the stand-in has only as a slot was called: counted, so that a test sees a wrong slot at once.
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

// What an application holds: a table with nothing but the destructor, and the implementation that it owns.
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
