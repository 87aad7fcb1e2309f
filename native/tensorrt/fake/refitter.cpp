#include "engine.h"

namespace
{
class RefitterImpl final : public VRefitter, public Family, private Counted
{
public:
    RefitterImpl(EngineImpl& engine, ILogger* logger)
        : Family(&engine), Counted("refitter"), mEngine(engine), mGraph(*engine.graph()), mLogger(logger)
    {
    }

    ~RefitterImpl() override { replaceRecorder(mRecorder, nullptr); }

    RECORDER
    IRefitter* getPImpl() override { return outer; }
    ILogger* getLogger() const override { return mLogger; }
    Bool setMaxThreads(int32_t threads) override { return answer(threads > 0); }
    int32_t getMaxThreads() const override { return 1; }
    void setWeightsValidation(bool) override {}
    Bool getWeightsValidation() const override { return answer(true); }

    int32_t getAllWeights(int32_t most, char const** names) override { return list(most, names, false); }
    int32_t getMissingWeights(int32_t most, char const** names) override { return list(most, names, true); }

    Bool setNamedWeights(char const* name, Weights weights) override
    {
        auto* constant = name == nullptr ? nullptr : mGraph.findWeights(name);
        if (constant == nullptr)
        {
            fail("IRefitter::setNamedWeights", std::string("No weights are called ") + (name == nullptr ? "null" : name));
            return answer(false);
        }

        if (weights.type != constant->type || weights.count != volume(constant->dims) || weights.values == nullptr)
        {
            fail("IRefitter::setNamedWeights", "Weights " + constant->name + " are " + std::to_string(volume(constant->dims))
                + " of type " + std::to_string(constant->type) + ", not " + std::to_string(weights.count) + " of type "
                + std::to_string(weights.type));
            return answer(false);
        }

        auto const* bytes = static_cast<unsigned char const*>(weights.values);
        constant->values.assign(bytes, bytes + weights.count * sizeOf(weights.type));
        constant->stripped = false;
        mTouched = true;
        return answer(true);
    }

    Bool setNamedWeightsWithLocation(char const* name, Weights weights, int32_t) override
    {
        return setNamedWeights(name, weights);
    }

    Weights getNamedWeights(char const* name) const override
    {
        auto const* constant = const_cast<Graph&>(mGraph).findWeights(name);
        if (constant == nullptr || constant->stripped) return {kFloat, nullptr, 0};
        return {constant->type, constant->values.data(), volume(constant->dims)};
    }

    Weights getWeightsPrototype(char const* name) const override
    {
        auto const* constant = const_cast<Graph&>(mGraph).findWeights(name);
        if (constant == nullptr) return {kFloat, nullptr, -1};
        return {constant->type, nullptr, volume(constant->dims)};
    }

    Bool refitCudaEngine() override
    {
        if (mGraph.isStripped() || takeFailure("fail.refit"))
        {
            fail("IRefitter::refitCudaEngine", "missing " + std::to_string(stripped()) + " needed Weights");
            return answer(false);
        }

        mEngine.replaceGraph(std::make_shared<Graph const>(mGraph));
        return answer(true);
    }

    Bool refitCudaEngineAsync(void* stream) override
    {
        return synchronizeStream(stream) == 0 ? refitCudaEngine() : answer(false);
    }

    IRefitter* outer = nullptr;

private:
    int32_t stripped() const
    {
        int32_t number = 0;
        for (auto const& constant : mGraph.weights) number += constant.stripped ? 1 : 0;
        return number;
    }

    int32_t list(int32_t most, char const** names, bool missing) const
    {
        int32_t number = 0;
        for (auto const& constant : mGraph.weights)
        {
            // Like the real library: nothing is missing before some weights were given.
            if (missing && (!constant.stripped || !mTouched)) continue;
            if (number < most && names != nullptr) names[number] = constant.name.c_str();
            number++;
        }

        return number;
    }

    void fail(char const* function, std::string const& text) const
    {
        report(mRecorder, mLogger, kInvalidArgument, message(function, kInvalidArgument, text));
    }

    EngineImpl& mEngine;
    Graph mGraph;
    ILogger* mLogger;
    IErrorRecorder* mRecorder = nullptr;
    bool mTouched = false;
};
}

IRefitter* makeRefitter(ICudaEngine& engine, ILogger* logger)
{
    auto& target = implementation(engine);
    if (!target.graph()->refittable)
    {
        log(logger, kError, message("createInferRefitter", kInvalidArgument, "Engine is not refittable"));
        return nullptr;
    }

    auto* refitter = new RefitterImpl(target, logger);
    refitter->outer = new IRefitter(refitter);
    return refitter->outer;
}
