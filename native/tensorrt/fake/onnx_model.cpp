#include "onnx_model.h"
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace
{
// Iterates over the fields of a protobuf message.
class Fields
{
public:
    Fields(void const* data, size_t size) : mAt(static_cast<unsigned char const*>(data)), mEnd(mAt + size) {}
    explicit Fields(std::string const& bytes) : Fields(bytes.data(), bytes.size()) {}

    bool next()
    {
        if (mAt == mEnd || !ok) return false;
        uint64_t const tag = varint();
        field = static_cast<int>(tag >> 3);
        switch (tag & 7)
        {
        case 0:
            number = varint();
            text.clear();
            break;
        case 1: ok = take(8); break;
        case 2: ok = take(varint()); break;
        case 5: ok = take(4); break;
        default: ok = false;
        }
        return ok;
    }

    uint64_t varint()
    {
        uint64_t value = 0;
        for (int shift = 0; mAt != mEnd && shift < 64; shift += 7)
        {
            unsigned char const byte = *mAt++;
            value |= static_cast<uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        ok = false;
        return 0;
    }

    bool atEnd() const { return mAt == mEnd; }

    int field = 0;
    uint64_t number = 0;
    std::string text;
    bool ok = true;

private:
    bool take(uint64_t size)
    {
        if (size > static_cast<uint64_t>(mEnd - mAt)) return false;
        text.assign(reinterpret_cast<char const*>(mAt), size);
        mAt += size;
        return true;
    }

    unsigned char const* mAt;
    unsigned char const* mEnd;
};

OnnxNode readNode(std::string const& bytes)
{
    OnnxNode node;
    for (Fields fields(bytes); fields.next();)
        switch (fields.field)
        {
        case 1: node.inputs.push_back(fields.text); break;
        case 2: node.outputs.push_back(fields.text); break;
        case 3: node.name = fields.text; break;
        case 4: node.op = fields.text; break;
        case 7: node.domain = fields.text; break;
        }
    return node;
}

void readEntry(std::string const& bytes, OnnxTensor& tensor)
{
    std::string key;
    std::string value;
    for (Fields fields(bytes); fields.next();) (fields.field == 1 ? key : value) = fields.text;
    if (key == "location") tensor.location = value;
    if (key == "offset") tensor.offset = atoll(value.c_str());
    if (key == "length") tensor.length = atoll(value.c_str());
}

OnnxTensor readTensor(std::string const& bytes)
{
    OnnxTensor tensor;
    for (Fields fields(bytes); fields.next();)
        switch (fields.field)
        {
        case 1:
            if (fields.text.empty()) tensor.dims.push_back(static_cast<int64_t>(fields.number));
            else
                for (Fields packed(fields.text); !packed.atEnd() && packed.ok;)
                    tensor.dims.push_back(static_cast<int64_t>(packed.varint()));
            break;
        case 2: tensor.type = static_cast<int32_t>(fields.number); break;
        case 4:
        case 9: tensor.bytes += fields.text; break;
        case 8: tensor.name = fields.text; break;
        case 13: readEntry(fields.text, tensor); break;
        }
    return tensor;
}

void readShape(std::string const& bytes, OnnxValue& value)
{
    value.hasShape = true;
    for (Fields shape(bytes); shape.next();)
    {
        int64_t size = -1;
        std::string symbol;
        for (Fields dim(shape.text); dim.next();)
        {
            if (dim.field == 1) size = static_cast<int64_t>(dim.number);
            if (dim.field == 2) symbol = dim.text;
        }

        if (value.dims.nbDims == 8) return;
        value.dims.d[value.dims.nbDims++] = size;
        value.symbols.push_back(symbol);
    }
}

OnnxValue readValue(std::string const& bytes)
{
    OnnxValue value;
    for (Fields fields(bytes); fields.next();)
    {
        if (fields.field == 1) value.name = fields.text;
        if (fields.field != 2) continue;
        for (Fields type(fields.text); type.next();)
        {
            if (type.field != 1) continue;
            value.isTensor = true;
            for (Fields tensor(type.text); tensor.next();)
            {
                if (tensor.field == 1) value.type = static_cast<int32_t>(tensor.number);
                if (tensor.field == 2) readShape(tensor.text, value);
            }
        }
    }

    return value;
}

bool readGraph(std::string const& bytes, OnnxModel& model)
{
    Fields fields(bytes);
    while (fields.next())
        switch (fields.field)
        {
        case 1: model.nodes.push_back(readNode(fields.text)); break;
        case 2: model.graph = fields.text; break;
        case 5: model.initializers.push_back(readTensor(fields.text)); break;
        case 11: model.inputs.push_back(readValue(fields.text)); break;
        case 12: model.outputs.push_back(readValue(fields.text)); break;
        }
    return fields.ok;
}
}

OnnxTensor const* OnnxModel::findInitializer(std::string const& name) const
{
    for (auto const& tensor : initializers)
        if (tensor.name == name) return &tensor;
    return nullptr;
}

bool readOnnx(void const* data, size_t size, OnnxModel& model)
{
    bool found = false;
    Fields fields(data, size);
    while (fields.next())
        if (fields.field == 7) found = readGraph(fields.text, model);
    return fields.ok && found;
}

bool readWholeFile(std::string const& path, std::string& bytes)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return false;
    bytes.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    return true;
}

std::string readExternalData(OnnxModel& model, char const* modelPath)
{
    std::string const path = modelPath == nullptr ? "" : modelPath;
    for (auto& tensor : model.initializers)
    {
        if (tensor.location.empty()) continue;
        std::string bytes;
        if (path.empty() || !readWholeFile(path.substr(0, path.rfind('/') + 1) + tensor.location, bytes)) return tensor.location;
        auto const offset = static_cast<size_t>(tensor.offset);
        if (offset > bytes.size()) return tensor.location;
        tensor.bytes = bytes.substr(offset, tensor.length < 0 ? std::string::npos : static_cast<size_t>(tensor.length));
    }

    return "";
}

int32_t toTensorRt(int32_t onnxType)
{
    switch (onnxType)
    {
    case 1: return kFloat;
    case 2: return kUint8;
    case 3: return kInt8;
    case 6: return kInt32;
    case 7: return kInt64;
    case 9: return kBool;
    case 10: return kHalf;
    default: return -1;
    }
}

char const* onnxTypeName(int32_t onnxType)
{
    static char const* const names[] = {"UNDEFINED", "FLOAT", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "STRING",
        "BOOL", "FLOAT16", "DOUBLE", "UINT32", "UINT64", "COMPLEX64", "COMPLEX128", "BFLOAT16"};
    return onnxType < 0 || onnxType > 16 ? "UNKNOWN" : names[onnxType];
}

char const* tensorRtTypeName(int32_t type)
{
    static char const* const names[] = {"FLOAT", "HALF", "INT8", "INT32", "BOOL", "UINT8", "FP8", "BF16", "INT64"};
    return type < 0 || type > 8 ? "UNKNOWN" : names[type];
}
