#pragma once
#include "engine.h"
#include <mutex>

struct Job;

class ContextImpl final : public VExecutionContext, public Family, private Counted
{
public:
    ContextImpl(EngineImpl& engine, void* scratch, bool ownsScratch);
    ~ContextImpl() override;

    RECORDER
    IExecutionContext* getPImpl() override { return outer; }
    ICudaEngine const* getEngine() const override { return mEngine.outer; }
    void setName(char const* name) override { mName = name; }
    char const* getName() const override { return mName.c_str(); }
    void setProfiler(IProfiler* profiler) override { mProfiler = profiler; }
    IProfiler* getProfiler() const override { return mProfiler; }
    void setEnqueueEmitsProfile(bool emits) override { mEmitsProfile = emits; }
    Bool getEnqueueEmitsProfile() const override { return answer(mEmitsProfile); }
    Bool reportToProfiler() const override;
    void setDeviceMemory(void* memory) override { mScratch = memory; }
#if FAKE_HAS(10, 1)
    void setDeviceMemoryV2(void* memory, int64_t) override { mScratch = memory; }
#endif
    size_t updateDeviceMemorySizeForShapes() override { return mEngine.scratchBytes(); }
    int32_t getOptimizationProfile() const override { return mProfile; }
    Bool setOptimizationProfileAsync(int32_t profile, void* stream) override;
    Bool allInputDimensionsSpecified() const override { return answer(missingInputs().empty()); }
    Bool setInputShape(char const* name, Dims const* dims) override;
    Dims getTensorShape(char const* name) const override;
    Dims getTensorStrides(char const* name) const override;
    Bool setTensorAddress(char const* name, void* address) override;
    void const* getTensorAddress(char const* name) const override;
    Bool setInputTensorAddress(char const* name, void const* address) override;
    Bool setOutputTensorAddress(char const* name, void* address) override { return setTensorAddress(name, address); }
    void* getOutputTensorAddress(char const* name) const override { return const_cast<void*>(getTensorAddress(name)); }
    int32_t inferShapes(int32_t most, char const** names) override;
    Bool setInputConsumedEvent(void* event) override;
    void* getInputConsumedEvent() const override { return mConsumed; }
    Bool setOutputAllocator(char const* name, IOutputAllocator* allocator) override;
    IOutputAllocator* getOutputAllocator(char const* name) override;
    int64_t getMaxOutputSize(char const* name) const override;
    Bool setTemporaryStorageAllocator(IGpuAllocator* allocator) override;
    IGpuAllocator* getTemporaryStorageAllocator() const override { return mTemporary; }
    Bool enqueueV3(void* stream) override;
    void setPersistentCacheLimit(size_t limit) override { mCacheLimit = limit; }
    size_t getPersistentCacheLimit() const override { return mCacheLimit; }
    Bool setNvtxVerbosity(int32_t verbosity) override;
    int32_t getNvtxVerbosity() const override { return mVerbosity; }
    void setAuxStreams(void**, int32_t) override {}

    IExecutionContext* outer = nullptr;

private:
    void fail(char const* function, ErrorCode code, std::string const& text) const;
    bool knows(char const* name, char const* function) const;
    std::vector<std::string> missingInputs() const;
    std::map<std::string, Dims> shapes() const;
    bool prepare(Graph const& graph, Job& job);
    bool placeOutput(Graph const& graph, Job& job, std::string const& name, void* stream);
    bool launch(std::unique_ptr<Job> job, void* stream);

    EngineImpl& mEngine;
    std::string mName;
    IErrorRecorder* mRecorder = nullptr;
    IProfiler* mProfiler = nullptr;
    IGpuAllocator* mTemporary = nullptr;
    void* mScratch;
    void* mOwnScratch;
    void* mConsumed = nullptr;
    int32_t mProfile = 0;
    int32_t mVerbosity = 0;
    size_t mCacheLimit = 0;
    bool mEmitsProfile = true;
    bool mRan = false;
    std::map<std::string, Dims> mShapes;
    std::map<std::string, void*> mAddresses;
    std::map<std::string, IOutputAllocator*> mAllocators;
    // Captured work may run again until the context is destroyed.
    std::vector<std::unique_ptr<Job>> mCaptured;
};
