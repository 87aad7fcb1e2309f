#pragma once
#include "common.h"
#include <map>
#include <string>
#include <vector>

// TensorRT's numbers of the element types that the stand-in supports.
enum DataType : int32_t { kFloat = 0, kHalf = 1, kInt8 = 2, kInt32 = 3, kBool = 4, kUint8 = 5, kBf16 = 7, kInt64 = 8 };

size_t sizeOf(int32_t type);
int64_t volume(Dims const& dims);
std::string toText(Dims const& dims);
Dims unknownDims();
// True if dims has the rank of low and high and lies between them.
bool inside(Dims const& dims, Dims const& low, Dims const& high);

struct Tensor
{
    std::string name;
    int32_t type = kFloat;
    Dims dims = {};
    std::vector<std::string> symbols;
    std::vector<unsigned char> values;

    // An input in host memory whose values are a shape. Maps of shapes have them under valuesOf(name).
    bool decidesShapes = false;

    bool isConstant() const { return !values.empty() || stripped; }
    bool stripped = false;
};

struct Node
{
    std::string op;
    std::string name;
    std::vector<std::string> inputs;
    std::string output;
    // The type that it computes in, for the inspector: the numbers are the same whatever it is.
    int32_t type = kFloat;
};

struct Range
{
    Dims min = {};
    Dims opt = {};
    Dims max = {};
};

using Profile = std::map<std::string, Range>;

std::string valuesOf(std::string const& input);
// The values of a tensor of 32 or 64 bit integers as dimensions.
Dims toDims(int32_t type, Dims const& shape, void const* values);

// The computation of an engine. Operators: Identity, Relu, Add, Sub, Mul (with broadcasting), NonZero (its output depends on
// data), Expand (to the shape in the values of the second input), Pick (see README.md).
struct Graph
{
    std::string name = "stand-in";
    bool refittable = false;
    bool versionCompatible = false;
    // The damage that opening the engine does to the process: "abort", "crash", "hang", or empty.
    std::string harm;
    // How much the inspector tells: 0 names, 2 all.
    int32_t verbosity = 0;
    // What is wrong with its answers (README.md), each with a number.
    std::map<std::string, int64_t> defects;
    std::vector<Tensor> inputs;
    std::vector<Tensor> weights;
    std::vector<Node> nodes;
    std::vector<std::string> outputs;
    std::vector<Profile> profiles;

    Tensor const* findInput(std::string const& tensor) const;
    Tensor* findWeights(std::string const& tensor);
    bool isOutput(std::string const& tensor) const;
    bool hasDataDependentOutput() const;
    bool isStripped() const;
    int32_t typeOf(std::string const& tensor) const;

    // The shape of a tensor for these input shapes: -1 for an unknown dimension, rank -1 if they do not fit together.
    Dims shapeOf(std::string const& tensor, std::map<std::string, Dims> const& shapes) const;
    // The name of two dimensions that differ and must not; empty if there is none.
    std::string unequalDimension(std::map<std::string, Dims> const& shapes) const;
};

// Reads the text that README.md describes; false and the wrong line on a mistake.
bool parseGraph(std::string const& text, Graph& graph, std::string& error);
std::string formatGraph(Graph const& graph);

struct Value
{
    int32_t type = kFloat;
    Dims dims = {};
    std::vector<unsigned char> bytes;
};

// Computes all nodes; the values of the inputs are given.
bool compute(Graph const& graph, std::map<std::string, Value>& values, std::string& error);
