#pragma once
#include "common.h"

// Interfaces that the application implements and the stand-in calls. The order of declaration gives the slots.
class IVersionedInterface
{
public:
    virtual int32_t getAPILanguage() const = 0;
    virtual InterfaceInfo getInterfaceInfo() const = 0;
    virtual ~IVersionedInterface() = default;
};

#if FAKE_MAJOR < 11
class ILogger
{
public:
    virtual void log(int32_t severity, char const* text) = 0;
    virtual ~ILogger() = default;
};

class IProfiler
{
public:
    virtual void reportLayerTime(char const* layer, float milliseconds) = 0;
    virtual ~IProfiler() = default;
};
#else
class ILogger : public IVersionedInterface
{
public:
    virtual void log(int32_t severity, char const* text) = 0;
};

class IProfiler : public IVersionedInterface
{
public:
    virtual void reportLayerTime(char const* layer, float milliseconds) = 0;
};
#endif

class IProgressMonitor : public IVersionedInterface
{
public:
    virtual void phaseStart(char const* phase, char const* parent, int32_t steps) = 0;
    virtual bool stepComplete(char const* phase, int32_t step) = 0;
    virtual void phaseFinish(char const* phase) = 0;
};

class IOutputAllocator : public IVersionedInterface
{
public:
    virtual void* reallocateOutput(char const* name, void* current, uint64_t size, uint64_t alignment) = 0;
    virtual void* reallocateOutputAsync(char const* name, void* current, uint64_t size, uint64_t alignment, void* stream) = 0;
    virtual void notifyShape(char const* name, Dims const& dims) = 0;
};

class IStreamReader : public IVersionedInterface
{
public:
    virtual int64_t read(void* destination, int64_t bytes) = 0;
};

class IStreamReaderV2 : public IVersionedInterface
{
public:
    virtual int64_t read(void* destination, int64_t bytes, void* stream) = 0;
    virtual bool seek(int64_t offset, int32_t origin) = 0;
};

class IStreamWriter : public IVersionedInterface
{
public:
    virtual int64_t write(void const* data, int64_t bytes) = 0;
};

class IGpuAllocator : public IVersionedInterface
{
public:
    virtual void* allocate(uint64_t size, uint64_t alignment, uint32_t flags) = 0;
    virtual void* reallocate(void* memory, uint64_t alignment, uint64_t size) = 0;
    virtual bool deallocate(void* memory) = 0;
    virtual void* allocateAsync(uint64_t size, uint64_t alignment, uint32_t flags, void* stream) = 0;
    virtual bool deallocateAsync(void* memory, void* stream) = 0;
};

#if FAKE_MAJOR < 11
class IInt8Calibrator : public IVersionedInterface
{
public:
    virtual int32_t getBatchSize() const = 0;
    virtual bool getBatch(void* addresses[], char const* names[], int32_t number) = 0;
    virtual void const* readCalibrationCache(size_t& length) = 0;
    virtual void writeCalibrationCache(void const* cache, size_t length) = 0;
    virtual int32_t getAlgorithm() = 0;
};
#endif

class IErrorRecorder : public IVersionedInterface
{
public:
    virtual int32_t getNbErrors() const = 0;
    virtual int32_t getErrorCode(int32_t index) const = 0;
    virtual char const* getErrorDesc(int32_t index) const = 0;
    virtual bool hasOverflowed() const = 0;
    virtual void clear() = 0;
    virtual bool reportError(int32_t code, char const* text) = 0;
    virtual int32_t incRefCount() = 0;
    virtual int32_t decRefCount() = 0;
};
