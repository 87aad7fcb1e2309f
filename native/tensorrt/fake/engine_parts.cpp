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
        if (format == 1) mText += "], " + tensors(*graph) + "}";
        return mText.c_str();
    }

    IEngineInspector* outer = nullptr;

private:
    // TensorRT 10 names the inputs and outputs; 11 describes them, and tells format and type apart.
    static std::string tensors(Graph const& graph)
    {
        std::string text = FAKE_MAJOR < 11 ? "\"Bindings\": [" : "\"I/O Tensors\": [";
        bool isFirst = true;
        auto const add = [&](std::string const& name, char const* mode)
        {
            text += (isFirst ? "\"" : ", \"") + name + "\"";
            if (FAKE_MAJOR >= 11)
                text.replace(text.size() - name.size() - 2, name.size() + 2,
                    "{\"Name\": \"" + name + "\", \"IOMode\": \"" + mode + "\", \"DataType\": \"Float\", \"Location\": \"Device\"}");
            isFirst = false;
        };
        for (auto const& input : graph.inputs) add(input.name, "Input");
        for (auto const& output : graph.outputs) add(output, "Output");
        return text + "]";
    }

    static std::string tensor(std::string const& name, int32_t type)
    {
        static char const* const words10[] = {"FP32", "FP16", "Int8", "", "", "", "FP8", "BF16"};
        static char const* const words11[] = {"Float", "Half", "Int8", "", "", "", "FP8", "BF16"};
        std::string const start = "{\"Name\": \"" + name + "\", \"Location\": \"Device\", ";
        return FAKE_MAJOR < 11
            ? start + "\"Format/Datatype\": \"Row major linear " + words10[type] + " format\"}"
            : start + "\"Format\": \"Row major linear\", \"DataType\": \"" + words11[type] + "\"}";
    }

    std::string describe(Node const& node, int32_t format) const
    {
        if (format != 1) return node.name + ": " + node.op;
        if (mEngine.graph()->verbosity != 2) return "\"" + node.name + "\"";
        std::string text = "{\"Name\": \"" + node.name + "\", \"LayerType\": \"" + node.op + "\", \"Inputs\": [";
        for (size_t i = 0; i < node.inputs.size(); i++) text += (i == 0 ? "" : ", ") + tensor(node.inputs[i], node.type);
        return text + "], \"Outputs\": [" + tensor(node.output, node.type) + "]}";
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
