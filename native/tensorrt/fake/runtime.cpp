#include "engine.h"
#include <chrono>
#include <cstdlib>
#include <thread>

namespace
{
class HostMemoryImpl final : public VHostMemory, private Counted
{
public:
    explicit HostMemoryImpl(std::string bytes) : Counted("hostMemory"), mBytes(std::move(bytes)) {}
    void* data() const override { return const_cast<char*>(mBytes.data()); }
    size_t size() const override { return mBytes.size(); }
    int32_t type() const override { return kInt8; }

private:
    std::string mBytes;
};

void doHarm(std::string const& harm)
{
    if (harm == "abort") std::abort();
    if (harm == "crash") *static_cast<int volatile*>(nullptr) = 1;
    while (harm == "hang") std::this_thread::sleep_for(std::chrono::seconds(1));
}

class RuntimeImpl final : public VRuntime, public Family, private Counted
{
public:
    explicit RuntimeImpl(ILogger* logger) : Family(nullptr), Counted("runtime"), mLogger(logger) {}
    ~RuntimeImpl() override { replaceRecorder(mRecorder, nullptr); }

    RECORDER
    IRuntime* getPImpl() override { return outer; }
    ILogger* getLogger() const override { return mLogger; }
    int32_t getDLACore() const override { return 0; }
    int32_t getNbDLACores() const override { return 0; }
    void setGpuAllocator(IGpuAllocator* allocator) override { mAllocator = allocator; }
    Bool setMaxThreads(int32_t threads) override
    {
        if (threads < 1) return answer(false);
        mThreads = threads;
        return answer(true);
    }

    int32_t getMaxThreads() const override { return mThreads; }
    void setTemporaryDirectory(char const* path) override { mTemporary = path == nullptr ? "" : path; }
    char const* getTemporaryDirectory() const override { return mTemporary.c_str(); }
    void setEngineHostCodeAllowed(bool allowed) override { mHostCode = allowed; }
    Bool getEngineHostCodeAllowed() const override { return answer(mHostCode); }
    IRuntime* loadRuntime(char const* path) override
    {
        fail("IRuntime::loadRuntime", std::string("Unable to load runtime from ") + (path == nullptr ? "null" : path));
        return nullptr;
    }

    ICudaEngine* deserializeCudaEngine(void const* data, size_t size) override
    {
        Graph graph;
        std::string error;
        if (takeFailure("fail.deserialize")) error = "Refused by fail.deserialize";
        else if (data == nullptr || !decodePlan(data, size, graph, error)) error = data == nullptr ? "Blob is null" : error;
        if (error.empty()) doHarm(graph.harm);
        if (error.empty() && graph.versionCompatible && !mHostCode)
            error = "Attempting to deserialize an engine with host code, but the runtime is not configured to allow it";
        if (error.empty()) return makeEngine(std::move(graph), mLogger, mRecorder, mAllocator, this);
        fail("IRuntime::deserializeCudaEngine", error);
        return nullptr;
    }

#if FAKE_MAJOR < 11
    ICudaEngine* deserializeCudaEngine(IStreamReader* reader) override
    {
        return read([reader](void* to, int64_t bytes) { return reader->read(to, bytes); });
    }
#endif
#if FAKE_HAS(10, 7)
    ICudaEngine* deserializeCudaEngineV2(IStreamReaderV2* reader) override
    {
        return read([reader](void* to, int64_t bytes) { return reader->read(to, bytes, nullptr); });
    }
#endif

    IRuntime* outer = nullptr;

private:
    template <class Read>
    ICudaEngine* read(Read next)
    {
        std::string bytes;
        char part[64];
        for (int64_t got; (got = next(part, sizeof(part))) > 0;) bytes.append(part, static_cast<size_t>(got));
        return deserializeCudaEngine(bytes.data(), bytes.size());
    }

    void fail(char const* function, std::string const& text) const
    {
        report(mRecorder, mLogger, kUnspecified, std::string(function) + ": Error Code 1: Serialization (" + text + ")");
    }

    ILogger* mLogger;
    IErrorRecorder* mRecorder = nullptr;
    IGpuAllocator* mAllocator = nullptr;
    int32_t mThreads = 1;
    std::string mTemporary;
    bool mHostCode = false;
};
}

IHostMemory* makeHostMemory(std::string const& bytes) { return new IHostMemory(new HostMemoryImpl(bytes)); }

IRuntime* makeRuntime(ILogger* logger)
{
    auto* runtime = new RuntimeImpl(logger);
    runtime->outer = new IRuntime(runtime);
    return runtime->outer;
}
