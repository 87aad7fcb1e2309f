// Modules: PTX is not compiled. Kernels are found by name, and the test registers what each does. A cubin is the PTX again
// behind a header that says for which GPU it is and how long it is, with a sum that tells a damaged one.
#include "state.h"

#include <cstdlib>
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
    unsigned shared = 48 << 10;
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

const char Magic[] = "\x7F" "ELF";
constexpr unsigned Capability = 86;
constexpr int MostShared = 99 << 10;

struct Header {
    char magic[4];
    unsigned capability, length, sum;
};

unsigned sumOf(const std::string& text) {
    unsigned sum = 17;
    for (unsigned char each : text) sum = sum * 31 + each;
    return sum;
}

std::string cubinOf(const std::string& ptx) {
    Header header{{}, Capability, unsigned(ptx.size()), sumOf(ptx)};
    std::memcpy(header.magic, Magic, 4);
    return std::string(reinterpret_cast<const char*>(&header), sizeof header) + ptx;
}

Result readCubin(const char* image, std::string& ptx) {
    Header header;
    std::memcpy(&header, image, sizeof header);
    if (header.capability != Capability) return NoBinary;
    ptx.assign(image + sizeof header, header.length);
    return sumOf(ptx) == header.sum ? Success : InvalidImage;
}

// Where the compiler writes what it says.
struct Log {
    char* text = nullptr;
    size_t length = 0;

    Log(unsigned count, const int* options, void** values) {
        for (unsigned i = 0; i < count; i++) {
            if (options[i] == 5) text = static_cast<char*>(values[i]);
            if (options[i] == 6) length = reinterpret_cast<size_t>(values[i]);
        }
    }

    void say(const char* line) const {
        if (text && length > std::strlen(line)) std::strcpy(text, line);
    }
};

struct Link {
    Log log;
    std::string ptx, cubin;
};

Result compile(const std::string& ptx, const Log& log) {
    const size_t at = ptx.find(".version");
    if (at == std::string::npos || entries(ptx).empty()) {
        log.say("ptxas fatal: missing .version directive or no .entry");
        return InvalidPtx;
    }
    const int version = int(std::atof(ptx.c_str() + at + 8) * 10 + 0.5);
    if (state().newestPtx == 0 || version <= state().newestPtx) return Success;
    log.say("ptxas fatal: Unsupported .version");
    return UnsupportedPtx;
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
    std::string ptx;
    // A cubin does not end with a zero.
    if (std::memcmp(image, Magic, 4) == 0) {
        if (Result read = readCubin(image, ptx); read != Success) return read;
    } else {
        ptx = image;
        if (Result compiled = compile(ptx, Log(count, options, values)); compiled != Success) return compiled;
    }
    auto* module = new Module;
    for (const auto& name : entries(ptx)) module->functions[name] = std::make_unique<Function>(Function{module, name});
    state().modules.insert(module);
    *made = module;
    return Success;
}

FAKE_EXPORT Result cuLinkCreate_v2(unsigned count, const int* options, void** values, Link** made) {
    ENTER("cuLinkCreate");
    Lock lock(state().gate);
    *made = new Link{Log(count, options, values), {}, {}};
    state().links.insert(*made);
    return Success;
}

FAKE_EXPORT Result cuLinkAddData_v2(Link* link, int type, const char* data, size_t size, const char*, unsigned, const int*,
    void**) {
    ENTER("cuLinkAddData");
    Lock lock(state().gate);
    if (!state().links.count(link)) return InvalidHandle;
    // 1: PTX, which must end with a zero that counts.
    if (type != 1 || size == 0 || data[size - 1] != 0) return InvalidValue;
    link->ptx += data;
    return compile(data, link->log);
}

FAKE_EXPORT Result cuLinkComplete(Link* link, const void** cubin, size_t* size) {
    ENTER("cuLinkComplete");
    Lock lock(state().gate);
    if (!state().links.count(link)) return InvalidHandle;
    link->cubin = cubinOf(link->ptx);
    *cubin = link->cubin.data();
    *size = link->cubin.size();
    return Success;
}

FAKE_EXPORT Result cuLinkDestroy(Link* link) {
    ENTER("cuLinkDestroy");
    Lock lock(state().gate);
    if (!state().links.erase(link)) return InvalidHandle;
    delete link;
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

FAKE_EXPORT Result cuFuncGetParamInfo(Function* function, size_t index, size_t* offset, size_t* size) {
    ENTER("cuFuncGetParamInfo");
    Lock lock(state().gate);
    if (!state().modules.count(function->module)) return InvalidHandle;
    auto known = registered().find(function->name);
    if (known == registered().end()) return NotSupported;
    const auto& sizes = known->second.sizes;
    if (index >= sizes.size()) return InvalidValue;
    *offset = 0;
    for (size_t i = 0; i < index; i++) *offset += sizes[i];
    if (size) *size = sizes[index];
    return Success;
}

// Only the attribute 8, the most dynamic shared memory of a block.
FAKE_EXPORT Result cuFuncSetAttribute(Function* function, int attribute, int value) {
    ENTER("cuFuncSetAttribute");
    Lock lock(state().gate);
    if (!state().modules.count(function->module)) return InvalidHandle;
    if (attribute != 8 || value < 0 || value > MostShared) return InvalidValue;
    function->shared = unsigned(value);
    return Success;
}

FAKE_EXPORT Result cuLaunchKernel(Function* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
    unsigned blockY, unsigned blockZ, unsigned shared, Stream* stream, void** parameters, void**) {
    ENTER("cuLaunchKernel");
    Lock lock(state().gate);
    if (!state().modules.count(function->module)) return InvalidHandle;
    auto known = registered().find(function->name);
    if (known == registered().end()) return NotSupported;
    const size_t threads = size_t(blockX) * blockY * blockZ;
    if (!gridX || !gridY || !gridZ || !threads || threads > 1024 || shared > function->shared) return InvalidValue;
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
