#include "builder.h"
#include <chrono>
#include <dlfcn.h>
#include <sys/stat.h>
#include <thread>

namespace
{
// The builder resource, which is open for as long as a builder lives. From 10.16 on it is looked for in the folder of
// setInternalLibraryPath, or else beside this library. Earlier ones open it by its plain name and leave the folders to the loader,
// as the real 10.6 does, whose resource has another SONAME than its file.
std::string missingResource(void** opened = nullptr)
{
    if (switchValue("needsBuilderResource") == 0) return "";
    auto const version = std::to_string(FAKE_MAJOR) + "." + std::to_string(FAKE_MINOR) + "." + std::to_string(FAKE_PATCH);
    auto const gpu = FAKE_HAS(10, 15) ? "_sm" + std::to_string(switchValue("resourceCapability")) : "";
    auto const name = "libnvinfer_builder_resource" + gpu + ".so." + version;
    if (FAKE_MAJOR == 10 && FAKE_MINOR < 16)
    {
        void* const resource = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
        bool const found = resource != nullptr && dlsym(resource, "builderKernels") != nullptr;
        if (found && opened != nullptr) *opened = resource;
        else if (resource != nullptr) dlclose(resource);
        return found ? "" : name;
    }

    Dl_info info = {};
    if (dladdr(reinterpret_cast<void*>(&missingResource), &info) == 0) return name;
    std::string const library = info.dli_fname;
    auto const folder = internalLibraryPath().empty() ? library.substr(0, library.rfind('/') + 1) : internalLibraryPath();
    struct stat found = {};
    return stat((folder + name).c_str(), &found) == 0 ? "" : name;
}

class BuilderImpl final : public VBuilder, public Family, private Counted
{
public:
    BuilderImpl(ILogger* logger, void* resource)
        : Family(nullptr), Counted("builder"), mLogger(logger), mResource(resource)
    {
    }

    ~BuilderImpl() override
    {
        replaceRecorder(mRecorder, nullptr);
        if (mResource != nullptr) dlclose(mResource);
    }

    RECORDER
    ILogger* getLogger() const override { return mLogger; }
    int32_t getMaxDLABatchSize() const override { return 0; }
    int32_t getNbDLACores() const override { return 0; }
    void setGpuAllocator(IGpuAllocator* allocator) override { mAllocator = allocator; }
    void reset() override {}
    Bool setMaxThreads(int32_t threads) override
    {
        if (threads > 0) mThreads = threads;
        return answer(threads > 0);
    }

    int32_t getMaxThreads() const override { return mThreads; }
    IBuilderConfig* createBuilderConfig() override { return new IBuilderConfig(new BuilderConfigImpl(this, mLogger)); }
    INetworkDefinition* createNetworkV2(uint32_t flags) override
    {
        return new INetworkDefinition(new NetworkImpl(this, mLogger, flags));
    }

    IOptimizationProfile* createOptimizationProfile() override
    {
        mProfiles.push_back(std::make_unique<IOptimizationProfile>(new ProfileImpl()));
        return mProfiles.back().get();
    }

    Bool isNetworkSupported(INetworkDefinition const*, IBuilderConfig const*) const override { return answer(true); }
    IHostMemory* buildSerializedNetwork(INetworkDefinition* network, IBuilderConfig* config) override
    {
        Graph graph;
        return build(*network, *config, graph) ? makeHostMemory(encodePlan(graph)) : nullptr;
    }

#if FAKE_HAS(10, 6)
    ICudaEngine* buildEngineWithConfig(INetworkDefinition* network, IBuilderConfig* config) override
    {
        Graph graph;
        return build(*network, *config, graph) ? makeEngine(std::move(graph), mLogger, mRecorder, mAllocator, this) : nullptr;
    }
#endif

private:
    bool refuse(ErrorCode code, std::string const& text) const
    {
        report(mRecorder, mLogger, code,
            "IBuilder::buildSerializedNetwork: Error Code " + std::to_string(code) + ": Internal Error (" + text + ")");
        return false;
    }

    // Dimensions of one name are equal, also in the optimum of a profile.
    bool checkNames(Graph const& graph, Profile const& profile) const
    {
        std::map<std::string, int64_t> sizes;
        for (auto const& input : graph.inputs)
            for (int32_t i = 0; i < input.dims.nbDims; i++)
            {
                auto const& name = input.symbols[static_cast<size_t>(i)];
                if (name.empty() || input.dims.d[i] >= 0) continue;
                auto const size = profile.at(input.name).opt.d[i];
                if (sizes.emplace(name, size).first->second != size)
                    return refuse(kInvalidConfig, "Profile kOPT values are not self-consistent. Dimensions with name " + name +
                        " must be equal");
            }

        return true;
    }

    bool check(Graph const& graph) const
    {
        if (graph.outputs.empty()) return refuse(kInvalidState, "Network must have at least one output");
        for (auto const& input : graph.inputs)
        {
            bool dynamic = false;
            for (int32_t i = 0; i < input.dims.nbDims; i++) dynamic = dynamic || input.dims.d[i] < 0;
            if (!dynamic) continue;
            if (graph.profiles.empty())
                return refuse(kInvalidState,
                    "Network has dynamic or shape inputs, but no optimization profile has been defined.");
            for (auto const& profile : graph.profiles)
            {
                auto const range = profile.find(input.name);
                if (range == profile.end())
                    return refuse(kInvalidState, input.name + " has no dimensions in an optimization profile");
                for (int32_t i = 0; i < input.dims.nbDims; i++)
                    if (range->second.min.nbDims != input.dims.nbDims
                        || (input.dims.d[i] >= 0 && range->second.min.d[i] != input.dims.d[i]))
                        return refuse(kInvalidArgument, input.name + ": a profile does not fit the dimensions of the network");
            }
        }

        for (auto const& profile : graph.profiles)
            if (!checkNames(graph, profile)) return false;
        return true;
    }

    bool tell(BuilderConfigImpl& config, char const* phase, char const* parent, int32_t steps) const
    {
        auto const delay = switchValue("buildMilliseconds");
        bool goesOn = true;
        if (config.monitor != nullptr) config.monitor->phaseStart(phase, parent, steps);
        for (int32_t step = 0; goesOn && step < steps; step++)
        {
            if (delay > 0) std::this_thread::sleep_for(std::chrono::milliseconds(delay));
            if (config.monitor != nullptr) goesOn = config.monitor->stepComplete(phase, step);
        }

        if (config.monitor != nullptr) config.monitor->phaseFinish(phase);
        return goesOn;
    }

    bool build(INetworkDefinition& network, IBuilderConfig& given, Graph& graph) const
    {
        count("builds");
        auto& config = static_cast<BuilderConfigImpl&>(*given.impl());
        auto const resource = FAKE_HAS(10, 15) && FAKE_MAJOR < 11 ? missingResource() : "";
        if (!resource.empty()) return refuse(kInternal, "Unable to load library: " + resource);
        if (takeFailure("fail.build")) return refuse(kInternal, "Could not find any implementation for node");
        graph = static_cast<NetworkImpl&>(*network.impl()).graph();
        auto const tie = static_cast<NetworkImpl&>(*network.impl()).brokenTie();
        if (!tie.empty()) return refuse(kInternal, tie);
        graph.verbosity = config.getProfilingVerbosity();
        auto const precisions = static_cast<NetworkImpl&>(*network.impl()).precisions();
        for (auto& node : graph.nodes)
        {
            auto const set = precisions.find(node.name);
            node.type = config.obeys() && set != precisions.end() ? set->second : config.layerType();
            if (node.type == kFloat || switchValue(("noKernel." + node.name).c_str()) == 0) continue;
            return refuse(kInternal, "Could not find any implementation for node " + node.name + ".");
        }

        for (auto const* defect :
             {"scale", "swap", "item", "nan", "weights", "roundBits", "roundInt8", "batch", "profile", "last"})
        {
            auto const amount = switchValue((std::string("defect.") + defect).c_str());
            if (amount != 0) graph.defects[defect] = amount;
        }

        for (auto const& node : graph.nodes)
        {
            auto const plain = switchValue(("defect.node." + node.name).c_str());
            auto const fused = graph.isOutput(node.output) ? 0 : switchValue(("defect.fused." + node.name).c_str());
            if (plain != 0 || fused != 0) graph.defects["node." + node.name] = plain != 0 ? plain : fused;
        }

        graph.profiles = config.profiles;
        graph.refittable = config.isRefittable();
        graph.versionCompatible = config.isVersionCompatible();
        config.noteOptions();
        if (!check(graph)) return false;
        config.calibrate(graph.inputs);
        auto const steps = static_cast<int32_t>(switchValue("buildSteps"));
        if (!tell(config, "Building an engine from the network", nullptr, 2)
            || !tell(config, "Timing the nodes", "Building an engine from the network", steps))
            return refuse(kUnspecified, "BuildCanceled");
        if (config.isStripped())
            for (auto& constant : graph.weights)
            {
                constant.stripped = true;
                constant.values.clear();
            }

        if (config.timingCache != nullptr)
        {
            auto& cache = static_cast<TimingCacheImpl&>(*config.timingCache->impl());
            auto const line = graph.name + " " + std::to_string(graph.nodes.size()) + "\n";
            bool const known = cache.bytes.find("\n" + line) != std::string::npos;
            count(known ? "timingHits" : "timingMisses");
            if (!known) cache.bytes += line;
        }

        return true;
    }

    ILogger* mLogger;
    void* mResource;
    IErrorRecorder* mRecorder = nullptr;
    IGpuAllocator* mAllocator = nullptr;
    int32_t mThreads = 1;
    std::vector<std::unique_ptr<IOptimizationProfile>> mProfiles;
};
}

IBuilder* makeBuilder(ILogger* logger)
{
    void* opened = nullptr;
    auto const resource = FAKE_HAS(10, 15) && FAKE_MAJOR < 11 ? "" : missingResource(&opened);
    if (resource.empty())
    {
        count("builders");
        std::this_thread::sleep_for(std::chrono::milliseconds(switchValue("builderMilliseconds")));
        return new IBuilder(new BuilderImpl(logger, opened));
    }

    log(logger, kError, "Unable to load library: " + resource);
    return nullptr;
}
