// What a run costs without .NET: the calls that a C++ program makes for each run, on the same engine and in the same process.
// The addresses of the methods are given, so that nothing of TensorRT is needed to compile this.
#include <cstdint>
#include <ctime>

namespace {

// As nvinfer1::Dims64: 72 bytes.
struct Dims {
    std::int32_t rank;
    std::int64_t sizes[8];
};

struct Tensor {
    const char* name;
    const Dims* shape;  // null for an output
    void* address;
};

struct Run {
    void* context;
    bool (*setInputShape)(void* context, const char* name, const Dims* shape);
    bool (*setTensorAddress)(void* context, const char* name, void* address);
    bool (*enqueueV3)(void* context, void* stream);
    int (*synchronize)(void* stream);
    void* stream;
    const Tensor* tensors;
    std::int64_t count;
};

std::int64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

}  // namespace

// Runs once. Returns nanoseconds, or -1 if a call failed.
extern "C" __attribute__((visibility("default"))) std::int64_t baseline_run(const Run* run) {
    const std::int64_t start = now();
    for (std::int64_t i = 0; i < run->count; i++) {
        const Tensor& tensor = run->tensors[i];
        if (tensor.shape && !run->setInputShape(run->context, tensor.name, tensor.shape)) return -1;
        if (!run->setTensorAddress(run->context, tensor.name, tensor.address)) return -1;
    }

    if (!run->enqueueV3(run->context, run->stream)) return -1;
    if (run->synchronize(run->stream) != 0) return -1;
    return now() - start;
}
