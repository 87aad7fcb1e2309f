#include "objects.h"
#include <thread>
#include <vector>

// Calls objects of the application like TensorRT does: through the C++ classes, and from threads of its own.
namespace
{
template <class Call>
void onThreads(int32_t threads, Call call)
{
    std::vector<std::thread> running;
    for (int32_t thread = 0; thread < threads; thread++) running.emplace_back([thread, &call] { call(thread); });
    for (auto& thread : running) thread.join();
}

std::string numbered(char const* word, int32_t number) { return std::string(word) + " " + std::to_string(number); }
}

// Copies the name of the class; returns 100 * major + minor of its version, -1 if the object is not a C++ object.
EXPORT int32_t fake_trt_interface(IVersionedInterface const* object, char* kind, size_t capacity)
{
    if (object->getAPILanguage() != 0) return -1;
    InterfaceInfo const info = object->getInterfaceInfo();
    strncpy(kind, info.kind, capacity);
    return info.major * 100 + info.minor;
}

EXPORT void fake_trt_delete(IVersionedInterface* object) { delete object; }

EXPORT void fake_trt_log(ILogger* logger, int32_t threads, int32_t lines)
{
    onThreads(threads, [=](int32_t thread) {
        for (int32_t line = 0; line < lines; line++)
            logger->log(line % 5, (numbered("thread", thread) + numbered(" line", line)).c_str());
    });
}

EXPORT void fake_trt_profile(IProfiler* profiler, int32_t threads, int32_t layers)
{
    onThreads(threads, [=](int32_t) {
        for (int32_t layer = 0; layer < layers; layer++)
            profiler->reportLayerTime(numbered("layer", layer).c_str(), layer * 0.25f);
    });
}

// Each thread is a phase inside the first one. Returns the number of refused steps.
EXPORT int32_t fake_trt_progress(IProgressMonitor* monitor, int32_t threads, int32_t steps)
{
    std::atomic<int32_t> refused{0};
    onThreads(threads, [=, &refused](int32_t thread) {
        auto const phase = numbered("phase", thread);
        monitor->phaseStart(phase.c_str(), thread == 0 ? nullptr : "phase 0", steps);
        for (int32_t step = 0; step < steps; step++)
            if (!monitor->stepComplete(phase.c_str(), step)) refused++;
        monitor->phaseFinish(phase.c_str());
    });
    return refused;
}

// Returns the number of errors that the recorder then has, -1 if one cannot be read.
EXPORT int32_t fake_trt_report(IErrorRecorder* recorder, int32_t threads, int32_t errors)
{
    recorder->incRefCount();
    onThreads(threads, [=](int32_t thread) {
        for (int32_t error = 0; error < errors; error++) recorder->reportError(kInternal, numbered("thread", thread).c_str());
    });
    int32_t const number = recorder->getNbErrors();
    for (int32_t i = 0; i < number; i++)
        if (recorder->getErrorDesc(i) == nullptr || recorder->getErrorCode(i) != kInternal) return -1;
    if (recorder->hasOverflowed() != (number < threads * errors)) return -1;
    return recorder->decRefCount() == 0 ? number : -1;
}

// Each thread allocates and frees this many blocks, every second one on a stream. Returns the number of failures.
EXPORT int32_t fake_trt_allocate(IGpuAllocator* allocator, int32_t threads, int32_t blocks)
{
    std::atomic<int32_t> wrong{0};
    onThreads(threads, [=, &wrong](int32_t thread) {
        auto* const stream = reinterpret_cast<void*>(static_cast<intptr_t>(thread + 1));
        for (int32_t block = 0; block < blocks; block++)
        {
            bool const async = block % 2 == 1;
            uint64_t const size = 1024ull * (thread + 1);
            void* const memory = async ? allocator->allocateAsync(size, 256, 0, stream) : allocator->allocate(size, 256, 0);
            if (memory == nullptr || allocator->reallocate(memory, 256, size * 2) != nullptr) wrong++;
            if (!(async ? allocator->deallocateAsync(memory, stream) : allocator->deallocate(memory))) wrong++;
        }
    });
    return wrong;
}

EXPORT void* fake_trt_output(IOutputAllocator* allocator, void* current, uint64_t size, void* stream)
{
    Dims dims = {};
    dims.nbDims = 2;
    dims.d[0] = 3;
    dims.d[1] = 1ll << 40;
    void* const memory = stream == nullptr
        ? allocator->reallocateOutput("output", current, size, 256)
        : allocator->reallocateOutputAsync("output", current, size, 256, stream);
    allocator->notifyShape("output", dims);
    return memory;
}

EXPORT int64_t fake_trt_read(IStreamReaderV2* reader, int64_t offset, int32_t origin, void* to, int64_t bytes)
{
    return reader->seek(offset, origin) ? reader->read(to, bytes, nullptr) : -1;
}
