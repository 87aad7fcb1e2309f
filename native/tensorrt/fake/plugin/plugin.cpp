#include <atomic>
#include <cstdint>

// A stand-in for libnvinfer_plugin and libnvinfer_vc_plugin: it has no plug-ins and counts calls.
#define EXPORT extern "C" __attribute__((visibility("default")))

namespace
{
std::atomic<int64_t> gInitialized{0};
}

EXPORT uint64_t initLibNvInferPlugins(void* logger, char const* space)
{
    gInitialized++;
    return 0xA5A5A5A5A5A5A500ull | (logger != nullptr && space != nullptr ? 1u : 0u);
}

EXPORT int64_t fake_plugin_initialized() { return gInitialized; }
