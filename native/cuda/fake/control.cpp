// Functions for tests; README.md describes them.
#include "state.h"

#include <cstring>

FAKE_EXPORT void fake_hold(int hold) {
    State& s = state();
    Lock lock(s.gate);
    s.hold = hold != 0;
    for (auto* stream : s.streams) stream->wake.notify_all();
}

FAKE_EXPORT void fake_set_delay_us(int delay) {
    Lock lock(state().gate);
    state().delay = delay;
}

FAKE_EXPORT void fake_set_version(int version) { state().version = version; }

FAKE_EXPORT void fake_set_pools(int pools) { state().pools = pools != 0; }

FAKE_EXPORT void fake_set_devices(int count) {
    State& s = state();
    Lock lock(s.gate);
    s.devices.clear();
    for (int i = 0; i < count; i++) s.devices.push_back(std::make_unique<Device>(Device{i, size_t(1) << 30}));
}

FAKE_EXPORT void fake_set_memory(int device, size_t bytes) {
    Lock lock(state().gate);
    state().devices[size_t(device)]->limit = bytes;
}

FAKE_EXPORT size_t fake_used_memory(int device) {
    Lock lock(state().gate);
    return state().devices[size_t(device)]->used;
}

FAKE_EXPORT void fake_lose_device(int device, int code) {
    State& s = state();
    Lock lock(s.gate);
    for (auto* context : s.contexts)
        if (context->device->ordinal == device) fail(context, code);
}

FAKE_EXPORT void fake_fail(const char* function, int callsBefore, int code) {
    Lock lock(state().gate);
    state().failures[function] = {callsBefore, 1, code};
}

FAKE_EXPORT void fake_fail_often(const char* function, int times, int code) {
    Lock lock(state().gate);
    state().failures[function] = {0, times, code};
}

FAKE_EXPORT void fake_set_replay_us(int microseconds) {
    Lock lock(state().gate);
    state().replayMicroseconds = microseconds;
}

FAKE_EXPORT void fake_set_replay(int what) {
    Lock lock(state().gate);
    state().replay = what;
}

FAKE_EXPORT void fake_set_empty_captures(int count) {
    Lock lock(state().gate);
    state().emptyCaptures = count;
}

FAKE_EXPORT void fake_set_newest_ptx(int version) {
    Lock lock(state().gate);
    state().newestPtx = version;
}

FAKE_EXPORT int fake_calls(const char* function) {
    Lock lock(state().gate);
    auto found = state().calls.find(function);
    return found == state().calls.end() ? 0 : found->second;
}

FAKE_EXPORT Context* fake_create_context(int device) {
    State& s = state();
    Lock lock(s.gate);
    auto* context = new Context{s.devices[size_t(device)].get()};
    s.contexts.insert(context);
    return context;
}

FAKE_EXPORT int fake_live(const char* kind) {
    State& s = state();
    Lock lock(s.gate);
    if (!std::strcmp(kind, "memory")) return int(s.blocks.size());
    if (!std::strcmp(kind, "pinned")) return int(s.pinned.size());
    if (!std::strcmp(kind, "streams")) return int(s.streams.size());
    if (!std::strcmp(kind, "events")) return int(s.events.size());
    if (!std::strcmp(kind, "graphs")) return int(s.graphs.size());
    if (!std::strcmp(kind, "execs")) return int(s.execs.size());
    if (!std::strcmp(kind, "links")) return int(s.links.size());
    if (!std::strcmp(kind, "modules")) return int(s.modules.size());
    if (!std::strcmp(kind, "pools")) return int(s.poolSet.size());
    if (!std::strcmp(kind, "retains")) {
        int sum = 0;
        for (auto& device : s.devices) sum += device->retains;
        return sum;
    }
    return -1;
}
