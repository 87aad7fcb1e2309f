#include "state.h"

#include <chrono>
#include <cstdlib>

namespace {

int setting(const char* name, int otherwise) {
    const char* text = std::getenv(name);
    return text && *text ? std::atoi(text) : otherwise;
}

thread_local std::vector<Context*> contexts;
thread_local bool calledBack = false;
thread_local Stream* ownStream = nullptr;

}  // namespace

State& state() {
    static State* const made = [] {
        auto* fresh = new State;
        fresh->version = setting("FAKE_CUDA_VERSION", 12040);
        fresh->pools = setting("FAKE_CUDA_POOLS", 1) != 0;
        fresh->delay = setting("FAKE_CUDA_DELAY_US", 50);
        const size_t limit = size_t(setting("FAKE_CUDA_MEMORY_MB", 1024)) << 20;
        const int count = setting("FAKE_CUDA_DEVICES", 2);
        for (int i = 0; i < count; i++) fresh->devices.push_back(std::make_unique<Device>(Device{i, limit}));
        return fresh;
    }();
    return *made;
}

std::vector<Context*>& current() { return contexts; }

bool& inCallback() { return calledBack; }

Stream*& running() { return ownStream; }

Result enter(const char* function, bool needsInit) {
    State& s = state();
    Lock lock(s.gate);
    s.calls[function]++;
    if (auto planted = s.failures.find(function); planted != s.failures.end() && planted->second.before-- <= 0) {
        const int code = planted->second.code;
        if (--planted->second.times == 0) s.failures.erase(planted);
        return Result(code);
    }
    if (calledBack) return NotPermitted;
    return needsInit && !s.initialized ? NotInitialized : Success;
}

Result enter(const char* function, Context*& context) {
    if (Result planted = enter(function); planted != Success) return planted;
    if (contexts.empty() || !contexts.back()) return InvalidContext;
    context = contexts.back();
    return Result(context->sticky.load());
}

Result find(Stream* stream, Context* context) {
    State& s = state();
    if (!s.streams.count(stream)) return InvalidHandle;
    return stream->context == context ? Success : InvalidHandle;
}

Result submit(Stream* stream, Context* context, Op op) {
    if (Result found = find(stream, context); found != Success) return found;
    if (stream->origin) {
        if (stream->origin->spoiled) return CaptureInvalidated;
        stream->origin->graph->nodes.push_back({std::move(op)});
        return Success;
    }
    stream->queue.push_back(std::move(op));
    stream->wake.notify_all();
    return Success;
}

void drain(Lock& lock, Stream* stream) {
    State& s = state();
    s.waiters++;
    for (auto* each : s.streams) each->wake.notify_all();
    const Context* context = stream->context;
    s.changed.wait(lock, [&] {
        return !s.streams.count(stream) || (stream->queue.empty() && !stream->busy) || context->sticky != Success;
    });
    s.waiters--;
}

void drainAll(Lock& lock, Context* context) {
    State& s = state();
    // The set can change while the gate is unlocked, so iteration starts again after each wait.
    for (bool waited = true; waited;) {
        waited = false;
        for (auto* stream : s.streams) {
            if (stream->context != context || (stream->queue.empty() && !stream->busy)) continue;
            if (context->sticky != Success) return;
            drain(lock, stream);
            waited = true;
            break;
        }
    }
    s.changed.wait(lock, [&] { return context->ending == 0 || context->sticky != Success; });
}

void fail(Context* context, int code) {
    State& s = state();
    int none = Success;
    context->sticky.compare_exchange_strong(none, code);
    for (auto* stream : s.streams) {
        if (stream->context != context) continue;
        // Queued work never runs. Threads that wait for it get the error.
        stream->queue.clear();
        stream->wake.notify_all();
    }
    s.changed.notify_all();
}

bool isDevice(Address address, size_t bytes) {
    State& s = state();
    auto after = s.blocks.upper_bound(address);
    if (after == s.blocks.begin()) return false;
    const auto& [start, block] = *std::prev(after);
    return address - start <= block.bytes && bytes <= block.bytes - (address - start);
}

Result refuseWhileCapturing() {
    for (auto* stream : state().streams) {
        if (stream->origin != stream || stream->mode == 2) continue;
        if (stream->mode == 1 && stream->capturer != std::this_thread::get_id()) continue;
        stream->spoiled = true;
        return CaptureUnsupported;
    }
    return Success;
}

Result refuseAllocation() {
    for (auto* stream : state().streams) {
        if (stream->origin != stream) continue;
        if (stream->mode != 0 && stream->capturer != std::this_thread::get_id()) continue;
        stream->spoiled = true;
        return CaptureUnsupported;
    }
    return Success;
}
