#include "context.h"
#include "job.h"

namespace
{
// A fault of some runs only: at one batch, through one profile, or at one length of the last dimension. What an item gets wrong
// depends on its place.
void spoilRun(Job const& job, std::map<std::string, Value>& values)
{
    auto const& graph = *job.graph;
    auto const asked = [&graph](char const* name) {
        auto const found = graph.defects.find(name);
        return found == graph.defects.end() ? 0 : found->second;
    };
    if (graph.outputs.empty() || asked("batch") == 0) return;
    auto& first = values[graph.outputs[0]];
    if (first.type != kFloat || first.dims.nbDims == 0 || first.dims.d[0] != asked("batch")) return;
    if (asked("profile") != 0 && asked("profile") != job.profile + 1) return;
    if (asked("last") != 0 && asked("last") != first.dims.d[first.dims.nbDims - 1]) return;
    auto* numbers = reinterpret_cast<float*>(first.bytes.data());
    int64_t const own = volume(first.dims) / first.dims.d[0];
    for (int64_t i = 0; i < volume(first.dims); i++) numbers[i] *= 1.0f + static_cast<float>(i / own + 1) / 8.0f;
}
}

bool Job::evaluate(std::map<std::string, Value>& values, std::string& error) const
{
    for (auto const& input : inputs)
    {
        Value value;
        value.type = input.type;
        value.dims = input.dims;
        auto const* bytes = static_cast<unsigned char const*>(input.address);
        value.bytes.assign(bytes, bytes + volume(input.dims) * sizeOf(input.type));
        values[input.name] = std::move(value);
    }

    if (!compute(*graph, values, error)) return false;
    spoilRun(*this, values);
    return true;
}

void Job::run() const
{
    std::map<std::string, Value> values;
    std::string error;
    if (!evaluate(values, error)) return;
    for (auto const& output : outputs)
    {
        auto const& bytes = values[output.name].bytes;
        if (!bytes.empty()) memcpy(output.address, bytes.data(), bytes.size());
    }

    count("runs");
}

Bool ContextImpl::setTensorAddress(char const* name, void* address)
{
    char const* const function = "IExecutionContext::setTensorAddress";
    if (!knows(name, function)) return answer(false);
    auto const alignment = switchValue("alignment");
    if (alignment > 0 && reinterpret_cast<uintptr_t>(address) % alignment != 0)
    {
        fail(function, kInvalidArgument, std::string("Parameter check failed, tensor ") + name + " is not aligned to "
            + std::to_string(alignment) + " bytes");
        return answer(false);
    }

    mAddresses[name] = address;
    return answer(true);
}

Bool ContextImpl::setInputTensorAddress(char const* name, void const* address)
{
    return setTensorAddress(name, const_cast<void*>(address));
}

void const* ContextImpl::getTensorAddress(char const* name) const
{
    auto const found = mAddresses.find(name);
    return found == mAddresses.end() ? nullptr : found->second;
}

Bool ContextImpl::setInputConsumedEvent(void* event)
{
    mConsumed = event;
    return answer(true);
}

Bool ContextImpl::setOutputAllocator(char const* name, IOutputAllocator* allocator)
{
    if (!knows(name, "IExecutionContext::setOutputAllocator") || !mEngine.graph()->isOutput(name)) return answer(false);
    mAllocators[name] = allocator;
    return answer(true);
}

IOutputAllocator* ContextImpl::getOutputAllocator(char const* name)
{
    auto const found = mAllocators.find(name);
    return found == mAllocators.end() ? nullptr : found->second;
}

Bool ContextImpl::setTemporaryStorageAllocator(IGpuAllocator* allocator)
{
    mTemporary = allocator;
    return answer(true);
}

Bool ContextImpl::setNvtxVerbosity(int32_t verbosity)
{
    mVerbosity = verbosity;
    return answer(true);
}

Bool ContextImpl::reportToProfiler() const
{
    if (mProfiler == nullptr || !mRan) return answer(false);
    for (auto const& node : mEngine.graph()->nodes) mProfiler->reportLayerTime(node.name.c_str(), 0.25f);
    return answer(true);
}

bool ContextImpl::prepare(Graph const& graph, Job& job)
{
    char const* const function = "IExecutionContext::enqueueV3";
    auto const missing = missingInputs();
    if (!missing.empty())
    {
        fail(function, kInvalidArgument,
            "Parameter check failed, condition: allInputDimensionsSpecified(). Missing: " + missing[0]);
        return false;
    }

    auto const unequal = graph.unequalDimension(mShapes);
    if (!unequal.empty())
    {
        fail(function, kFailedExecution, "Dimensions with name " + unequal + " must be equal.");
        return false;
    }

    if (mScratch == nullptr && mEngine.scratchBytes() > 0)
    {
        fail(function, kInvalidArgument, "Parameter check failed, no device memory was set");
        return false;
    }

    auto const known = shapes();
    for (auto const& input : graph.inputs)
    {
        auto const address = mAddresses.find(input.name);
        Dims const dims = known.at(input.name);
        if (volume(dims) != 0 && (address == mAddresses.end() || address->second == nullptr))
        {
            fail(function, kInvalidArgument, "Neither address or allocator is set for input tensor " + input.name
                + ". Call setInputTensorAddress, setTensorAddress or setOutputAllocator before enqueue/execute.");
            return false;
        }

        job.inputs.push_back({input.name, input.type, dims, volume(dims) == 0 ? nullptr : address->second});
    }

    return true;
}

bool ContextImpl::placeOutput(Graph const& graph, Job& job, std::string const& name, void* stream)
{
    char const* const function = "IExecutionContext::enqueueV3";
    Dims dims = graph.shapeOf(name, shapes());
    bool const dependsOnData = dims.nbDims > 0 && volume(dims) < 0;
    if (dependsOnData)
    {
        std::map<std::string, Value> values;
        std::string error;
        if (!job.evaluate(values, error)) return false;
        dims = values[name].dims;
    }

    if (dims.nbDims < 0)
    {
        fail(function, kFailedExecution, "Shapes of the inputs do not fit each other.");
        return false;
    }

    int32_t const type = graph.typeOf(name);
    void* address = mAddresses.count(name) != 0 ? mAddresses[name] : nullptr;
    auto* allocator = getOutputAllocator(name.c_str());
    uint64_t const size = static_cast<uint64_t>(volume(dims)) * sizeOf(type);
    if (allocator != nullptr)
    {
        address = allocator->reallocateOutputAsync(name.c_str(), address, size == 0 ? 1 : size, 256, stream);
        if (address == nullptr)
        {
            fail(function, kFailedAllocation, "Output allocator refused " + std::to_string(size) + " bytes for " + name + ".");
            return false;
        }

        allocator->notifyShape(name.c_str(), dims);
    }

    if (address == nullptr && size > 0)
    {
        fail(function, kInvalidArgument, "Neither address or allocator is set for output tensor " + name
            + ". Call setOutputTensorAddress, setTensorAddress or setOutputAllocator before enqueue/execute.");
        return false;
    }

    job.outputs.push_back({name, type, dims, address});
    return true;
}

bool ContextImpl::launch(std::unique_ptr<Job> job, void* stream)
{
    if (!haveCuda())
    {
        job->run();
        return true;
    }

    bool const captured = isCapturing(stream);
    HostFunction const once = [](void* data) { std::unique_ptr<Job>(static_cast<Job*>(data))->run(); };
    HostFunction const again = [](void* data) { static_cast<Job*>(data)->run(); };
    auto* const raw = job.get();
    int const result = launchHostFunction(stream, captured ? again : once, raw);
    if (result != 0)
    {
        fail("IExecutionContext::enqueueV3", kUnspecified, "Cuda Driver (error " + std::to_string(result) + ")");
        return false;
    }

    if (captured) mCaptured.push_back(std::move(job));
    else job.release();
    return true;
}

Bool ContextImpl::enqueueV3(void* stream)
{
    count("enqueues");
    char const* const function = "IExecutionContext::enqueueV3";
    if (takeFailure("fail.enqueue"))
    {
        fail(function, kUnspecified, "Cuda Runtime (invalid argument)");
        return answer(false);
    }

    auto job = std::make_unique<Job>();
    job->graph = mEngine.graph();
    job->profile = mProfile;
    auto const graph = job->graph;
    if (!prepare(*graph, *job)) return answer(false);
    if (graph->hasDataDependentOutput())
    {
        if (isCapturing(stream))
        {
            fail(function, kUnspecified, "Cuda Runtime (operation not permitted when stream is capturing)");
            // The real library synchronizes here, which breaks a capture.
            synchronizeStream(stream);
            return answer(false);
        }

        if (synchronizeStream(stream) != 0) return answer(false);
    }

    for (auto const& output : graph->outputs)
        if (!placeOutput(*graph, *job, output, stream)) return answer(false);
    // Writes to scratch memory like a kernel, so that a driver that checks addresses finds freed memory.
    size_t const scratch = mOwnScratch != nullptr && mEngine.allocator() == nullptr ? 0 : mEngine.scratchBytes(mProfile);
    if (scratch > 0 && fillMemory(mScratch, scratch, stream) != 0) return answer(false);
    if (!launch(std::move(job), stream)) return answer(false);
    if (mConsumed != nullptr) recordEvent(mConsumed, stream);
    mRan = true;
    if (mProfiler != nullptr && mEmitsProfile)
    {
        synchronizeStream(stream);
        reportToProfiler();
    }

    return answer(true);
}
