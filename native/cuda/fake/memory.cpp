// Device memory is host memory of this process, filled with a pattern when it is allocated and when it is freed; of very much
// memory only the ends, so that a test can have more than the machine.
#include "state.h"

#include <cstdlib>
#include <cstring>

namespace {

constexpr int Fresh = 0xCD;
constexpr int Freed = 0xDD;
constexpr size_t Much = size_t(256) << 20, End = size_t(1) << 20;

void fill(void* memory, int pattern, size_t bytes) {
    const size_t first = bytes > Much ? End : bytes;
    std::memset(memory, pattern, first);
    if (first < bytes) std::memset(static_cast<char*>(memory) + bytes - End, pattern, End);
}

struct PoolProperties {
    int allocationType, handleTypes, locationType, locationId;
    char rest[72];
};

struct CopyOfRows {
    size_t sourceX, sourceY;
    int sourceType;
    const void* sourceHost;
    Address sourceDevice;
    void* sourceArray;
    size_t sourcePitch, targetX, targetY;
    int targetType;
    void* targetHost;
    Address targetDevice;
    void* targetArray;
    size_t targetPitch, width, height;
};

static_assert(sizeof(CopyOfRows) == 128, "CUDA_MEMCPY2D has 128 bytes");

size_t rounded(size_t bytes) { return (bytes + 255) / 256 * 256; }

Result take(Device* device, size_t bytes, Pool* pool, Address* address) {
    if (bytes == 0) return InvalidValue;
    if (bytes > device->limit - device->used) return OutOfMemory;
    void* memory = std::aligned_alloc(256, rounded(bytes));
    if (!memory) return OutOfMemory;
    fill(memory, Fresh, bytes);
    device->used += bytes;
    *address = reinterpret_cast<Address>(memory);
    state().blocks[*address] = Block{bytes, device, pool};
    return Success;
}

void trim(Pool* pool, size_t keep) {
    while (pool->reserved > keep && !pool->kept.empty()) {
        auto last = std::prev(pool->kept.end());
        pool->device->used -= last->first;
        pool->reserved -= last->first;
        std::free(reinterpret_cast<void*>(last->second));
        pool->kept.erase(last);
    }
}

// Work on memory. The addresses are checked when the work runs, as on a device.
Result move(Stream* stream, const char* name, Address device, Address second, size_t bytes, std::function<void()> work) {
    ENTER(name);
    Lock lock(state().gate);
    return submit(stream, context, [=] {
        Lock inner(state().gate);
        if (!isDevice(device, bytes) || (second && !isDevice(second, bytes))) fail(context, IllegalAddress);
        else work();
    });
}

}  // namespace

bool release(Address address) {
    State& s = state();
    auto found = s.blocks.find(address);
    if (found == s.blocks.end()) return false;
    Block block = found->second;
    s.blocks.erase(found);
    fill(reinterpret_cast<void*>(address), Freed, block.bytes);
    if (block.pool && s.poolSet.count(block.pool)) {
        block.pool->used -= block.bytes;
        block.pool->kept.emplace(block.bytes, address);
        if (block.pool->reserved > block.pool->threshold) trim(block.pool, size_t(block.pool->threshold));
        return true;
    }
    block.device->used -= block.bytes;
    std::free(reinterpret_cast<void*>(address));
    return true;
}

FAKE_EXPORT Result cuMemGetInfo_v2(size_t* free, size_t* total) {
    ENTER("cuMemGetInfo");
    Lock lock(state().gate);
    *total = context->device->limit;
    *free = context->device->limit - context->device->used;
    return Success;
}

FAKE_EXPORT Result cuMemAlloc_v2(Address* address, size_t bytes) {
    ENTER("cuMemAlloc");
    Lock lock(state().gate);
    if (Result refused = refuseAllocation(); refused != Success) return refused;
    return take(context->device, bytes, nullptr, address);
}

FAKE_EXPORT Result cuMemFree_v2(Address address) {
    ENTER("cuMemFree");
    Lock lock(state().gate);
    if (Result refused = refuseWhileCapturing(); refused != Success) return refused;
    drainAll(lock, context);
    return release(address) ? Success : InvalidValue;
}

FAKE_EXPORT Result cuMemHostAlloc(void** address, size_t bytes, unsigned) {
    ENTER("cuMemHostAlloc");
    Lock lock(state().gate);
    if (Result refused = refuseAllocation(); refused != Success) return refused;
    *address = bytes ? std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096) : nullptr;
    if (!*address) return bytes ? OutOfMemory : InvalidValue;
    fill(*address, Fresh, bytes);
    state().pinned[*address] = bytes;
    return Success;
}

FAKE_EXPORT Result cuMemFreeHost(void* address) {
    ENTER("cuMemFreeHost");
    Lock lock(state().gate);
    drainAll(lock, context);
    if (!state().pinned.erase(address)) return InvalidValue;
    std::free(address);
    return Success;
}

FAKE_EXPORT Result cuPointerGetAttribute(void* value, int attribute, Address address) {
    if (Result entered = enter("cuPointerGetAttribute"); entered != Success) return entered;
    Lock lock(state().gate);
    if (attribute == 2) {
        auto next = state().pinned.upper_bound(reinterpret_cast<void*>(address));
        if (next != state().pinned.begin()) {
            auto [start, bytes] = *std::prev(next);
            if (address < reinterpret_cast<Address>(start) + bytes) {
                *static_cast<int*>(value) = 1;
                return Success;
            }
        }
    }
    if (!isDevice(address, 0)) return InvalidValue;
    const Block& block = std::prev(state().blocks.upper_bound(address))->second;
    switch (attribute) {
        case 1: *static_cast<Context**>(value) = block.device->primary; return Success;
        case 2: *static_cast<int*>(value) = 2; return Success;
        case 9: *static_cast<int*>(value) = block.device->ordinal; return Success;
        case 11: *static_cast<Address*>(value) = std::prev(state().blocks.upper_bound(address))->first; return Success;
        case 12: *static_cast<size_t*>(value) = block.bytes; return Success;
        default: return NotSupported;
    }
}

FAKE_EXPORT Result cuMemcpyHtoDAsync_v2(Address to, const void* from, size_t bytes, Stream* stream) {
    return move(stream, "cuMemcpyHtoDAsync", to, 0, bytes, [=] { std::memcpy(reinterpret_cast<void*>(to), from, bytes); });
}

FAKE_EXPORT Result cuMemcpy2DAsync_v2(const CopyOfRows* copy, Stream* stream) {
    const CopyOfRows rows = *copy;
    // Only what TrtBindings uses: from host to device, without offsets and arrays.
    if (rows.sourceX || rows.sourceY || rows.sourceArray || rows.targetX || rows.targetY || rows.targetArray) return InvalidValue;
    if (rows.sourceType != 1 || rows.targetType != 2) return InvalidValue;
    if (rows.width > rows.sourcePitch || rows.width > rows.targetPitch) return InvalidValue;
    const size_t bytes = rows.height ? rows.targetPitch * (rows.height - 1) + rows.width : 0;
    return move(stream, "cuMemcpy2DAsync", rows.targetDevice, 0, bytes, [=] {
        for (size_t row = 0; row < rows.height; row++)
            std::memcpy(reinterpret_cast<char*>(rows.targetDevice) + row * rows.targetPitch,
                static_cast<const char*>(rows.sourceHost) + row * rows.sourcePitch, rows.width);
    });
}

FAKE_EXPORT Result cuMemcpyDtoHAsync_v2(void* to, Address from, size_t bytes, Stream* stream) {
    return move(stream, "cuMemcpyDtoHAsync", from, 0, bytes, [=] { std::memcpy(to, reinterpret_cast<void*>(from), bytes); });
}

FAKE_EXPORT Result cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, Stream* stream) {
    return move(stream, "cuMemcpyDtoDAsync", to, from, bytes,
        [=] { std::memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), bytes); });
}

FAKE_EXPORT Result cuMemsetD8Async(Address to, unsigned char value, size_t bytes, Stream* stream) {
    return move(stream, "cuMemsetD8Async", to, 0, bytes, [=] { std::memset(reinterpret_cast<void*>(to), value, bytes); });
}

FAKE_EXPORT Result cuMemPoolCreate(Pool** made, const PoolProperties* properties) {
    if (Result entered = enter("cuMemPoolCreate"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().pools) return NotSupported;
    if (properties->allocationType != 1 || properties->locationType != 1) return InvalidValue;
    for (char each : properties->rest) if (each) return InvalidValue;
    if (size_t(properties->locationId) >= state().devices.size()) return InvalidDevice;
    *made = new Pool{state().devices[size_t(properties->locationId)].get()};
    state().poolSet.insert(*made);
    return Success;
}

FAKE_EXPORT Result cuMemPoolDestroy(Pool* pool) {
    if (Result entered = enter("cuMemPoolDestroy"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().poolSet.erase(pool)) return InvalidValue;
    trim(pool, 0);
    delete pool;
    return Success;
}

FAKE_EXPORT Result cuMemPoolSetAttribute(Pool* pool, int attribute, void* value) {
    if (Result entered = enter("cuMemPoolSetAttribute"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().poolSet.count(pool) || attribute != 4) return InvalidValue;
    pool->threshold = *static_cast<uint64_t*>(value);
    return Success;
}

FAKE_EXPORT Result cuMemPoolGetAttribute(Pool* pool, int attribute, void* value) {
    if (Result entered = enter("cuMemPoolGetAttribute"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().poolSet.count(pool)) return InvalidValue;
    auto* number = static_cast<uint64_t*>(value);
    switch (attribute) {
        case 4: *number = pool->threshold; return Success;
        case 5: *number = pool->reserved; return Success;
        case 7: *number = pool->used; return Success;
        default: return NotSupported;
    }
}

FAKE_EXPORT Result cuMemPoolTrimTo(Pool* pool, size_t keep) {
    if (Result entered = enter("cuMemPoolTrimTo"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().poolSet.count(pool)) return InvalidValue;
    trim(pool, keep);
    return Success;
}

FAKE_EXPORT Result cuMemAllocFromPoolAsync(Address* address, size_t bytes, Pool* pool, Stream* stream) {
    ENTER("cuMemAllocFromPoolAsync");
    Lock lock(state().gate);
    if (!state().poolSet.count(pool) || bytes == 0) return InvalidValue;
    if (Result found = find(stream, context); found != Success) return found;
    if (stream->origin) return CaptureUnsupported;
    if (Result refused = refuseAllocation(); refused != Success) return refused;
    // Blocks are not split. A kept block is reused if it is at most twice as large.
    auto fits = pool->kept.lower_bound(bytes);
    if (fits != pool->kept.end() && fits->first <= 2 * bytes) {
        *address = fits->second;
        state().blocks[*address] = Block{fits->first, pool->device, pool};
        pool->used += fits->first;
        pool->kept.erase(fits);
        return Success;
    }
    if (Result taken = take(pool->device, bytes, pool, address); taken != Success) return taken;
    pool->reserved += bytes;
    pool->used += bytes;
    return Success;
}

FAKE_EXPORT Result cuMemFreeAsync(Address address, Stream* stream) {
    ENTER("cuMemFreeAsync");
    Lock lock(state().gate);
    if (!state().blocks.count(address)) return InvalidValue;
    return submit(stream, context, [=] {
        Lock inner(state().gate);
        if (!release(address)) fail(context, IllegalAddress);
    });
}
