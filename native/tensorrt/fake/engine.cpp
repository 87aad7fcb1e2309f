#include "engine.h"

EngineImpl::EngineImpl(Graph graph, ILogger* logger, IErrorRecorder* recorder, IGpuAllocator* allocator, Family const* parent)
    : Family(parent), Counted("engine"), mGraph(std::make_shared<Graph const>(std::move(graph))), mName(mGraph->name),
      mBuiltStripped(mGraph->isStripped()),
      mLogger(logger), mAllocator(allocator), mScratchBytes(static_cast<size_t>(switchValue("scratchBytes"))),
      mScratchStep(static_cast<size_t>(switchValue("scratchStep")))
{
    replaceRecorder(mRecorder, recorder);
    // Refitting replaces the graph but not its tensors, and names must outlive the graph.
    for (auto const& input : mGraph->inputs) mTensorNames.push_back(input.name);
    for (auto const& output : mGraph->outputs) mTensorNames.push_back(output);
}

std::string message(char const* function, ErrorCode code, std::string const& text)
{
    char const* kind = code == kInvalidArgument ? "API Usage Error"
        : code == kFailedAllocation             ? "OutOfMemory"
        : code == kFailedExecution              ? "Internal Error"
                                                : "Internal Error";
    return std::string(function) + ": Error Code " + std::to_string(code) + ": " + kind + " (" + text + ")";
}

void EngineImpl::fail(char const* function, ErrorCode code, std::string const& text) const
{
    report(mRecorder, mLogger, code, message(function, code, text));
}

bool EngineImpl::knows(char const* name, char const* function) const
{
    auto const current = graph();
    if (name != nullptr && (current->findInput(name) != nullptr || current->isOutput(name))) return true;
    fail(function, kInvalidArgument, std::string("Given invalid tensor name: ") + (name == nullptr ? "null" : name)
        + ". Get valid tensor names with getIOTensorName()");
    return false;
}

IHostMemory* EngineImpl::serialize() const
{
    auto const current = graph();
    return makeHostMemory(encodePlan(*current, kSerializedAgain));
}

int32_t EngineImpl::getNbOptimizationProfiles() const
{
    auto const profiles = graph()->profiles.size();
    return profiles == 0 ? 1 : static_cast<int32_t>(profiles);
}

Dims EngineImpl::getTensorShape(char const* name) const
{
    if (!knows(name, "ICudaEngine::getTensorShape")) return unknownDims();
    auto const current = graph();
    std::map<std::string, Dims> shapes;
    // With several profiles the real engine returns the output shape of profile 0; only the context has the right one.
    if (current->profiles.size() > 1 && current->findInput(name) == nullptr)
        for (auto const& entry : current->profiles[0]) shapes[entry.first] = entry.second.opt;
    return current->shapeOf(name, shapes);
}

int32_t EngineImpl::getTensorDataType(char const* name) const
{
    return knows(name, "ICudaEngine::getTensorDataType") ? graph()->typeOf(name) : 0;
}

int32_t EngineImpl::getTensorIOMode(char const* name) const
{
    auto const current = graph();
    if (name == nullptr) return 0;
    return current->findInput(name) != nullptr ? 1 : current->isOutput(name) ? 2 : 0;
}

Dims EngineImpl::getProfileShape(char const* name, int32_t profile, int32_t selector) const
{
    auto const function = "ICudaEngine::getProfileShape";
    auto const current = graph();
    auto const* input = name == nullptr ? nullptr : current->findInput(name);
    if (input == nullptr || profile < 0 || profile >= getNbOptimizationProfiles() || selector < 0 || selector > 2)
    {
        fail(function, kInvalidArgument, "Parameter check failed, no such input or profile");
        return unknownDims();
    }

    if (current->profiles.empty()) return input->dims;
    auto const found = current->profiles[profile].find(name);
    if (found == current->profiles[profile].end()) return input->dims;
    return selector == 0 ? found->second.min : selector == 1 ? found->second.opt : found->second.max;
}

bool EngineImpl::decidesShapes(char const* name) const
{
    auto const current = graph();
    auto const* input = name == nullptr ? nullptr : current->findInput(name);
    return input != nullptr && input->decidesShapes;
}

int64_t const* EngineImpl::profileValues(char const* name, int32_t profile, int32_t selector) const
{
    auto const current = graph();
    if (name == nullptr || profile < 0 || profile >= static_cast<int32_t>(current->profiles.size())) return nullptr;
    auto const found = current->profiles[profile].find(valuesOf(name));
    if (found == current->profiles[profile].end()) return nullptr;
    return selector == 0 ? found->second.min.d : selector == 1 ? found->second.opt.d : found->second.max.d;
}

#if FAKE_HAS(10, 11)
int64_t const* EngineImpl::getProfileTensorValuesV2(char const* name, int32_t profile, int32_t selector) const
{
    return profileValues(name, profile, selector);
}
#endif

#if FAKE_MAJOR < 11
int32_t const* EngineImpl::getProfileTensorValues(char const* name, int32_t profile, int32_t selector) const
{
    auto const* values = profileValues(name, profile, selector);
    if (values == nullptr) return nullptr;
    return mNarrowValues.emplace(values, std::vector<int32_t>(values, values + 8)).first->second.data();
}
#endif

int32_t EngineImpl::getNbIOTensors() const { return static_cast<int32_t>(mTensorNames.size()); }

char const* EngineImpl::getIOTensorName(int32_t index) const
{
    if (index >= 0 && index < getNbIOTensors()) return mTensorNames[index].c_str();
    fail("ICudaEngine::getIOTensorName", kInvalidArgument, "Parameter check failed, index out of range");
    return nullptr;
}

IExecutionContext* EngineImpl::createExecutionContext(int32_t strategy)
{
    if (!takeFailure("fail.context")) return makeContext(*this, strategy);
    fail("ICudaEngine::createExecutionContext", kInternal, "Refused by fail.context");
    return nullptr;
}

ICudaEngine* makeEngine(Graph graph, ILogger* logger, IErrorRecorder* recorder, IGpuAllocator* allocator, Family const* parent)
{
    auto* engine = new EngineImpl(std::move(graph), logger, recorder, allocator, parent);
    engine->outer = new ICudaEngine(engine);
    return engine->outer;
}
