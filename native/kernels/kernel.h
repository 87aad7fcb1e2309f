// How kernels are written here, so that one source compiles to PTX (clang, no CUDA toolkit) and to C++ (the stand-in driver).
//
//     struct FillArguments { float* target; int count; float value; };
//     KERNEL(fill, FillArguments) {
//         FOR_THREADS(t) {
//             int i = blockX() * blockThreads() + t;
//             if (i < a.count) a.target[i] = a.value;
//         }
//     }
//
// A kernel has one parameter, a struct named `a`. Its body is a sequence of FOR_THREADS loops, with a barrier after each; nothing
// outside of them may differ between the threads of a block. Values that threads hand to each other lie in SHARED memory. Blocks
// have threads in x only. Floating point follows IEEE 754 in both builds: no fused multiply-add, and no function of libm.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long i64;

#ifdef __CUDA__

#define KERNEL(name, Arguments) extern "C" __attribute__((global)) void name(const Arguments a)
// A kernel of blocks of so many threads. So many blocks at least find room on a multiprocessor, which limits the registers.
#define KERNEL_BOUNDED(name, Arguments, threads, blocks) \
    extern "C" __attribute__((global, launch_bounds(threads, blocks))) void name(const Arguments a)
// Always inlined: a call would pass structs through local memory.
#define DEVICE __attribute__((device, always_inline)) static inline
#define CONSTANT static __attribute__((constant)) const
#define DEVICE_MEMBER __attribute__((device, always_inline)) inline
#define SHARED(type, name, count) static __attribute__((shared)) type name[count]
// Before a loop over an array that is to stay in registers.
#define UNROLL _Pragma("unroll")
// Before a long loop whose steps do not wait for each other.
#define UNROLL_4 _Pragma("unroll 4")
#define UNROLL_16 _Pragma("unroll 16")
#define FOR_THREADS(t) \
    for (int t = __nvvm_read_ptx_sreg_tid_x(), once_##t = 1; once_##t; once_##t = 0, barrier())

// A barrier for the compiler too: clang 14 takes for granted that no intrinsic, this one included, changes SHARED memory, and
// moved a read of it to before the barrier. Writes must not move behind it either.
DEVICE void barrier() {
    __asm__ volatile("" ::: "memory");
    __syncthreads();
    __asm__ volatile("" ::: "memory");
}

DEVICE int blockX() { return __nvvm_read_ptx_sreg_ctaid_x(); }
DEVICE int blockY() { return __nvvm_read_ptx_sreg_ctaid_y(); }
DEVICE int blockZ() { return __nvvm_read_ptx_sreg_ctaid_z(); }
DEVICE int blocksX() { return __nvvm_read_ptx_sreg_nctaid_x(); }
DEVICE int blockThreads() { return __nvvm_read_ptx_sreg_ntid_x(); }
// The value before the addition.
DEVICE int atomicAdd(int* address, int value) { return __nvvm_atom_add_gen_i(address, value); }
DEVICE i64 atomicAdd(i64* address, i64 value) { return __nvvm_atom_add_gen_ll(address, value); }
DEVICE int atomicMax(int* address, int value) { return __nvvm_atom_max_gen_i(address, value); }
DEVICE u32 atomicOr(u32* address, u32 value) { return __atomic_fetch_or(address, value, __ATOMIC_RELAXED); }

#else

#define KERNEL(name, Arguments) \
    static void run_##name(const Arguments& a); \
    static const Registration register_##name(#name, sizeof(Arguments), \
        [](void** parameters) { run_##name(*static_cast<const Arguments*>(parameters[0])); }); \
    static void run_##name(const Arguments& a)
#define KERNEL_BOUNDED(name, Arguments, threads, blocks) KERNEL(name, Arguments)
#define DEVICE static inline
#define CONSTANT static const
#define DEVICE_MEMBER inline
#define SHARED(type, name, count) static thread_local type name[count]
#define UNROLL
#define UNROLL_4
#define UNROLL_16
#define FOR_THREADS(t) for (int t = 0; t < blockThreads(); t++)

struct Place {
    int x, y, z, blocks, threads;
};
static thread_local Place place;

DEVICE int blockX() { return place.x; }
DEVICE int blockY() { return place.y; }
DEVICE int blockZ() { return place.z; }
DEVICE int blocksX() { return place.blocks; }
DEVICE int blockThreads() { return place.threads; }
DEVICE int atomicAdd(int* address, int value) { int before = *address; *address += value; return before; }
DEVICE i64 atomicAdd(i64* address, i64 value) { i64 before = *address; *address += value; return before; }
DEVICE int atomicMax(int* address, int value) { int before = *address; if (value > before) *address = value; return before; }
DEVICE u32 atomicOr(u32* address, u32 value) { u32 before = *address; *address |= value; return before; }

// Tells the stand-in driver what a kernel does; see standin.cpp.
struct Registration {
    Registration(const char* name, unsigned long bytes, void (*block)(void** parameters));
};

#endif

// C#'s arithmetic, where C++ leaves it open or has another rule.

DEVICE u32 bitsOf(float value) { u32 bits; __builtin_memcpy(&bits, &value, 4); return bits; }
DEVICE float floatOf(u32 bits) { float value; __builtin_memcpy(&value, &bits, 4); return value; }
DEVICE u64 bitsOf(double value) { u64 bits; __builtin_memcpy(&bits, &value, 8); return bits; }
DEVICE double doubleOf(u64 bits) { double value; __builtin_memcpy(&value, &bits, 8); return value; }
DEVICE int bitCount(u32 value) { return __builtin_popcount(value); }
// The place of the lowest bit of a number that has one.
DEVICE int firstBit(u64 value) { return __builtin_ctzll(value); }
DEVICE int minOf(int a, int b) { return a < b ? a : b; }
DEVICE int maxOf(int a, int b) { return a > b ? a : b; }
DEVICE int clampTo(int value, int low, int high) { return value < low ? low : value > high ? high : value; }
DEVICE bool isNaN(float value) { return value != value; }
// Math.Min and Math.Max: NaN if either is, and -0 is below 0.
DEVICE float minOf(float a, float b) {
    return isNaN(a) ? a : isNaN(b) ? b : a < b ? a : a == b ? floatOf(bitsOf(a) | bitsOf(b)) : b;
}
DEVICE float maxOf(float a, float b) {
    return isNaN(a) ? a : isNaN(b) ? b : a > b ? a : a == b ? floatOf(bitsOf(a) & bitsOf(b)) : b;
}
// Math.Clamp: NaN stays.
DEVICE float clampTo(float value, float low, float high) { return value < low ? low : value > high ? high : value; }
// A cast to int: towards 0, saturating, 0 for NaN.
DEVICE int toInt(float value) {
    return isNaN(value) ? 0 : value >= 2147483648.0f ? 2147483647 : value <= -2147483648.0f ? -2147483647 - 1 : (int)value;
}
DEVICE int toInt(double value) {
    return value != value ? 0 : value >= 2147483647.0 ? 2147483647 : value <= -2147483648.0 ? -2147483647 - 1 : (int)value;
}
// A word that no thread writes while the kernel runs.
DEVICE u32 readOnly(const u32* word) {
#ifdef __CUDA__
    return __nvvm_ldg_ui(word);
#else
    return *word;
#endif
}
// Four bytes of the eight of two words, lowest first; each digit of `which` names one, 0 to 7.
DEVICE u32 pickBytes(u32 low, u32 high, u32 which) {
#ifdef __CUDA__
    return __nvvm_prmt(low, high, which);
#else
    u64 both = (u64)high << 32 | low;
    u32 result = 0;
    for (int i = 0; i < 4; i++) result |= (u32)(both >> 8 * (which >> 4 * i & 7) & 255) << 8 * i;
    return result;
#endif
}
// The two lower or upper bytes of a word, each times its half of `weights`: their sum.
DEVICE u32 lowerDot(u32 weights, u32 bytes) {
#ifdef __CUDA__
    u32 sum;
    __asm__("dp2a.lo.u32.u32 %0, %1, %2, 0;" : "=r"(sum) : "r"(weights), "r"(bytes));
    return sum;
#else
    return (weights & 0xFFFF) * (bytes & 255) + (weights >> 16) * (bytes >> 8 & 255);
#endif
}
DEVICE u32 upperDot(u32 weights, u32 bytes) {
#ifdef __CUDA__
    u32 sum;
    __asm__("dp2a.hi.u32.u32 %0, %1, %2, 0;" : "=r"(sum) : "r"(weights), "r"(bytes));
    return sum;
#else
    return lowerDot(weights, bytes >> 16);
#endif
}
// Rounding: floor, ceiling, and to the nearest integer with ties to even.
DEVICE float floorOf(float value) { return __builtin_floorf(value); }
DEVICE float ceilingOf(float value) { return __builtin_ceilf(value); }
DEVICE float roundOf(float value) { return __builtin_rintf(value); }
DEVICE double floorOf(double value) { return __builtin_floor(value); }
DEVICE double ceilingOf(double value) { return __builtin_ceil(value); }
DEVICE double roundOf(double value) { return __builtin_rint(value); }
// Half precision, by its bits: to the nearest with ties to even, as C#'s (Half) cast.
DEVICE u16 halfOf(float value) {
    u32 bits = bitsOf(value), sign = (bits >> 16) & 0x8000, rest = bits & 0x7FFFFFFF;
    if (rest > 0x7F800000) return (u16)(sign | 0x7E00 | ((rest >> 13) & 0x3FF));
#ifdef __CUDA__
    // One instruction, the same but for what is in a NaN.
    return __nvvm_f2h_rn(value);
#endif
    if (rest >= 0x47800000) return (u16)(sign | 0x7C00);
    if (rest < 0x38800000) {
        // A subnormal: the last place is 2^-24.
        if (rest < 0x33000000) return (u16)sign;
        u32 shift = 126 - (rest >> 23), mantissa = (rest & 0x7FFFFF) | 0x800000;
        u32 value16 = mantissa >> shift, left = mantissa & ((1u << shift) - 1), half = 1u << (shift - 1);
        return (u16)(sign | (value16 + (left > half || (left == half && (value16 & 1)))));
    }
    u32 value16 = (rest - 0x38000000) >> 13, left = rest & 0x1FFF;
    return (u16)(sign | (value16 + (left > 0x1000 || (left == 0x1000 && (value16 & 1)))));
}
DEVICE float floatOfHalf(u16 half) {
#ifdef __CUDA__
    // One instruction, the same but for what is in a NaN. Not assembly, which would keep loops from being unrolled.
    __fp16 number;
    __builtin_memcpy(&number, &half, 2);
    return (float)number;
#endif
    u32 sign = (u32)(half & 0x8000) << 16, exponent = (half >> 10) & 31, mantissa = half & 0x3FF;
    if (exponent == 31) return floatOf(sign | 0x7F800000 | (mantissa << 13));
    if (exponent != 0) return floatOf(sign | ((exponent + 112) << 23) | (mantissa << 13));
    float value = (float)mantissa * 5.9604644775390625e-08f;
    return sign ? -value : value;
}
DEVICE float floatFrom(u16 half) { return floatOfHalf(half); }
DEVICE float floatFrom(float value) { return value; }
// A value of a tensor of 32-bit or 16-bit floats.
DEVICE float valueAt(const void* tensor, i64 index, int isHalf) {
    return isHalf ? floatOfHalf(((const u16*)tensor)[index]) : ((const float*)tensor)[index];
}
DEVICE void setValue(void* tensor, i64 index, int isHalf, float value) {
    if (isHalf) ((u16*)tensor)[index] = halfOf(value);
    else ((float*)tensor)[index] = value;
}
