#include "engine.h"

// The inspector of an engine, and serialization with options.
namespace
{
class SerializationConfigImpl final : public VSerializationConfig, private Counted
{
public:
    SerializationConfigImpl() : Counted("serializationConfig") {}
    Bool setFlags(uint32_t flags) override
    {
        mFlags = flags;
        return answer(true);
    }

    uint32_t getFlags() const override { return mFlags; }
    Bool clearFlag(int32_t flag) override { return setFlags(mFlags & ~(1u << flag)); }
    Bool setFlag(int32_t flag) override { return setFlags(mFlags | 1u << flag); }
    Bool getFlag(int32_t flag) const override { return answer((mFlags >> flag & 1u) != 0); }

private:
    uint32_t mFlags = 0;
};

class InspectorImpl final : public VEngineInspector, public Family, private Counted
{
public:
    explicit InspectorImpl(EngineImpl const& engine) : Family(&engine), Counted("inspector"), mEngine(engine) {}
    ~InspectorImpl() override { replaceRecorder(mRecorder, nullptr); }

    RECORDER
    IEngineInspector* getPImpl() override { return outer; }
    Bool setExecutionContext(IExecutionContext const* context) override
    {
        mContext = context;
        return answer(true);
    }

    IExecutionContext const* getExecutionContext() const override { return mContext; }
    char const* getLayerInformation(int32_t index, int32_t format) const override
    {
        auto const graph = mEngine.graph();
        if (index < 0 || index >= static_cast<int32_t>(graph->nodes.size())) return nullptr;
        mText = describe(graph->nodes[index], format);
        return mText.c_str();
    }

    char const* getEngineInformation(int32_t format) const override
    {
        auto const graph = mEngine.graph();
        mText = format == 1 ? "{\"Layers\": [" : "";
        for (size_t i = 0; i < graph->nodes.size(); i++)
            mText += (i == 0 ? "" : format == 1 ? ", " : "\n") + describe(graph->nodes[i], format);
        if (format == 1) mText += "]}";
        return mText.c_str();
    }

    IEngineInspector* outer = nullptr;

private:
    static std::string describe(Node const& node, int32_t format)
    {
        return format == 1 ? "{\"Name\": \"" + node.name + "\", \"LayerType\": \"" + node.op + "\"}" : node.name + ": " + node.op;
    }

    EngineImpl const& mEngine;
    IErrorRecorder* mRecorder = nullptr;
    IExecutionContext const* mContext = nullptr;
    mutable std::string mText;
};
}

IEngineInspector* EngineImpl::createEngineInspector() const
{
    auto* inspector = new InspectorImpl(*this);
    inspector->outer = new IEngineInspector(inspector);
    return inspector->outer;
}

ISerializationConfig* EngineImpl::createSerializationConfig() { return new ISerializationConfig(new SerializationConfigImpl()); }

IHostMemory* EngineImpl::serializeWithConfig(ISerializationConfig* config) const
{
    Graph copy = *graph();
    bool const withoutWeights = (config->impl()->getFlags() & 1u) != 0;
    if (withoutWeights && !copy.refittable)
    {
        fail("ICudaEngine::serializeWithConfig", kInvalidArgument,
            "Weights of an engine that is not refittable cannot be left out");
        return nullptr;
    }

    for (auto& constant : copy.weights)
    {
        if (!withoutWeights) break;
        constant.stripped = true;
        constant.values.clear();
    }

    return makeHostMemory(encodePlan(copy, kSerializedAgain));
}
