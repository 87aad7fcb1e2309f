#include "context.h"
#include "job.h"
#include <cstdlib>

ContextImpl::ContextImpl(EngineImpl& engine, void* scratch, bool ownsScratch)
    : Family(&engine), Counted("context"), mEngine(engine), mScratch(scratch), mOwnScratch(ownsScratch ? scratch : nullptr)
{
    replaceRecorder(mRecorder, engine.getErrorRecorder());
}

ContextImpl::~ContextImpl()
{
    if (mOwnScratch != nullptr && mEngine.allocator() != nullptr) mEngine.allocator()->deallocateAsync(mOwnScratch, nullptr);
    else free(mOwnScratch);
    replaceRecorder(mRecorder, nullptr);
}

IExecutionContext* makeContext(EngineImpl& engine, int32_t strategy)
{
    void* scratch = nullptr;
    size_t const size = engine.scratchBytes();
    bool const owns = strategy != 2 && size > 0;
    if (owns)
    {
        auto* allocator = engine.allocator();
        if (!takeFailure("fail.allocation"))
            scratch = allocator != nullptr ? allocator->allocateAsync(size, 256, 0, nullptr)
                                           : aligned_alloc(256, (size + 255) / 256 * 256);
        if (scratch == nullptr)
        {
            engine.fail("ICudaEngine::createExecutionContext", kFailedAllocation,
                "Requested size was " + std::to_string(size) + " bytes.");
            return nullptr;
        }
    }

    auto* context = new ContextImpl(engine, scratch, owns);
    context->outer = new IExecutionContext(context);
    return context->outer;
}

void ContextImpl::fail(char const* function, ErrorCode code, std::string const& text) const
{
    report(mRecorder, mEngine.logger(), code, message(function, code, text));
}

bool ContextImpl::knows(char const* name, char const* function) const
{
    auto const graph = mEngine.graph();
    if (name != nullptr && (graph->findInput(name) != nullptr || graph->isOutput(name))) return true;
    fail(function, kInvalidArgument, std::string("Given invalid tensor name: ") + (name == nullptr ? "null" : name)
        + ". Get valid tensor names with getIOTensorName()");
    return false;
}

std::vector<std::string> ContextImpl::missingInputs() const
{
    std::vector<std::string> missing;
    for (auto const& input : mEngine.graph()->inputs)
    {
        bool dynamic = false;
        for (int32_t i = 0; i < input.dims.nbDims; i++) dynamic = dynamic || input.dims.d[i] < 0;
        bool const valued = !input.decidesShapes || getTensorAddress(input.name.c_str()) != nullptr;
        if ((dynamic && mShapes.count(input.name) == 0) || !valued) missing.push_back(input.name);
    }

    return missing;
}

std::map<std::string, Dims> ContextImpl::shapes() const
{
    auto known = mShapes;
    for (auto const& input : mEngine.graph()->inputs)
    {
        auto const& dims = known.emplace(input.name, input.dims).first->second;
        auto const* values = input.decidesShapes ? getTensorAddress(input.name.c_str()) : nullptr;
        if (values != nullptr) known[valuesOf(input.name)] = toDims(input.type, dims, values);
    }

    return known;
}

Bool ContextImpl::setOptimizationProfileAsync(int32_t profile, void*)
{
    if (profile < 0 || profile >= mEngine.getNbOptimizationProfiles())
    {
        fail("IExecutionContext::setOptimizationProfileAsync", kInvalidArgument,
            "Parameter check failed, condition: profileIndex >= 0 && profileIndex < mEngine.getNbOptimizationProfiles()");
        return answer(false);
    }

    mProfile = profile;
    mShapes.clear();
    return answer(true);
}

Bool ContextImpl::setInputShape(char const* name, Dims const* dims)
{
    char const* const function = "IExecutionContext::setInputShape";
    auto const graph = mEngine.graph();
    auto const* input = name == nullptr ? nullptr : graph->findInput(name);
    if (input == nullptr)
    {
        fail(function, kInvalidArgument, std::string("Given invalid input tensor name: ") + (name == nullptr ? "null" : name));
        return answer(false);
    }

    bool fits = dims->nbDims == input->dims.nbDims;
    for (int32_t i = 0; fits && i < dims->nbDims; i++)
        fits = input->dims.d[i] < 0 ? dims->d[i] >= 0 : dims->d[i] == input->dims.d[i];
    if (!fits)
    {
        fail(function, kInvalidArgument, "Static dimension mismatch while setting input shape for " + input->name
            + ". Set dimensions are " + toText(*dims) + ". Expected dimensions are " + toText(input->dims) + ".");
        return answer(false);
    }

    if (!graph->profiles.empty())
    {
        auto const range = graph->profiles[mProfile].find(input->name);
        if (range != graph->profiles[mProfile].end() && !inside(*dims, range->second.min, range->second.max))
        {
            fail(function, kInvalidArgument, "Parameter check failed, condition: satisfyProfile. Set dimension " + toText(*dims)
                + " for tensor " + input->name + " does not satisfy any optimization profiles. Valid range for profile "
                + std::to_string(mProfile) + ": " + toText(range->second.min) + ".." + toText(range->second.max) + ".");
            return answer(false);
        }
    }

    mShapes[input->name] = *dims;
    return answer(true);
}

Dims ContextImpl::getTensorShape(char const* name) const
{
    char const* const function = "IExecutionContext::getTensorShape";
    if (!knows(name, function)) return unknownDims();
    auto const graph = mEngine.graph();
    if (graph->findInput(name) != nullptr) return graph->shapeOf(name, mShapes);
    auto const unequal = graph->unequalDimension(mShapes);
    if (!unequal.empty())
    {
        fail(function, kFailedExecution, "Dimensions with name " + unequal + " must be equal.");
        return unknownDims();
    }

    auto const dims = graph->shapeOf(name, shapes());
    if (dims.nbDims < 0) fail(function, kFailedExecution, "Shapes of the inputs do not fit each other.");
    return dims;
}

Dims ContextImpl::getTensorStrides(char const* name) const
{
    auto const dims = getTensorShape(name);
    auto strides = dims;
    int64_t stride = 1;
    for (int32_t i = dims.nbDims - 1; i >= 0; i--)
    {
        strides.d[i] = stride;
        stride = dims.d[i] < 0 || stride < 0 ? -1 : stride * dims.d[i];
    }

    return strides;
}

int32_t ContextImpl::inferShapes(int32_t most, char const** names)
{
    auto const missing = missingInputs();
    if (missing.empty()) return mEngine.graph()->unequalDimension(mShapes).empty() ? 0 : -1;
    for (int32_t i = 0; i < most && i < static_cast<int32_t>(missing.size()); i++)
        names[i] = mEngine.graph()->findInput(missing[i])->name.c_str();
    return static_cast<int32_t>(missing.size());
}

int64_t ContextImpl::getMaxOutputSize(char const* name) const
{
    auto const graph = mEngine.graph();
    if (!knows(name, "IExecutionContext::getMaxOutputSize")) return -1;
    std::map<std::string, Dims> largest;
    if (!graph->profiles.empty())
        for (auto const& entry : graph->profiles[mProfile]) largest[entry.first] = entry.second.max;
    for (auto const& node : graph->nodes)
        if (node.output == name && node.op == "NonZero")
        {
            auto const dims = graph->shapeOf(node.inputs[0], largest);
            return volume(dims) * dims.nbDims * static_cast<int64_t>(sizeof(int64_t));
        }

    return volume(graph->shapeOf(name, largest)) * static_cast<int64_t>(sizeOf(graph->typeOf(name)));
}
