// A normalisation of our own for pictures of handwriting: dark ink on paper of any brightness becomes light ink on black,
// stretched to the whole range, and then what the model was trained on: (value / 255 - mean) / deviation. One block a picture.

#ifdef __clang__
// clang without the CUDA toolkit (build.sh) knows the attributes and built-in functions, but not CUDA's names for them.
#define __global__ __attribute__((global))
#define __shared__ __attribute__((shared))
#define PICTURE __nvvm_read_ptx_sreg_ctaid_x()
#define THREAD __nvvm_read_ptx_sreg_tid_x()
#define THREADS __nvvm_read_ptx_sreg_ntid_x()
#define atomicMin(address, value) __nvvm_atom_min_gen_i(address, value)
#define atomicMax(address, value) __nvvm_atom_max_gen_i(address, value)
// clang 14 takes for granted that built-in functions leave shared memory alone, and may move a read of it to before a barrier.
#define BARRIER() do { __asm__ volatile("" ::: "memory"); __syncthreads(); __asm__ volatile("" ::: "memory"); } while (0)
#else
#define PICTURE blockIdx.x
#define THREAD threadIdx.x
#define THREADS blockDim.x
#define BARRIER() __syncthreads()
#endif

// pixels: one byte each, picture after picture. input: three equal planes for each picture, as the model takes them.
extern "C" __global__ void stretchInk(
    const unsigned char* pixels, float* input, int pixelsPerPicture, float mean, float deviation)
{
    __shared__ int darkest, lightest;
    const unsigned char* picture = pixels + (long long)PICTURE * pixelsPerPicture;
    float* planes = input + 3LL * PICTURE * pixelsPerPicture;
    if (THREAD == 0) {
        darkest = 255;
        lightest = 0;
    }
    BARRIER();
    for (int i = THREAD; i < pixelsPerPicture; i += THREADS) {
        atomicMin(&darkest, (int)picture[i]);
        atomicMax(&lightest, (int)picture[i]);
    }
    BARRIER();
    float range = lightest > darkest ? (float)(lightest - darkest) : 1.0f;
    for (int i = THREAD; i < pixelsPerPicture; i += THREADS) {
        float ink = (float)(lightest - picture[i]) / range;
        float value = (ink - mean) / deviation;
        for (int channel = 0; channel < 3; channel++) planes[channel * pixelsPerPicture + i] = value;
    }
}
