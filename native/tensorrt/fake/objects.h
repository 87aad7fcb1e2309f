#pragma once
#include "control.h"
#include "graph.h"
#include "interfaces.h"
#include "VBuilder.h"
#include "VBuilderConfig.h"
#include "VCudaEngine.h"
#include "VEngineInspector.h"
#include "VExecutionContext.h"
#include "VHostMemory.h"
#include "VLayer.h"
#include "VNetworkDefinition.h"
#include "VOptimizationProfile.h"
#include "VRefitter.h"
#include "VRuntime.h"
#include "VSerializationConfig.h"
#include "VTensor.h"
#include "VTimingCache.h"
#include <atomic>
#include <memory>

#define OUTER(Public, Implementation) \
    class Public : public Outer<Implementation> \
    { \
    public: \
        using Outer<Implementation>::Outer; \
    }

OUTER(IRuntime, VRuntime);
OUTER(ICudaEngine, VCudaEngine);
OUTER(IExecutionContext, VExecutionContext);
OUTER(IHostMemory, VHostMemory);
OUTER(IRefitter, VRefitter);
OUTER(IEngineInspector, VEngineInspector);
OUTER(ISerializationConfig, VSerializationConfig);
OUTER(IBuilder, VBuilder);
OUTER(IOptimizationProfile, VOptimizationProfile);
OUTER(ITensor, VTensor);
OUTER(ITimingCache, VTimingCache);

// These two classes have a method in the table of the public object.
class IBuilderConfig : public Outer<VBuilderConfig>
{
public:
    using Outer<VBuilderConfig>::Outer;
    virtual void setAvgTimingIterations(int32_t) { noteAbsentCall("IBuilderConfig.setAvgTimingIterations"); }
};

class INetworkDefinition : public Outer<VNetworkDefinition>
{
public:
    using Outer<VNetworkDefinition>::Outer;
    virtual IBuilder* getBuilder() const { return absent<IBuilder*>("INetworkDefinition.getBuilder"); }
};

// The public object of a layer holds the common part at byte 8 and its own part at byte 16.
class ILayer : public Outer<VLayer>
{
public:
    using Outer<VLayer>::Outer;
    void* ownPart = nullptr;
};

static_assert(sizeof(IRuntime) == 16 && sizeof(IBuilderConfig) == 16 && sizeof(ILayer) == 24);

// Counts parents that are destroyed before their children: the real library would read freed memory.
class Family
{
public:
    explicit Family(Family const* parent) : mParents(parent == nullptr ? nullptr : parent->mChildren)
    {
        if (mParents) ++*mParents;
    }

    ~Family()
    {
        if (*mChildren != 0) count("orderErrors");
        if (mParents) --*mParents;
    }

    Family(Family const&) = delete;
    Family& operator=(Family const&) = delete;

private:
    std::shared_ptr<std::atomic<int>> mChildren = std::make_shared<std::atomic<int>>(0);
    std::shared_ptr<std::atomic<int>> mParents;
};

IHostMemory* makeHostMemory(std::string const& bytes);
std::string encodePlan(Graph const& graph, size_t padding = 0);

// Like the real library: a serialized engine is this much larger than the plan that it was opened from.
constexpr size_t kSerializedAgain = 336;

bool decodePlan(void const* data, size_t size, Graph& graph, std::string& error);
ICudaEngine* makeEngine(Graph graph, ILogger* logger, IErrorRecorder* recorder, IGpuAllocator* allocator, Family const* parent);
IRuntime* makeRuntime(ILogger* logger);
IRefitter* makeRefitter(ICudaEngine& engine, ILogger* logger);
IBuilder* makeBuilder(ILogger* logger);

#define RECORDER \
    void setErrorRecorder(IErrorRecorder* recorder) override { replaceRecorder(mRecorder, recorder); } \
    IErrorRecorder* getErrorRecorder() const override { return mRecorder; }

inline void replaceRecorder(IErrorRecorder*& current, IErrorRecorder* next)
{
    if (next != nullptr) next->incRefCount();
    if (current != nullptr) current->decRefCount();
    current = next;
}
