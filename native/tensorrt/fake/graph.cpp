#include "graph.h"

size_t sizeOf(int32_t type)
{
    switch (type)
    {
    case kInt64: return 8;
    case kHalf:
    case kBf16: return 2;
    case kInt8:
    case kUint8:
    case kBool: return 1;
    default: return 4;
    }
}

int64_t volume(Dims const& dims)
{
    int64_t result = 1;
    for (int32_t i = 0; i < dims.nbDims; i++) result *= dims.d[i];
    return result;
}

std::string toText(Dims const& dims)
{
    std::string text = "[";
    for (int32_t i = 0; i < dims.nbDims; i++) text += (i > 0 ? "," : "") + std::to_string(dims.d[i]);
    return text + "]";
}

Dims unknownDims()
{
    Dims dims = {};
    dims.nbDims = -1;
    return dims;
}

bool inside(Dims const& dims, Dims const& low, Dims const& high)
{
    if (dims.nbDims != low.nbDims || dims.nbDims != high.nbDims) return false;
    for (int32_t i = 0; i < dims.nbDims; i++)
        if (dims.d[i] < low.d[i] || dims.d[i] > high.d[i]) return false;
    return true;
}

Tensor const* Graph::findInput(std::string const& tensor) const
{
    for (auto const& input : inputs)
        if (input.name == tensor) return &input;
    return nullptr;
}

Tensor* Graph::findWeights(std::string const& tensor)
{
    for (auto& constant : weights)
        if (constant.name == tensor) return &constant;
    return nullptr;
}

bool Graph::isOutput(std::string const& tensor) const
{
    for (auto const& output : outputs)
        if (output == tensor) return true;
    return false;
}

bool Graph::hasDataDependentOutput() const
{
    for (auto const& node : nodes)
        if (node.op == "NonZero") return true;
    return false;
}

bool Graph::isStripped() const
{
    for (auto const& constant : weights)
        if (constant.stripped) return true;
    return false;
}

int32_t Graph::typeOf(std::string const& tensor) const
{
    if (auto const* input = findInput(tensor)) return input->type;
    for (auto const& constant : weights)
        if (constant.name == tensor) return constant.type;
    for (auto const& node : nodes)
        if (node.output == tensor) return node.op == "NonZero" ? static_cast<int32_t>(kInt64) : typeOf(node.inputs[0]);
    return kFloat;
}

namespace
{
Dims broadcast(Dims const& a, Dims const& b)
{
    if (a.nbDims < 0 || b.nbDims < 0) return unknownDims();
    Dims result = {};
    result.nbDims = a.nbDims > b.nbDims ? a.nbDims : b.nbDims;
    for (int32_t i = 0; i < result.nbDims; i++)
    {
        int32_t const fromA = i - (result.nbDims - a.nbDims);
        int32_t const fromB = i - (result.nbDims - b.nbDims);
        int64_t const x = fromA < 0 ? 1 : a.d[fromA];
        int64_t const y = fromB < 0 ? 1 : b.d[fromB];
        if (x != y && x > 1 && y > 1) return unknownDims();
        result.d[i] = x == 1 ? y : (y == 1 || x > 1) ? x : y;
    }
    return result;
}
}

std::string valuesOf(std::string const& input) { return input + "#values"; }

Dims toDims(int32_t type, Dims const& shape, void const* values)
{
    Dims dims = {};
    dims.nbDims = static_cast<int32_t>(volume(shape));
    for (int32_t i = 0; i < dims.nbDims; i++)
        dims.d[i] = type == kInt64 ? static_cast<int64_t const*>(values)[i] : static_cast<int32_t const*>(values)[i];
    return dims;
}

Dims Graph::shapeOf(std::string const& tensor, std::map<std::string, Dims> const& shapes) const
{
    if (auto const* input = findInput(tensor))
    {
        auto known = shapes.find(tensor);
        return known == shapes.end() ? input->dims : known->second;
    }

    for (auto const& constant : weights)
        if (constant.name == tensor) return constant.dims;
    for (auto const& node : nodes)
    {
        if (node.output != tensor) continue;
        Dims const first = shapeOf(node.inputs[0], shapes);
        if (node.op == "NonZero")
        {
            Dims dims = {};
            dims.nbDims = 2;
            dims.d[0] = first.nbDims;
            dims.d[1] = -1;
            return dims;
        }

        if (node.op == "Pick")
        {
            Dims dims = first;
            dims.d[0] = shapeOf(node.inputs[1], shapes).d[0];
            return dims;
        }

        if (node.op == "Expand")
        {
            auto known = shapes.find(valuesOf(node.inputs[1]));
            if (known != shapes.end()) return known->second;
            Dims dims = {};
            dims.nbDims = static_cast<int32_t>(findInput(node.inputs[1])->dims.d[0]);
            for (int32_t i = 0; i < dims.nbDims; i++) dims.d[i] = -1;
            return dims;
        }

        return node.inputs.size() < 2 ? first : broadcast(first, shapeOf(node.inputs[1], shapes));
    }

    return unknownDims();
}

std::string Graph::unequalDimension(std::map<std::string, Dims> const& shapes) const
{
    std::map<std::string, int64_t> seen;
    for (auto const& input : inputs)
    {
        auto known = shapes.find(input.name);
        if (known == shapes.end()) continue;
        for (int32_t i = 0; i < input.dims.nbDims; i++)
        {
            auto const& symbol = input.symbols[i];
            if (symbol.empty() || input.dims.d[i] >= 0) continue;
            auto inserted = seen.emplace(symbol, known->second.d[i]);
            if (inserted.first->second != known->second.d[i]) return symbol;
        }
    }

    return "";
}
