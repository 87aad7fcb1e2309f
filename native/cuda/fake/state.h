// What the stand-in driver knows. Own work; names and numbers of the driver's interface are facts of its documentation.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#define FAKE_EXPORT extern "C" __attribute__((visibility("default")))

using Address = unsigned long long;

enum Result : int {
    Success = 0, InvalidValue = 1, OutOfMemory = 2, NotInitialized = 3, NoDevice = 100, InvalidDevice = 101, InvalidContext = 201,
    InvalidPtx = 218, InvalidHandle = 400, NotFound = 500, NotReady = 600, IllegalAddress = 700, LaunchFailed = 719,
    NotPermitted = 800, NotSupported = 801, CaptureUnsupported = 900, CaptureInvalidated = 901, CaptureUnmatched = 903, CaptureWrongThread = 908,
};

struct Context;

struct Device {
    int ordinal;
    size_t limit;
    size_t used = 0;
    int retains = 0;
    Context* primary = nullptr;
};

struct Context {
    Device* device;
    std::atomic<int> sticky{Success};
    // Streams that were destroyed and still have work.
    int ending = 0;
};

using Op = std::function<void()>;

struct Graph {
    std::vector<Op> ops;
};

struct Exec {
    Context* context;
    std::shared_ptr<std::vector<Op>> ops;
};

struct Stream {
    Context* context;
    std::deque<Op> queue;
    bool busy = false;
    bool ending = false;
    std::condition_variable wake;
    // A capture: the stream that began it, its graph, and how it is meant to go.
    Stream* origin = nullptr;
    Graph* graph = nullptr;
    int mode = 0;
    bool spoiled = false;
    std::thread::id capturer;
};

struct Event {
    Context* context;
    uint64_t recorded = 0;
    // Records that are queued and not done, by number.
    std::set<uint64_t> pending{};
    double milliseconds = 0;
    Stream* captured = nullptr;

    bool isReached() const { return !pending.count(recorded); }
};

struct Pool {
    Device* device;
    uint64_t threshold = 0;
    size_t reserved = 0;
    size_t used = 0;
    std::multimap<size_t, Address> kept{};
};

struct Block {
    size_t bytes;
    Device* device;
    Pool* pool;
};

struct State {
    std::mutex gate;
    std::condition_variable changed;
    bool initialized = false;
    int version;
    bool pools;
    bool hold = false;
    int waiters = 0;
    int delay = 50;
    std::vector<std::unique_ptr<Device>> devices;
    std::set<Context*> contexts;
    std::set<Stream*> streams;
    std::set<Event*> events;
    std::set<Graph*> graphs;
    std::set<Exec*> execs;
    std::set<Pool*> poolSet;
    std::set<void*> modules;
    std::map<Address, Block> blocks;
    std::map<void*, size_t> pinned;
    std::map<std::string, int> calls;
    // Of a function: how many calls from now fail with which code. 0 calls to let pass fails the next.
    std::map<std::string, std::pair<int, int>> failures;
};

// Never freed: workers outlive main's statics.
State& state();

// The contexts of this thread; the last is current.
std::vector<Context*>& current();

// Whether this thread is in a host callback, from which the driver must not be called.
bool& inCallback();

using Lock = std::unique_lock<std::mutex>;

// What every function begins with: counts the call and gives the code that a test planted for it.
Result enter(const char* function, bool needsInit = true);

// The same, and the current context, which must be there, be alive and not have failed.
Result enter(const char* function, Context*& context);

// Queues on a stream, or records where the stream is being captured. The gate is held.
Result submit(Stream* stream, Context* context, Op op);

// Finds a stream that may be used while `context` is current. The gate is held.
Result find(Stream* stream, Context* context);

// Waits for a stream with the gate held; a held stream runs while somebody waits for it.
void drain(Lock& lock, Stream* stream);

// Waits for all streams of a context, as the driver does before memory goes.
void drainAll(Lock& lock, Context* context);

// Whether a range lies in memory that is allocated; the gate is held.
bool isDevice(Address address, size_t bytes);

// A capture on this thread that forbids what is not recorded; it is spoiled by trying.
Result refuseWhileCapturing();

// The context fails for good, as after a kernel that wrote where it must not.
void fail(Context* context, int code);

// Takes a block off the books; returns false if there is none.
bool release(Address address);


#define ENTER(name) Context* context = nullptr; if (Result entered = enter(name, context); entered != Success) return entered
