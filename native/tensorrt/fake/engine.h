#pragma once
#include "objects.h"

class EngineImpl final : public VCudaEngine, public Family, private Counted
{
public:
    EngineImpl(Graph graph, ILogger* logger, IErrorRecorder* recorder, IGpuAllocator* allocator, Family const* parent);
    ~EngineImpl() override { replaceRecorder(mRecorder, nullptr); }

    RECORDER
    ICudaEngine* getPImpl() override { return outer; }
    int32_t getNbLayers() const override { return static_cast<int32_t>(graph()->nodes.size()); }
    IHostMemory* serialize() const override;
    ISerializationConfig* createSerializationConfig() override;
    IHostMemory* serializeWithConfig(ISerializationConfig* config) const override;
    IExecutionContext* createExecutionContext(int32_t strategy) override;
    // Like the real library: false for an engine that was built without its weights.
    Bool isRefittable() const override { return answer(graph()->refittable && !mBuiltStripped); }
    char const* getName() const override { return mName.c_str(); }
    int32_t getNbOptimizationProfiles() const override;
    IEngineInspector* createEngineInspector() const override;
    Dims getTensorShape(char const* name) const override;
    int32_t getTensorDataType(char const* name) const override;
    int32_t getTensorLocation(char const* name) const override { return decidesShapes(name) ? 1 : 0; }
    Bool isShapeInferenceIO(char const* name) const override { return answer(decidesShapes(name)); }
    int32_t getTensorIOMode(char const* name) const override;
    // -1 for plain linear tensors, like the real library.
    int32_t getTensorBytesPerComponent(char const*) const override { return -1; }
    int32_t getTensorComponentsPerElement(char const*) const override { return -1; }
    int32_t getTensorFormat(char const*) const override { return 0; }
    char const* getTensorFormatDesc(char const*) const override { return "Row major linear FP32 format (kLINEAR)"; }
    int32_t getTensorVectorizedDim(char const*) const override { return -1; }
    int32_t getTensorBytesPerComponentV2(char const*, int32_t) const override { return -1; }
    int32_t getTensorComponentsPerElementV2(char const*, int32_t) const override { return -1; }
    int32_t getTensorFormatV2(char const*, int32_t) const override { return static_cast<int32_t>(switchValue("tensorFormat")); }
    char const* getTensorFormatDescV2(char const* name, int32_t) const override { return getTensorFormatDesc(name); }
    int32_t getTensorVectorizedDimV2(char const*, int32_t) const override { return -1; }
    Dims getProfileShape(char const* name, int32_t profile, int32_t selector) const override;
    int32_t getNbIOTensors() const override;
    char const* getIOTensorName(int32_t index) const override;
    int32_t getHardwareCompatibilityLevel() const override { return 0; }
    int32_t getNbAuxStreams() const override { return 0; }
    IRefitter* createRefitter(ILogger* logger) override { return makeRefitter(*outer, logger); }
    int64_t getStreamableWeightsSize() const override { return 0; }
#if FAKE_HAS(10, 11)
    int64_t const* getProfileTensorValuesV2(char const* name, int32_t profile, int32_t selector) const override;
#endif
#if FAKE_MAJOR < 11
    int32_t const* getProfileTensorValues(char const* name, int32_t profile, int32_t selector) const override;
    size_t getDeviceMemorySize() const override { return scratchBytes(); }
    size_t getDeviceMemorySizeForProfile(int32_t profile) const override { return scratchBytes(profile); }
    Bool hasImplicitBatchDimension() const override { return answer(false); }
#endif
#if FAKE_HAS(10, 1)
    int64_t getDeviceMemorySizeV2() const override { return static_cast<int64_t>(scratchBytes()); }
    int64_t getDeviceMemorySizeForProfileV2(int32_t profile) const override
    {
        return static_cast<int64_t>(scratchBytes(profile));
    }
#endif

    std::shared_ptr<Graph const> graph() const { return std::atomic_load(&mGraph); }
    void replaceGraph(std::shared_ptr<Graph const> graph) { std::atomic_store(&mGraph, std::move(graph)); }
    size_t scratchBytes() const { return scratchBytes(getNbOptimizationProfiles() - 1); }
    size_t scratchBytes(int32_t profile) const { return mScratchBytes + mScratchStep * static_cast<size_t>(profile); }
    ILogger* logger() const { return mLogger; }
    IGpuAllocator* allocator() const { return mAllocator; }
    bool knows(char const* name, char const* function) const;
    bool decidesShapes(char const* name) const;
    void fail(char const* function, ErrorCode code, std::string const& text) const;

    ICudaEngine* outer = nullptr;

private:
    int64_t const* profileValues(char const* name, int32_t profile, int32_t selector) const;

    std::shared_ptr<Graph const> mGraph;
    std::string mName;
    bool mBuiltStripped = false;
    std::vector<std::string> mTensorNames;
    ILogger* mLogger;
    IErrorRecorder* mRecorder = nullptr;
    IGpuAllocator* mAllocator;
    size_t mScratchBytes;
    size_t mScratchStep;
    // Keeps the result of the 32-bit getter alive.
    mutable std::map<int64_t const*, std::vector<int32_t>> mNarrowValues;
};

inline EngineImpl& implementation(ICudaEngine const& engine) { return static_cast<EngineImpl&>(*engine.impl()); }

// "ICudaEngine::serialize: Error Code 3: API Usage Error (text)".
std::string message(char const* function, ErrorCode code, std::string const& text);
IExecutionContext* makeContext(EngineImpl& engine, int32_t strategy);
