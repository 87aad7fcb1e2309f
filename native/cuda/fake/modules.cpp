// Modules: PTX is not compiled. Kernels are found by name, and the test registers what each does.
#include "state.h"

#include <cstring>

namespace {

using Kernel = void (*)(void** parameters, const unsigned* grid, const unsigned* block);

struct Registered {
    Kernel kernel;
    std::vector<size_t> sizes;
};

struct Module;

struct Function {
    Module* module;
    std::string name;
};

struct Module {
    std::map<std::string, std::unique_ptr<Function>> functions;
};

std::map<std::string, Registered>& registered() {
    static auto* const made = new std::map<std::string, Registered>;
    return *made;
}

// The names after each ".entry" of a PTX text.
std::vector<std::string> entries(const std::string& ptx) {
    const std::string word = ".entry";
    std::vector<std::string> names;
    for (size_t at = ptx.find(word); at != std::string::npos; at = ptx.find(word, at + 1)) {
        const size_t start = ptx.find_first_not_of(" \t\r\n", at + word.size());
        if (start == std::string::npos) break;
        names.push_back(ptx.substr(start, ptx.find_first_of(" \t\r\n(", start) - start));
    }
    return names;
}

}  // namespace

// Registers what the kernel of this name does, and the size of each of its parameters.
FAKE_EXPORT void fake_register_kernel(const char* name, Kernel kernel, const size_t* sizes, int count) {
    Lock lock(state().gate);
    registered()[name] = Registered{kernel, std::vector<size_t>(sizes, sizes + count)};
}

FAKE_EXPORT Result cuModuleLoadDataEx(Module** made, const char* image, unsigned count, const int* options, void** values) {
    ENTER("cuModuleLoadDataEx");
    Lock lock(state().gate);
    if (!std::strstr(image, ".version") || entries(image).empty()) {
        char* log = nullptr;
        size_t length = 0;
        for (unsigned i = 0; i < count; i++) {
            if (options[i] == 5) log = static_cast<char*>(values[i]);
            if (options[i] == 6) length = reinterpret_cast<size_t>(values[i]);
        }
        const char said[] = "ptxas fatal: missing .version directive or no .entry";
        if (log && length >= sizeof said) std::memcpy(log, said, sizeof said);
        return InvalidPtx;
    }
    auto* module = new Module;
    for (const auto& name : entries(image)) module->functions[name] = std::make_unique<Function>(Function{module, name});
    state().modules.insert(module);
    *made = module;
    return Success;
}

FAKE_EXPORT Result cuModuleUnload(Module* module) {
    ENTER("cuModuleUnload");
    Lock lock(state().gate);
    drainAll(lock, context);
    if (!state().modules.erase(module)) return InvalidHandle;
    delete module;
    return Success;
}

FAKE_EXPORT Result cuModuleGetFunction(Function** found, Module* module, const char* name) {
    ENTER("cuModuleGetFunction");
    Lock lock(state().gate);
    if (!state().modules.count(module)) return InvalidHandle;
    auto function = module->functions.find(name);
    if (function == module->functions.end()) return NotFound;
    *found = function->second.get();
    return Success;
}

FAKE_EXPORT Result cuLaunchKernel(Function* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
    unsigned blockY, unsigned blockZ, unsigned, Stream* stream, void** parameters, void**) {
    ENTER("cuLaunchKernel");
    Lock lock(state().gate);
    if (!state().modules.count(function->module)) return InvalidHandle;
    auto known = registered().find(function->name);
    if (known == registered().end()) return NotSupported;
    const size_t threads = size_t(blockX) * blockY * blockZ;
    if (!gridX || !gridY || !gridZ || !threads || threads > 1024) return InvalidValue;
    // As in the driver, the values are read now and the kernel runs later.
    auto values = std::make_shared<std::vector<std::vector<char>>>();
    for (size_t i = 0; i < known->second.sizes.size(); i++) {
        const char* value = static_cast<const char*>(parameters[i]);
        values->emplace_back(value, value + known->second.sizes[i]);
    }
    Kernel kernel = known->second.kernel;
    return submit(stream, context, [=] {
        std::vector<void*> addresses;
        for (auto& value : *values) addresses.push_back(value.data());
        const unsigned grid[] = {gridX, gridY, gridZ};
        const unsigned block[] = {blockX, blockY, blockZ};
        kernel(addresses.data(), grid, block);
    });
}
