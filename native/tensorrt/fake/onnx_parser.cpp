#include "IParser.h"
#include "IParserRefitter.h"
#include "onnx_import.h"
#include <deque>

namespace
{
constexpr int32_t kParserVersion = 100;
constexpr uint32_t kNativeInstanceNorm = 1;

class ParserImpl final : public IParser, public Family, private Counted
{
public:
    ParserImpl(INetworkDefinition& network, ILogger* logger)
        : Family(static_cast<NetworkImpl*>(network.impl())), Counted("parser"), mNetwork(*network.impl()), mLogger(logger)
    {
    }

    Bool parse(void const* data, size_t size, char const* path) override
    {
        count("parses");
        if (mNetwork.getNbInputs() > 0 || mNetwork.getNbLayers() > 0) return fail(kInvalidGraph, "The network is not empty");
        OnnxModel model;
        if (!readOnnx(data, size, model)) return fail(kModelDeserializeFailed, "Failed to parse the ONNX model");
        auto const missing = readExternalData(model, path);
        if (!missing.empty()) return fail(kModelDeserializeFailed, "Failed to open file: " + missing);
        return answer(importModel(model, mNetwork, mLogger, mErrors));
    }

    Bool parseFromFile(char const* path, int) override
    {
        count("filesParsed");
        std::string bytes;
        if (!readWholeFile(path, bytes)) return fail(kModelDeserializeFailed, std::string("Could not open file ") + path);
        return parse(bytes.data(), bytes.size(), path);
    }

    int getNbErrors() const override { return static_cast<int>(mErrors.size()); }
    IParserError const* getError(int index) const override { return mErrors.at(static_cast<size_t>(index)).get(); }
    void clearErrors() override { mErrors.clear(); }
    char const* const* getUsedVCPluginLibraries(int64_t* number) const override
    {
        *number = 0;
        return nullptr;
    }

    void setFlags(uint32_t flags) override { mFlags = flags; }
    uint32_t getFlags() const override { return mFlags; }
    void clearFlag(int32_t flag) override { mFlags &= ~(1u << flag); }
    void setFlag(int32_t flag) override { mFlags |= 1u << flag; }
    Bool getFlag(int32_t flag) const override { return answer((mFlags >> flag & 1u) != 0); }

private:
    Bool fail(ParserCode code, std::string const& text)
    {
        mErrors.push_back(std::make_unique<ParserErrorImpl>(code, text, -1, OnnxNode()));
        return answer(false);
    }

    VNetworkDefinition& mNetwork;
    ILogger* mLogger;
    ParserErrors mErrors;
    uint32_t mFlags = kNativeInstanceNorm;
};

class ParserRefitterImpl final : public IParserRefitter, private Counted
{
public:
    explicit ParserRefitterImpl(IRefitter& refitter) : Counted("parserRefitter"), mRefitter(*refitter.impl()) {}

    Bool refitFromBytes(void const* data, size_t size, char const* path) override
    {
        OnnxModel& model = mModels.emplace_back();
        if (!readOnnx(data, size, model)) return fail(kModelDeserializeFailed, "Failed to parse the ONNX model");
        auto const absent = readExternalData(model, path);
        if (!absent.empty()) return fail(kModelDeserializeFailed, "Failed to open file: " + absent);
        std::vector<char const*> names(static_cast<size_t>(mRefitter.getAllWeights(0, nullptr)));
        mRefitter.getAllWeights(static_cast<int32_t>(names.size()), names.data());
        for (std::string const name : names)
        {
            auto const* tensor = model.findInitializer(name);
            if (tensor == nullptr) return fail(kRefitFailed, "The model has no weights called " + name);
            int64_t number = 1;
            for (auto dim : tensor->dims) number *= dim;
            // The refitter reads the weights when the engine is refitted, so this object keeps them.
            if ((mRefitter.setNamedWeights(name.c_str(), {toTensorRt(tensor->type), tensor->bytes.data(), number}) & 1u) == 0)
                return fail(kRefitFailed, "Failed to set weights " + name);
        }

        return answer(true);
    }

    Bool refitFromFile(char const* path) override
    {
        std::string bytes;
        if (!readWholeFile(path, bytes)) return fail(kModelDeserializeFailed, std::string("Could not open file ") + path);
        return refitFromBytes(bytes.data(), bytes.size(), path);
    }

    int32_t getNbErrors() const override { return static_cast<int32_t>(mErrors.size()); }
    IParserError const* getError(int32_t index) const override { return mErrors.at(static_cast<size_t>(index)).get(); }
    void clearErrors() override { mErrors.clear(); }

private:
    Bool fail(ParserCode code, std::string const& text)
    {
        mErrors.push_back(std::make_unique<ParserErrorImpl>(code, text, -1, OnnxNode()));
        return answer(false);
    }

    VRefitter& mRefitter;
    std::deque<OnnxModel> mModels;
    ParserErrors mErrors;
};
}

EXPORT int32_t getNvOnnxParserVersion() { return kParserVersion; }

EXPORT void* createNvOnnxParser_INTERNAL(void* network, void* logger, int32_t version)
{
    if (version != kParserVersion || takeFailure("fail.parser")) return nullptr;
    return static_cast<IParser*>(new ParserImpl(*static_cast<INetworkDefinition*>(network), static_cast<ILogger*>(logger)));
}

EXPORT void* createNvOnnxParserRefitter_INTERNAL(void* refitter, void*, int32_t version)
{
    if (version != kParserVersion) return nullptr;
    return static_cast<IParserRefitter*>(new ParserRefitterImpl(*static_cast<IRefitter*>(refitter)));
}
