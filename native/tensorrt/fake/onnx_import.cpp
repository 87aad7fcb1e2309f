#include "onnx_import.h"

namespace
{
enum Operation : int32_t { kSum = 0, kProduct = 1, kDifference = 4 };

class Import
{
public:
    Import(OnnxModel const& model, VNetworkDefinition& network, ILogger* logger, ParserErrors& errors)
        : mModel(model), mNetwork(network), mLogger(logger), mErrors(errors)
    {
    }

    bool run()
    {
        mNetwork.setName(mModel.graph.c_str());
        for (auto const& input : mModel.inputs)
            if (mModel.findInitializer(input.name) == nullptr && !addInput(input)) return false;
        for (auto const& tensor : mModel.initializers)
            if (!addConstant(tensor)) return false;
        for (size_t i = 0; i < mModel.nodes.size(); i++) addNode(mModel.nodes[i], static_cast<int>(i));
        if (!mErrors.empty()) return false;
        for (auto const& output : mModel.outputs)
        {
            auto const found = mTensors.find(output.name);
            if (found == mTensors.end()) return fail(kInvalidGraph, "Output " + output.name + " is made by no node");
            mNetwork.markOutput(found->second);
        }

        return true;
    }

private:
    bool fail(ParserCode code, std::string const& text, int index = -1, OnnxNode const& node = {})
    {
        mErrors.push_back(std::make_unique<ParserErrorImpl>(code, text, index, node));
        log(mLogger, kError, "ModelImporter.cpp: " + text);
        return false;
    }

    bool addInput(OnnxValue const& input)
    {
        int32_t const type = input.isTensor ? toTensorRt(input.type) : -1;
        if (type < 0)
        {
            log(mLogger, kError, std::string("Unsupported ONNX data type: ") + onnxTypeName(input.type));
            return fail(kUnsupportedGraph, "Assertion failed: convertDtype(onnxDtype.elem_type(), &trtDtype)");
        }

        auto* tensor = mNetwork.addInput(input.name.c_str(), type, &input.dims);
        if (tensor == nullptr) return fail(kInvalidGraph, "Failed to add input " + input.name);
        for (int32_t i = 0; i < input.dims.nbDims; i++)
            if (!input.symbols[static_cast<size_t>(i)].empty())
                tensor->impl()->setDimensionName(i, input.symbols[static_cast<size_t>(i)].c_str());
        mTensors[input.name] = tensor;
        return true;
    }

    bool addConstant(OnnxTensor const& tensor)
    {
        Dims dims = {};
        dims.nbDims = static_cast<int32_t>(tensor.dims.size());
        for (int32_t i = 0; i < dims.nbDims; i++) dims.d[i] = tensor.dims[static_cast<size_t>(i)];
        int32_t const type = toTensorRt(tensor.type);
        Weights const weights = {type, tensor.bytes.data(), volume(dims)};
        auto* layer = type != kFloat || tensor.bytes.size() != static_cast<size_t>(weights.count) * sizeof(float)
            ? nullptr
            : reinterpret_cast<ILayer*>(mNetwork.addConstant(&dims, weights));
        if (layer == nullptr)
            return fail(kUnsupportedGraph,
                "Failed to import initializer: " + tensor.name + " of type " + onnxTypeName(tensor.type));
        name(layer, tensor.name, tensor.name);
        return true;
    }

    void name(ILayer* layer, std::string const& own, std::string const& output)
    {
        layer->impl()->setName(own.c_str());
        auto* tensor = layer->impl()->getOutput(0);
        tensor->impl()->setName(output.c_str());
        mTensors[output] = tensor;
    }

    bool addNode(OnnxNode const& node, int index)
    {
        std::vector<ITensor*> inputs;
        for (auto const& input : node.inputs)
        {
            auto const found = mTensors.find(input);
            // The output of a node that was refused: its error was reported already.
            if (found == mTensors.end()) return false;
            inputs.push_back(found->second);
        }

        auto* layer = makeLayer(node, inputs);
        if (layer == nullptr && mRefusedType >= 0)
            return fail(kUnsupportedNodeDataType,
                std::string("Assertion failed: Found unsupported input type of ") + tensorRtTypeName(mRefusedType), index, node);
        if (layer == nullptr)
            return fail(kUnsupportedNode,
                "Plugin not found, are the plugin name, version, and namespace correct? (" + node.op + ")", index, node);
        name(static_cast<ILayer*>(layer), node.name.empty() ? node.op : node.name, node.outputs.at(0));
        return true;
    }

    ILayer* makeLayer(OnnxNode const& node, std::vector<ITensor*> const& inputs)
    {
        mRefusedType = -1;
        if (!node.domain.empty() || inputs.empty() || node.outputs.size() != 1) return nullptr;
        if (node.op == "Identity") return reinterpret_cast<ILayer*>(mNetwork.addIdentity(inputs[0]));
        if (node.op == "NonZero") return reinterpret_cast<ILayer*>(mNetwork.addNonZero(inputs[0]));
        bool const two = inputs.size() == 2 && (node.op == "Add" || node.op == "Sub" || node.op == "Mul");
        if (node.op != "Relu" && !two) return nullptr;
        for (auto* input : inputs)
            if (input->impl()->getType() != kFloat)
            {
                mRefusedType = input->impl()->getType();
                return nullptr;
            }

        if (node.op == "Relu") return reinterpret_cast<ILayer*>(mNetwork.addActivation(inputs[0], 0));
        auto const operation = node.op == "Add" ? kSum : node.op == "Mul" ? kProduct : kDifference;
        return reinterpret_cast<ILayer*>(mNetwork.addElementWise(inputs[0], inputs[1], operation));
    }

    OnnxModel const& mModel;
    VNetworkDefinition& mNetwork;
    ILogger* mLogger;
    ParserErrors& mErrors;
    std::map<std::string, ITensor*> mTensors;
    int32_t mRefusedType = -1;
};
}

bool importModel(OnnxModel const& model, VNetworkDefinition& network, ILogger* logger, ParserErrors& errors)
{
    return Import(model, network, logger, errors).run();
}
