#pragma once
#include "graph.h"

// The parts of an .onnx file that the stand-in parser uses.
struct OnnxNode
{
    std::string name;
    std::string op;
    std::string domain;
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
};

struct OnnxTensor
{
    std::string name;
    int32_t type = 0;
    std::vector<int64_t> dims;
    std::string bytes;
    // For a tensor in another file; empty otherwise.
    std::string location;
    int64_t offset = 0;
    int64_t length = -1;
};

struct OnnxValue
{
    std::string name;
    int32_t type = 0;
    bool isTensor = false;
    bool hasShape = false;
    Dims dims = {};
    std::vector<std::string> symbols;
};

struct OnnxModel
{
    std::string graph;
    std::vector<OnnxNode> nodes;
    std::vector<OnnxTensor> initializers;
    std::vector<OnnxValue> inputs;
    std::vector<OnnxValue> outputs;

    OnnxTensor const* findInitializer(std::string const& name) const;
};

// Reads the protobuf; false if it is not a model.
bool readOnnx(void const* data, size_t size, OnnxModel& model);
// Reads external weights beside modelPath; returns the name of the first file that cannot be read.
std::string readExternalData(OnnxModel& model, char const* modelPath);
bool readWholeFile(std::string const& path, std::string& bytes);
// TensorRT's number of an ONNX element type; -1 for an unsupported type.
int32_t toTensorRt(int32_t onnxType);
char const* onnxTypeName(int32_t onnxType);
char const* tensorRtTypeName(int32_t type);
