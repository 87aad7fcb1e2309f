// Initialization, devices, errors and contexts.
#include "state.h"

#include <cstdio>
#include <cstring>

namespace {

struct Code {
    int value;
    const char* name;
    const char* text;
};

const Code codes[] = {
    {Success, "CUDA_SUCCESS", "no error"},
    {InvalidValue, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OutOfMemory, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {NotInitialized, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {NoDevice, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {InvalidDevice, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {InvalidContext, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {214, "CUDA_ERROR_ECC_UNCORRECTABLE", "uncorrectable ECC error encountered"},
    {InvalidImage, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {NoBinary, "CUDA_ERROR_NO_BINARY_FOR_GPU", "no kernel image is available for execution on the device"},
    {UnsupportedPtx, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "the provided PTX was compiled with an unsupported toolchain."},
    {InvalidPtx, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {InvalidHandle, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NotFound, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {NotReady, "CUDA_ERROR_NOT_READY", "device not ready"},
    {IllegalAddress, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {LaunchFailed, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {NotPermitted, "CUDA_ERROR_NOT_PERMITTED", "operation not permitted"},
    {NotSupported, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {CaptureUnsupported, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", "operation not permitted when stream is capturing"},
    {CaptureInvalidated, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "operation failed due to a previous error during capture"},
    {CaptureUnmatched, "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED", "capture was not initiated in this stream"},
    {CaptureIsolation, "CUDA_ERROR_STREAM_CAPTURE_ISOLATION", "dependency created on uncaptured work in another stream"},
    {CaptureWrongThread, "CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD", "stream capture cannot be ended on this thread"},
};

const Code* lookUp(int value) {
    for (const auto& code : codes)
        if (code.value == value) return &code;
    return nullptr;
}

Result device(int ordinal, Device*& found) {
    State& s = state();
    if (ordinal < 0 || size_t(ordinal) >= s.devices.size()) return InvalidDevice;
    found = s.devices[size_t(ordinal)].get();
    return Success;
}

#define GET_DEVICE(name) \
    if (Result entered = enter(name); entered != Success) return entered; \
    Device* d = nullptr; \
    if (Result found = device(ordinal, d); found != Success) return found

}  // namespace

FAKE_EXPORT Result cuInit(unsigned flags) {
    if (Result planted = enter("cuInit", false); planted != Success) return planted;
    if (flags != 0) return InvalidValue;
    if (state().devices.empty()) return NoDevice;
    state().initialized = true;
    return Success;
}

FAKE_EXPORT Result cuDriverGetVersion(int* version) {
    *version = state().version;
    return Success;
}

FAKE_EXPORT Result cuGetErrorName(int value, const char** name) {
    const Code* code = lookUp(value);
    *name = code ? code->name : nullptr;
    return code ? Success : InvalidValue;
}

FAKE_EXPORT Result cuGetErrorString(int value, const char** text) {
    const Code* code = lookUp(value);
    *text = code ? code->text : nullptr;
    return code ? Success : InvalidValue;
}

FAKE_EXPORT Result cuDeviceGetCount(int* count) {
    if (Result entered = enter("cuDeviceGetCount"); entered != Success) return entered;
    *count = int(state().devices.size());
    return Success;
}

FAKE_EXPORT Result cuDeviceGet(int* handle, int ordinal) {
    GET_DEVICE("cuDeviceGet");
    *handle = d->ordinal;
    return Success;
}

FAKE_EXPORT Result cuDeviceGetName(char* name, int length, int ordinal) {
    GET_DEVICE("cuDeviceGetName");
    std::snprintf(name, size_t(length), "Stand-in GPU %d", d->ordinal);
    return Success;
}

FAKE_EXPORT Result cuDeviceGetUuid_v2(unsigned char* uuid, int ordinal) {
    GET_DEVICE("cuDeviceGetUuid");
    for (int i = 0; i < 16; i++) uuid[i] = static_cast<unsigned char>(16 * i + i);
    uuid[15] = static_cast<unsigned char>(d->ordinal);
    return Success;
}

FAKE_EXPORT Result cuDeviceTotalMem_v2(size_t* bytes, int ordinal) {
    GET_DEVICE("cuDeviceTotalMem");
    *bytes = d->limit;
    return Success;
}

FAKE_EXPORT Result cuDeviceGetAttribute(int* value, int attribute, int ordinal) {
    GET_DEVICE("cuDeviceGetAttribute");
    switch (attribute) {
        case 16: *value = 4; return Success;
        case 75: *value = 8; return Success;
        case 76: *value = 6; return Success;
        case 115: *value = state().pools; return Success;
        default: return InvalidValue;
    }
}

FAKE_EXPORT Result cuDevicePrimaryCtxRetain(Context** made, int ordinal) {
    GET_DEVICE("cuDevicePrimaryCtxRetain");
    Lock lock(state().gate);
    if (!d->primary) {
        d->primary = new Context{d};
        state().contexts.insert(d->primary);
    }
    d->retains++;
    *made = d->primary;
    return Success;
}

FAKE_EXPORT Result cuDevicePrimaryCtxRelease_v2(int ordinal) {
    GET_DEVICE("cuDevicePrimaryCtxRelease");
    Lock lock(state().gate);
    if (d->retains == 0) return InvalidContext;
    d->retains--;
    return Success;
}

FAKE_EXPORT Result cuCtxSetCurrent(Context* wanted) {
    if (Result entered = enter("cuCtxSetCurrent"); entered != Success) return entered;
    auto& stack = current();
    Lock lock(state().gate);
    if (wanted && !state().contexts.count(wanted)) return InvalidContext;
    if (!stack.empty()) stack.pop_back();
    if (wanted) stack.push_back(wanted);
    return Success;
}

FAKE_EXPORT Result cuCtxGetCurrent(Context** found) {
    if (Result entered = enter("cuCtxGetCurrent"); entered != Success) return entered;
    *found = current().empty() ? nullptr : current().back();
    return Success;
}

FAKE_EXPORT Result cuCtxPushCurrent_v2(Context* wanted) {
    if (Result entered = enter("cuCtxPushCurrent"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().contexts.count(wanted)) return InvalidContext;
    current().push_back(wanted);
    return Success;
}

FAKE_EXPORT Result cuCtxPopCurrent_v2(Context** found) {
    if (Result entered = enter("cuCtxPopCurrent"); entered != Success) return entered;
    if (current().empty()) return InvalidContext;
    if (found) *found = current().back();
    current().pop_back();
    return Success;
}

FAKE_EXPORT Result cuCtxGetDevice(int* ordinal) {
    ENTER("cuCtxGetDevice");
    *ordinal = context->device->ordinal;
    return Success;
}

FAKE_EXPORT Result cuCtxSynchronize() {
    ENTER("cuCtxSynchronize");
    Lock lock(state().gate);
    if (Result refused = refuseWhileCapturing(); refused != Success) return refused;
    drainAll(lock, context);
    return Result(context->sticky.load());
}
