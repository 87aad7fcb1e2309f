#include "network.h"

namespace
{
// The numbers of TensorRT's LayerType and ElementWiseOperation that are used here.
enum LayerType : int32_t { kActivation = 2, kElementWise = 6, kConstant = 15, kIdentity = 18, kNonZero = 36 };
char const* const kOperations[] = {"Add", "Mul", "Max", "Min", "Sub"};
}

void TensorImpl::setName(char const* name) { data.name = name; }
Bool TensorImpl::isNetworkInput() const { return answer(mNetwork.has(mNetwork.inputs(), this)); }
Bool TensorImpl::isNetworkOutput() const { return answer(mNetwork.has(mNetwork.outputs(), this)); }

bool NetworkImpl::has(std::vector<ITensor*> const& list, TensorImpl const* tensor) const
{
    for (auto const* entry : list)
        if (entry->impl() == tensor) return true;
    return false;
}

ITensor* NetworkImpl::addTensor(Tensor tensor)
{
    auto* added = new TensorImpl(*this, std::move(tensor));
    auto* outer = new ITensor(added);
    mTensors.emplace_back(outer);
    return outer;
}

ITensor* NetworkImpl::addInput(char const* name, int32_t type, Dims const* dims)
{
    bool valid = name != nullptr && dims->nbDims >= 0 && dims->nbDims <= 8;
    for (auto const* input : mInputs) valid = valid && implementation(*input).data.name != name;
    if (!valid)
    {
        report(mRecorder, mLogger, kInvalidArgument,
            "INetworkDefinition::addInput: Error Code 3: API Usage Error (Parameter check failed, name or dimensions)");
        return nullptr;
    }

    Tensor tensor;
    tensor.name = name;
    tensor.type = type;
    tensor.dims = *dims;
    mInputs.push_back(addTensor(tensor));
    return mInputs.back();
}

void NetworkImpl::unmarkOutput(ITensor* tensor)
{
    for (size_t i = 0; i < mOutputs.size(); i++)
        if (mOutputs[i] == tensor) mOutputs.erase(mOutputs.begin() + static_cast<std::ptrdiff_t>(i--));
}

ILayer* NetworkImpl::addLayer(int32_t type, std::string const& op, std::vector<ITensor*> inputs, Tensor output)
{
    auto const number = std::to_string(mLayers.size());
    if (output.name.empty()) output.name = "(Unnamed Layer* " + number + ")_output";
    auto* layer = new LayerImpl(type, op);
    layer->setName(("(Unnamed Layer* " + number + ") [" + op + "]").c_str());
    layer->inputs = std::move(inputs);
    layer->output = addTensor(std::move(output));
    mLayers.push_back(std::make_unique<ILayer>(layer));
    return mLayers.back().get();
}

IIdentityLayer* NetworkImpl::addIdentity(ITensor* input)
{
    Tensor output;
    output.type = implementation(*input).data.type;
    return reinterpret_cast<IIdentityLayer*>(addLayer(kIdentity, "Identity", {input}, output));
}

IActivationLayer* NetworkImpl::addActivation(ITensor* input, int32_t type)
{
    if (type != 0) return nullptr;
    Tensor output;
    output.type = implementation(*input).data.type;
    return reinterpret_cast<IActivationLayer*>(addLayer(kActivation, "Relu", {input}, output));
}

IElementWiseLayer* NetworkImpl::addElementWise(ITensor* a, ITensor* b, int32_t operation)
{
    std::string const op = operation >= 0 && operation <= 4 ? kOperations[operation] : "";
    if (op != "Add" && op != "Mul" && op != "Sub") return nullptr;
    Tensor output;
    output.type = implementation(*a).data.type;
    return reinterpret_cast<IElementWiseLayer*>(addLayer(kElementWise, op, {a, b}, output));
}

IConstantLayer* NetworkImpl::addConstant(Dims const* dims, Weights weights)
{
    if (weights.type != kFloat || weights.count != volume(*dims) || weights.values == nullptr) return nullptr;
    Tensor output;
    output.dims = *dims;
    auto const* bytes = static_cast<unsigned char const*>(weights.values);
    output.values.assign(bytes, bytes + weights.count * sizeof(float));
    return reinterpret_cast<IConstantLayer*>(addLayer(kConstant, "Constant", {}, output));
}

INonZeroLayer* NetworkImpl::addNonZero(ITensor* input)
{
    Tensor output;
    output.type = kInt64;
    return reinterpret_cast<INonZeroLayer*>(addLayer(kNonZero, "NonZero", {input}, output));
}

ILayer* NetworkImpl::getLayer(int32_t index) const
{
    return index < 0 || index >= getNbLayers() ? nullptr : mLayers[index].get();
}

Bool NetworkImpl::setWeightsName(Weights weights, char const*) { return answer(weights.values != nullptr); }

std::string NetworkImpl::brokenTie() const
{
    for (auto const* input : mInputs)
        if (!implementation(*input).brokenTie.empty()) return implementation(*input).brokenTie;
    return "";
}

std::map<std::string, int32_t> NetworkImpl::precisions() const
{
    std::map<std::string, int32_t> found;
    for (auto const& outer : mLayers)
    {
        auto const& layer = static_cast<LayerImpl const&>(*outer->impl());
        if (layer.precision >= 0) found[layer.getName()] = layer.precision;
    }

    return found;
}

Graph NetworkImpl::graph() const
{
    Graph graph;
    if (!mName.empty()) graph.name = mName;
    for (auto const* input : mInputs) graph.inputs.push_back(implementation(*input).data);

    for (auto& input : graph.inputs) input.symbols.resize(static_cast<size_t>(input.dims.nbDims));
    for (auto const& outer : mLayers)
    {
        auto const& layer = static_cast<LayerImpl const&>(*outer->impl());
        auto const& output = implementation(*layer.output).data;
        if (layer.op == "Constant")
        {
            graph.weights.push_back(output);
            continue;
        }

        Node node;
        node.op = layer.op;
        node.name = layer.getName();
        node.output = output.name;
        for (auto const* input : layer.inputs) node.inputs.push_back(implementation(*input).data.name);
        graph.nodes.push_back(node);
    }

    for (auto const* output : mOutputs) graph.outputs.push_back(implementation(*output).data.name);
    return graph;
}
