#pragma once
#include "objects.h"


class NetworkImpl;

class TensorImpl final : public VTensor
{
public:
    TensorImpl(NetworkImpl& network, Tensor tensor) : mNetwork(network), data(std::move(tensor)) { data.symbols.resize(8); }
    void setName(char const* name) override;
    char const* getName() const override { return data.name.c_str(); }
    void setDimensions(Dims const* dims) override { data.dims = *dims; }
    Dims getDimensions() const override { return data.dims; }
#if FAKE_MAJOR < 11
    void setType(int32_t type) override { data.type = type; }
    Bool setDynamicRange(float least, float most) override
    {
        note("dynamicRange.least", static_cast<int64_t>(least * 1000));
        note("dynamicRange.most", static_cast<int64_t>(most * 1000));
        return answer(least <= most);
    }

#endif
    int32_t getType() const override { return data.type; }
    Bool isNetworkInput() const override;
    Bool isNetworkOutput() const override;
    int32_t getLocation() const override { return 0; }
    void setAllowedFormats(uint32_t formats) override { mFormats = formats; }
    uint32_t getAllowedFormats() const override { return mFormats; }
    Bool isShapeTensor() const override { return answer(false); }
    Bool isExecutionTensor() const override { return answer(true); }
    // A name that is changed after it was given breaks every build of the network, as on the real 10.6.
    void setDimensionName(int32_t index, char const* name) override
    {
        std::string const given = name == nullptr ? "" : name;
        if (!data.symbols[index].empty() && data.symbols[index] != given)
            brokenTie = name == nullptr
                ? "symbolicCoord.h::getBounds: Assertion x.value() failed"
                : "shapeContext.cpp::getSymbolTies: must tie at least one input dimension to symbol " + data.symbols[index];
        data.symbols[index] = given;
    }

    char const* getDimensionName(int32_t index) const override
    {
        return data.symbols[index].empty() ? nullptr : data.symbols[index].c_str();
    }

private:
    NetworkImpl& mNetwork;
    uint32_t mFormats = 1;

public:
    Tensor data;
    std::string brokenTie;
};

class LayerImpl final : public VLayer
{
public:
    LayerImpl(int32_t type, std::string op) : op(std::move(op)), mType(type) {}
    int32_t getType() const override { return mType; }
    void setName(char const* name) override { mName = name; }
    char const* getName() const override { return mName.c_str(); }
    int32_t getNbInputs() const override { return static_cast<int32_t>(inputs.size()); }
    ITensor* getInput(int32_t index) const override { return inputs.at(index); }
    int32_t getNbOutputs() const override { return output == nullptr ? 0 : 1; }
    ITensor* getOutput(int32_t) const override { return output; }
    int32_t getOutputType(int32_t) const override;
#if FAKE_MAJOR < 11
    void setPrecision(int32_t type) override { precision = type; }
    int32_t getPrecision() const override { return precision; }
    Bool precisionIsSet() const override { return answer(precision >= 0); }
    void setOutputType(int32_t, int32_t type) override { outputType = type; }
#endif

    // -1: the builder chooses.
    int32_t precision = -1;
    int32_t outputType = -1;
    std::string op;
    std::vector<ITensor*> inputs;
    ITensor* output = nullptr;

private:
    int32_t mType;
    std::string mName;
};

class NetworkImpl final : public VNetworkDefinition, public Family, private Counted
{
public:
    NetworkImpl(Family const* builder, ILogger* logger, uint32_t flags)
        : Family(builder), Counted("network"), mLogger(logger), mFlags(flags)
    {
    }

    ~NetworkImpl() override { replaceRecorder(mRecorder, nullptr); }

    RECORDER
    ITensor* addInput(char const* name, int32_t type, Dims const* dims) override;
    void markOutput(ITensor* tensor) override { mOutputs.push_back(tensor); }
    void unmarkOutput(ITensor* tensor) override;
    IActivationLayer* addActivation(ITensor* input, int32_t type) override;
    IIdentityLayer* addIdentity(ITensor* input) override;
    IElementWiseLayer* addElementWise(ITensor* a, ITensor* b, int32_t operation) override;
    IConstantLayer* addConstant(Dims const* dims, Weights weights) override;
    INonZeroLayer* addNonZero(ITensor* input) override;
    int32_t getNbLayers() const override { return static_cast<int32_t>(mLayers.size()); }
    ILayer* getLayer(int32_t index) const override;
    int32_t getNbInputs() const override { return static_cast<int32_t>(mInputs.size()); }
    ITensor* getInput(int32_t index) const override { return at(mInputs, index); }
    int32_t getNbOutputs() const override { return static_cast<int32_t>(mOutputs.size()); }
    ITensor* getOutput(int32_t index) const override { return at(mOutputs, index); }
    void setName(char const* name) override { mName = name; }
    char const* getName() const override { return mName.c_str(); }
    Bool hasImplicitBatchDimension() const override { return answer(false); }
    uint32_t getFlags() const override { return mFlags; }
    Bool getFlag(int32_t flag) const override { return answer((mFlags >> flag & 1u) != 0); }
    Bool setWeightsName(Weights weights, char const* name) override;

    Graph graph() const;
    // The layers that must not compute in any other type than the one set, by name.
    std::map<std::string, int32_t> precisions() const;
    // Why no engine can be built of the network; empty if one can.
    std::string brokenTie() const;
    bool has(std::vector<ITensor*> const& list, TensorImpl const* tensor) const;
    std::vector<ITensor*> const& inputs() const { return mInputs; }
    std::vector<ITensor*> const& outputs() const { return mOutputs; }

private:
    static ITensor* at(std::vector<ITensor*> const& list, int32_t index)
    {
        return index < 0 || index >= static_cast<int32_t>(list.size()) ? nullptr : list[index];
    }

    ITensor* addTensor(Tensor tensor);
    ILayer* addLayer(int32_t type, std::string const& op, std::vector<ITensor*> inputs, Tensor output);

    ILogger* mLogger;
    IErrorRecorder* mRecorder = nullptr;
    uint32_t mFlags;
    std::string mName;
    std::vector<std::unique_ptr<ITensor>> mTensors;
    std::vector<std::unique_ptr<ILayer>> mLayers;
    std::vector<ITensor*> mInputs;
    std::vector<ITensor*> mOutputs;
};

inline TensorImpl& implementation(ITensor const& tensor) { return static_cast<TensorImpl&>(*tensor.impl()); }

inline int32_t LayerImpl::getOutputType(int32_t) const { return output == nullptr ? -1 : implementation(*output).data.type; }
