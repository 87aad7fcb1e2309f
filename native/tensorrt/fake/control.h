#pragma once
#include "common.h"
#include <string>

// Switches that a test sets and counters that it reads, by name (README.md lists them).
int64_t switchValue(char const* name);
bool takeFailure(char const* name);
void count(char const* name, int64_t change = 1);
// Sets a counter to a value.
void note(char const* name, int64_t value);

// The argument of setInternalLibraryPath, a prefix of the name of the builder resource.
std::string& internalLibraryPath();

// The CUDA driver, if fake_trt_use_cuda named one.
using HostFunction = void (*)(void*);
bool haveCuda();
int launchHostFunction(void* stream, HostFunction function, void* data);
int synchronizeStream(void* stream);
bool isCapturing(void* stream);
int recordEvent(void* event, void* stream);
int fillMemory(void* memory, size_t bytes, void* stream);

// The error codes of TensorRT that the stand-in reports, and its log severities.
enum ErrorCode : int32_t
{
    kUnspecified = 1,
    kInternal = 2,
    kInvalidArgument = 3,
    kInvalidConfig = 4,
    kFailedAllocation = 5,
    kFailedExecution = 7,
    kInvalidState = 9
};

enum Severity : int32_t { kInternalError = 0, kError = 1, kWarning = 2, kInfo = 3, kVerbose = 4 };

// Reports to the error recorder if there is one, or else to the log, as the real library does.
void report(IErrorRecorder* recorder, ILogger* logger, ErrorCode code, std::string const& text);
void log(ILogger* logger, Severity severity, std::string const& text);

// Counts the living objects of a kind as "live.NAME".
class Counted
{
public:
    explicit Counted(char const* kind) : mKind(std::string("live.") + kind) { count(mKind.c_str()); }
    ~Counted() { count(mKind.c_str(), -1); }
    Counted(Counted const&) = delete;
    Counted& operator=(Counted const&) = delete;

private:
    std::string mKind;
};
