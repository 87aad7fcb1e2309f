// State of the stand-in driver. Names and numbers of the interface come from the documentation of the CUDA driver API.
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
    InvalidImage = 200, NoBinary = 209, InvalidPtx = 218, UnsupportedPtx = 222,
    InvalidHandle = 400, NotFound = 500, NotReady = 600, IllegalAddress = 700, LaunchFailed = 719,
    NotPermitted = 800, NotSupported = 801, CaptureUnsupported = 900, CaptureInvalidated = 901, CaptureUnmatched = 903,
    CaptureIsolation = 905, CaptureWrongThread = 908,
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
    // Destroyed streams that still have queued work.
    int ending = 0;
};

using Op = std::function<void()>;

struct Event;

// Work of a graph. Each launch records the event of a node that has one, as of the launch, when the node runs.
struct Node {
    Op op;
    Event* records = nullptr;
};

struct Graph {
    std::vector<Node> nodes;
};

struct Exec {
    Context* context;
    std::shared_ptr<std::vector<Node>> nodes;
};

struct Stream {
    Context* context;
    unsigned flags = 0;
    std::deque<Op> queue;
    bool busy = false;
    // Time of the work so far, in microseconds: counted, not measured.
    double clock = 0;
    bool ending = false;
    std::condition_variable wake;
    // A capture: the stream that began it, its graph and its mode.
    Stream* origin = nullptr;
    Graph* graph = nullptr;
    int mode = 0;
    bool spoiled = false;
    std::thread::id capturer;
};

struct Event {
    Context* context;
    uint64_t recorded = 0;
    // Records that are queued but not complete, by number.
    std::set<uint64_t> pending{};
    double milliseconds = 0;
    Stream* captured = nullptr;

    bool isReached() const { return !pending.count(recorded); }

    // Begins a record and gives its number. A wait is for one record: the event can be recorded again, on another stream.
    uint64_t begin() {
        pending.insert(++recorded);
        return recorded;
    }
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

// What a launch of a graph runs: all of it; nothing; all but its last work.
enum Replay { ReplayAll = 0, ReplayNothing = 1, ReplayNotTheLast = 2 };

// A planned failure of a function: calls that still succeed, calls that fail after them, and their code.
struct Failure {
    int before, times, code;
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
    // Captures: the time of a launch of a graph (-1: that of any other work), what a launch runs, and captures that end empty.
    int replayMicroseconds = -1;
    int replay = ReplayAll;
    int emptyCaptures = 0;
    // The newest PTX that the compiler takes, 63 for 6.3; 0 for any.
    int newestPtx = 0;
    std::vector<std::unique_ptr<Device>> devices;
    std::set<Context*> contexts;
    std::set<Stream*> streams;
    std::set<Event*> events;
    std::set<Graph*> graphs;
    std::set<Exec*> execs;
    std::set<Pool*> poolSet;
    std::set<void*> modules;
    std::set<void*> links;
    std::map<Address, Block> blocks;
    std::map<void*, size_t> pinned;
    std::map<std::string, int> calls;
    std::map<std::string, Failure> failures;
};

// Never freed, because the worker threads outlive static objects.
State& state();

// The context stack of this thread. The last one is current.
std::vector<Context*>& current();

// True while this thread runs a host callback, which must not call the driver.
bool& inCallback();

// The time of one piece of work on a stream, in microseconds.
double timeOfWork();

// Ends a record on the thread that runs it, and sets the event's time. The gate is locked.
void reach(Event* event, uint64_t number);

// The stream whose work this thread runs.
Stream*& running();

using Lock = std::unique_lock<std::mutex>;

// Every function calls this first: it counts the call and returns the code that a test planned for it.
Result enter(const char* function, bool needsInit = true);

// The same, and returns the current context, which must exist and must not have failed.
Result enter(const char* function, Context*& context);

// Queues work on a stream, or adds it to the graph if the stream is being captured. The gate is locked.
Result submit(Stream* stream, Context* context, Op op);

// Finds a stream that can be used while `context` is current. The gate is locked.
Result find(Stream* stream, Context* context);

// Waits for a stream with the gate locked. A held stream runs while a thread waits for it.
void drain(Lock& lock, Stream* stream);

// Waits for all streams of a context, as the driver does before it frees memory.
void drainAll(Lock& lock, Context* context);

// True if a range is inside allocated memory. The gate is locked.
bool isDevice(Address address, size_t bytes);

// A capture on this thread that forbids the call, which invalidates the capture.
Result refuseWhileCapturing();

// The same for allocations: those of a thread that captures are refused in every mode, as from CUDA 13 on.
Result refuseAllocation();

// Makes the context unusable, as after a kernel that wrote to an invalid address.
void fail(Context* context, int code);

// Removes a block from the list of allocated blocks. Returns false if it is not listed.
bool release(Address address);


#define ENTER(name) Context* context = nullptr; if (Result entered = enter(name, context); entered != Success) return entered
