#include "control.h"
#include "interfaces.h"
#include <cstdlib>
#include <dlfcn.h>
#include <map>
#include <mutex>

namespace
{
std::mutex gMutex;
std::map<std::string, int64_t> gSwitches = {
    {"alignment", 256}, {"buildSteps", 8}, {"resourceCapability", 90}, {"scratchBytes", 4096}};
std::map<std::string, int64_t> gCounters;

struct Driver
{
    int (*launchHostFunc)(void*, HostFunction, void*);
    int (*streamSynchronize)(void*);
    int (*streamIsCapturing)(void*, int*);
    int (*eventRecord)(void*, void*);
    int (*memsetD8Async)(unsigned long long, unsigned char, size_t, void*);
};

Driver gDriver = {};
}

int64_t switchValue(char const* name)
{
    std::lock_guard<std::mutex> lock(gMutex);
    auto found = gSwitches.find(name);
    return found == gSwitches.end() ? 0 : found->second;
}

bool takeFailure(char const* name)
{
    std::lock_guard<std::mutex> lock(gMutex);
    auto found = gSwitches.find(name);
    if (found == gSwitches.end() || found->second == 0) return false;
    if (found->second > 0) found->second--;
    return true;
}

void count(char const* name, int64_t change)
{
    std::lock_guard<std::mutex> lock(gMutex);
    gCounters[name] += change;
}

std::string& internalLibraryPath()
{
    static std::string path;
    return path;
}

void note(char const* name, int64_t value)
{
    std::lock_guard<std::mutex> lock(gMutex);
    gCounters[name] = value;
}

void noteAbsentCall(char const* method)
{
    count("absentCalls");
    count((std::string("absent.") + method).c_str());
}

bool haveCuda() { return gDriver.launchHostFunc != nullptr; }

int launchHostFunction(void* stream, HostFunction function, void* data) { return gDriver.launchHostFunc(stream, function, data); }

int synchronizeStream(void* stream) { return haveCuda() ? gDriver.streamSynchronize(stream) : 0; }

bool isCapturing(void* stream)
{
    int status = 0;
    return haveCuda() && gDriver.streamIsCapturing != nullptr && gDriver.streamIsCapturing(stream, &status) == 0 && status != 0;
}

int recordEvent(void* event, void* stream)
{
    return haveCuda() && gDriver.eventRecord != nullptr ? gDriver.eventRecord(event, stream) : 0;
}

int fillMemory(void* memory, size_t bytes, void* stream)
{
    if (!haveCuda() || gDriver.memsetD8Async == nullptr) return 0;
    return gDriver.memsetD8Async(reinterpret_cast<unsigned long long>(memory), 0x5A, bytes, stream);
}

void log(ILogger* logger, Severity severity, std::string const& text)
{
    if (logger != nullptr) logger->log(severity, text.c_str());
}

void report(IErrorRecorder* recorder, ILogger* logger, ErrorCode code, std::string const& text)
{
    if (recorder != nullptr) recorder->reportError(code, text.c_str());
    else log(logger, kError, text);
}

EXPORT void fake_trt_set(char const* name, int64_t value)
{
    std::lock_guard<std::mutex> lock(gMutex);
    gSwitches[name] = value;
}

EXPORT int64_t fake_trt_get(char const* name)
{
    std::lock_guard<std::mutex> lock(gMutex);
    auto found = gCounters.find(name);
    return found == gCounters.end() ? 0 : found->second;
}

EXPORT int32_t fake_trt_use_cuda(char const* path)
{
    gDriver = {};
    if (path == nullptr) return 1;
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return 0;
    Driver driver = {};
    driver.launchHostFunc = reinterpret_cast<int (*)(void*, HostFunction, void*)>(dlsym(library, "cuLaunchHostFunc"));
    driver.streamSynchronize = reinterpret_cast<int (*)(void*)>(dlsym(library, "cuStreamSynchronize"));
    driver.streamIsCapturing = reinterpret_cast<int (*)(void*, int*)>(dlsym(library, "cuStreamIsCapturing"));
    driver.eventRecord = reinterpret_cast<int (*)(void*, void*)>(dlsym(library, "cuEventRecord"));
    driver.memsetD8Async =
        reinterpret_cast<int (*)(unsigned long long, unsigned char, size_t, void*)>(dlsym(library, "cuMemsetD8Async"));
    if (driver.launchHostFunc == nullptr || driver.streamSynchronize == nullptr) return 0;
    gDriver = driver;
    return 1;
}

namespace
{
/// What a test sets for a program that it starts: FAKE_TRT_SET is name=value,name=value; FAKE_TRT_CUDA is a libcuda.
struct Environment
{
    Environment()
    {
        char const* set = std::getenv("FAKE_TRT_SET");
        std::string rest = set == nullptr ? "" : set;
        while (!rest.empty())
        {
            std::string one = rest.substr(0, rest.find(','));
            rest = one.size() < rest.size() ? rest.substr(one.size() + 1) : "";
            size_t equals = one.find('=');
            if (equals != std::string::npos) gSwitches[one.substr(0, equals)] = std::atoll(one.c_str() + equals + 1);
        }

        if (char const* cuda = std::getenv("FAKE_TRT_CUDA")) fake_trt_use_cuda(cuda);
    }
} gEnvironment;
}
