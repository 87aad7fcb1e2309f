#pragma once
#include "onnx_model.h"
#include "network.h"
#include "IParserError.h"

// An error in the form of the real parser.
class ParserErrorImpl final : public IParserError
{
public:
    ParserErrorImpl(int32_t code, std::string text, int node, OnnxNode const& about)
        : mCode(code), mText(std::move(text)), mNode(node), mName(about.name), mOperator(about.op)
    {
    }

    int32_t code() const override { return mCode; }
    char const* desc() const override { return mText.c_str(); }
    char const* file() const override { return "onnx_import.cpp"; }
    int line() const override { return 1; }
    char const* func() const override { return "parseNode"; }
    int node() const override { return mNode; }
    char const* nodeName() const override { return mName.c_str(); }
    char const* nodeOperator() const override { return mOperator.c_str(); }
    char const* const* localFunctionStack() const override { return nullptr; }
    int32_t localFunctionStackSize() const override { return 0; }

private:
    int32_t mCode;
    std::string mText;
    int mNode;
    std::string mName;
    std::string mOperator;
};

// The error codes of the parser that are used here.
enum ParserCode : int32_t
{
    kModelDeserializeFailed = 3,
    kInvalidGraph = 5,
    kUnsupportedGraph = 7,
    kUnsupportedNode = 8,
    kUnsupportedNodeDataType = 11,
    kRefitFailed = 14
};

using ParserErrors = std::vector<std::unique_ptr<ParserErrorImpl>>;

// Adds the model to an empty network; each unsupported node is an error.
bool importModel(OnnxModel const& model, VNetworkDefinition& network, ILogger* logger, ParserErrors& errors);
