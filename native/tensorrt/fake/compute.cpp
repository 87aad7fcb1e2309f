#include "graph.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace
{
float element(Value const& value, Dims const& into, int64_t index)
{
    int64_t offset = 0;
    int64_t stride = 1;
    for (int32_t i = into.nbDims - 1; i >= 0; i--)
    {
        int64_t const at = index % into.d[i];
        index /= into.d[i];
        int32_t const own = i - (into.nbDims - value.dims.nbDims);
        if (own < 0) continue;
        if (value.dims.d[own] > 1) offset += at * stride;
        stride *= value.dims.d[own];
    }

    return reinterpret_cast<float const*>(value.bytes.data())[offset];
}

void elementWise(Node const& node, Value const& a, Value const* b, Value& result)
{
    result.bytes.resize(volume(result.dims) * sizeof(float));
    auto* out = reinterpret_cast<float*>(result.bytes.data());
    for (int64_t i = 0; i < volume(result.dims); i++)
    {
        float const x = element(a, result.dims, i);
        if (b == nullptr) out[i] = std::max(x, 0.0f);
        else
        {
            float const y = element(*b, result.dims, i);
            out[i] = node.op == "Add" ? x + y : node.op == "Sub" ? x - y : x * y;
        }
    }
}

void expand(Value const& value, Value& result)
{
    result.bytes.resize(volume(result.dims) * sizeof(float));
    for (int64_t i = 0; i < volume(result.dims); i++)
        reinterpret_cast<float*>(result.bytes.data())[i] = element(value, result.dims, i);
}

// For each item of the batch one of the values' first dimension, chosen by all bits of the item.
void pick(Value const& value, Value const& by, Value& result)
{
    int64_t const batch = by.dims.d[0];
    size_t const own = value.bytes.size() / value.dims.d[0];
    size_t const bytes = batch == 0 ? 0 : by.bytes.size() / batch;
    result.bytes.resize(own * batch);
    for (int64_t item = 0; item < batch; item++)
    {
        uint64_t hash = 14695981039346656037ull;
        for (size_t i = 0; i < bytes; i++) hash = (hash ^ by.bytes[item * bytes + i]) * 1099511628211ull;
        std::copy_n(value.bytes.begin() + (hash >> 17) % value.dims.d[0] * own, own, result.bytes.begin() + item * own);
    }
}

float* floats(Value& value) { return reinterpret_cast<float*>(value.bytes.data()); }

// Rounds to so many bits behind the first one, as a narrower float does, or to 8-bit integers of the largest number.
void roundTo(Graph const& graph, Value& value)
{
    if (value.type != kFloat) return;
    auto const bits = graph.defects.find("roundBits");
    auto const count = static_cast<int64_t>(value.bytes.size() / sizeof(float));
    if (bits != graph.defects.end())
        for (int64_t i = 0; i < count; i++)
        {
            int exponent = 0;
            float const part = std::frexp(floats(value)[i], &exponent);
            float const scale = std::ldexp(1.0f, static_cast<int>(bits->second) + 1);
            floats(value)[i] = std::ldexp(std::nearbyint(part * scale) / scale, exponent);
        }

    if (graph.defects.count("roundInt8") == 0) return;
    float most = 0;
    for (int64_t i = 0; i < count; i++) most = std::max(most, std::abs(floats(value)[i]));
    for (int64_t i = 0; i < count && most > 0; i++)
        floats(value)[i] = std::nearbyint(floats(value)[i] / most * 127.0f) * most / 127.0f;
}

// Spoils the first output, or changes the first two for each other.
void spoil(Graph const& graph, std::map<std::string, Value>& values)
{
    auto& first = values[graph.outputs[0]];
    if (first.type != kFloat) return;
    auto const count = static_cast<int64_t>(first.bytes.size() / sizeof(float));
    for (auto const& defect : graph.defects)
    {
        if (defect.first == "scale")
            for (int64_t i = 0; i < count; i++) floats(first)[i] *= static_cast<float>(defect.second) / 1000.0f;
        if (defect.first == "nan" && count > 0) floats(first)[count / 2] = std::numeric_limits<float>::quiet_NaN();
        if (defect.first == "swap" && graph.outputs.size() > 1) std::swap(first, values[graph.outputs[1]]);
        if (defect.first == "item" && first.dims.nbDims > 0 && first.dims.d[0] > 0)
            for (int64_t i = count / first.dims.d[0] * defect.second; i < count; i++) floats(first)[i] *= 1.25f;
    }
}

bool isZero(Value const& value, int64_t index)
{
    size_t const size = sizeOf(value.type);
    auto const* bytes = value.bytes.data() + index * size;
    if (value.type == kFloat) return *reinterpret_cast<float const*>(bytes) == 0.0f;
    return std::all_of(bytes, bytes + size, [](unsigned char byte) { return byte == 0; });
}

void nonZero(Value const& value, Value& result)
{
    std::vector<int64_t> found;
    for (int64_t i = 0; i < volume(value.dims); i++)
        if (!isZero(value, i)) found.push_back(i);
    int64_t const number = static_cast<int64_t>(found.size());
    result.type = kInt64;
    result.dims = {};
    result.dims.nbDims = 2;
    result.dims.d[0] = value.dims.nbDims;
    result.dims.d[1] = number;
    result.bytes.resize(value.dims.nbDims * number * sizeof(int64_t));
    auto* out = reinterpret_cast<int64_t*>(result.bytes.data());
    for (int64_t column = 0; column < number; column++)
    {
        int64_t rest = found[column];
        for (int32_t row = value.dims.nbDims - 1; row >= 0; row--)
        {
            out[row * number + column] = rest % value.dims.d[row];
            rest /= value.dims.d[row];
        }
    }
}
}

bool compute(Graph const& graph, std::map<std::string, Value>& values, std::string& error)
{
    std::map<std::string, Dims> shapes;
    for (auto const& input : graph.inputs)
    {
        auto const& value = values[input.name];
        shapes[input.name] = value.dims;
        if (input.decidesShapes) shapes[valuesOf(input.name)] = toDims(input.type, value.dims, value.bytes.data());
    }

    for (auto const& constant : graph.weights)
    {
        Value value;
        value.type = constant.type;
        value.dims = constant.dims;
        value.bytes = constant.values;
        // A stripped engine without weights runs, and its results are meaningless.
        if (graph.defects.count("weights") != 0 && constant.type == kFloat)
            for (size_t i = 0; i < value.bytes.size() / sizeof(float); i++)
                floats(value)[i] = floats(value)[i] * 1.1f + 0.05f;
        if (constant.stripped) value.bytes.assign(volume(constant.dims) * sizeOf(constant.type), 0x3C);
        values[constant.name] = value;
    }

    for (auto const& node : graph.nodes)
    {
        for (auto const& input : node.inputs)
        {
            if (values.count(input) != 0) continue;
            error = "node " + node.name + " reads " + input + ", which nothing before it writes";
            return false;
        }

        Value const& first = values[node.inputs[0]];
        Value result;
        result.type = first.type;
        result.dims = graph.shapeOf(node.output, shapes);
        if (node.op == "Identity") result = first;
        else if (node.op == "NonZero") nonZero(first, result);
        else if (node.op == "Expand") expand(first, result);
        else if (node.op == "Pick") pick(first, values[node.inputs[1]], result);
        else elementWise(node, first, node.inputs.size() > 1 ? &values[node.inputs[1]] : nullptr, result);
        roundTo(graph, result);
        auto const defect = graph.defects.find("node." + node.name);
        if (defect != graph.defects.end() && result.type == kFloat)
            for (size_t i = 0; i < result.bytes.size() / sizeof(float); i++)
                floats(result)[i] *= static_cast<float>(defect->second) / 1000.0f;
        values[node.output] = std::move(result);
    }

    if (!graph.outputs.empty()) spoil(graph, values);
    return true;
}
