#include "IPluginRegistry.h"
#include "objects.h"

// The C functions of libnvinfer.
namespace
{
class SilentLogger final : public ILogger
{
public:
#if FAKE_MAJOR >= 11
    int32_t getAPILanguage() const override { return 0; }
    InterfaceInfo getInterfaceInfo() const override { return {"ILogger", 1, 0}; }
#endif
    void log(int32_t, char const*) override {}
};

SilentLogger gLogger;

bool isOurVersion(ILogger* logger, char const* function, int32_t version)
{
    if (version / 10000 == FAKE_MAJOR && version <= FAKE_VERSION) return true;
    log(logger, kError, std::string(function) + ": Error Code 3: API Usage Error (asked for version " +
        std::to_string(version) + " against library version " + std::to_string(FAKE_VERSION) + ")");
    return false;
}
}

EXPORT int32_t getInferLibVersion() { return FAKE_VERSION; }
EXPORT int32_t getInferLibMajorVersion() { return FAKE_MAJOR; }
EXPORT int32_t getInferLibMinorVersion() { return FAKE_MINOR; }
EXPORT int32_t getInferLibPatchVersion() { return FAKE_PATCH; }
EXPORT int32_t getInferLibBuildVersion() { return FAKE_BUILD; }

EXPORT void* getLogger() { return &gLogger; }

EXPORT void* getPluginRegistry()
{
    static IPluginRegistry registry;
    return &registry;
}

EXPORT void* getBuilderPluginRegistry(int32_t) { return getPluginRegistry(); }

#if FAKE_HAS(10, 16)
EXPORT Bool setInternalLibraryPath(char const* path)
{
    if (path == nullptr) return answer(false);
    count("internalLibraryPaths");
    internalLibraryPath() = path;
    return answer(true);
}
#endif

EXPORT void* createInferRuntime_INTERNAL(void* logger, int32_t version)
{
    auto* const target = static_cast<ILogger*>(logger);
    if (target == nullptr || !isOurVersion(target, "createInferRuntime", version) || takeFailure("fail.runtime")) return nullptr;
    log(target, kInfo, "The stand-in's runtime was created");
    return makeRuntime(target);
}

EXPORT void* createInferRefitter_INTERNAL(void* engine, void* logger, int32_t version)
{
    auto* const target = static_cast<ILogger*>(logger);
    if (target == nullptr || !isOurVersion(target, "createInferRefitter", version)) return nullptr;
    return makeRefitter(*static_cast<ICudaEngine*>(engine), target);
}

EXPORT void* createInferBuilder_INTERNAL(void* logger, int32_t version)
{
    auto* const target = static_cast<ILogger*>(logger);
    if (target == nullptr || !isOurVersion(target, "createInferBuilder", version) || takeFailure("fail.builder")) return nullptr;
    return makeBuilder(target);
}
