#pragma once
#include "graph.h"

// What the stand-in parser keeps of an .onnx file.
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
    // Of a tensor in another file; empty otherwise.
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

// Reads the protobuf; false if it is none, or no model.
bool readOnnx(void const* data, size_t size, OnnxModel& model);
// Fetches what stands in other files, found beside modelPath; the name of the first file that cannot be read.
std::string readExternalData(OnnxModel& model, char const* modelPath);
bool readWholeFile(std::string const& path, std::string& bytes);
// TensorRT's number of an element type of ONNX; -1 for one that it does not take.
int32_t toTensorRt(int32_t onnxType);
char const* onnxTypeName(int32_t onnxType);
char const* tensorRtTypeName(int32_t type);
