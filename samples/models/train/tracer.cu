// Entry points over tracer.h. nvcc builds the GPU form, a C++ compiler the same functions as loops (scenes.py builds both).
#include "tracer.h"
#include <cstdlib>
#ifdef __CUDACC__
#include <cstdio>
__global__ void renderKernel(const Scene* scenes, Textures tx, int w, int h, int spp, uint8_t* rgb, uint8_t* id) {
    int i = blockIdx.x * blockDim.x + threadIdx.x, n = blockIdx.y;
    if (i >= w * h) return;
    size_t at = (size_t)n * w * h + i;
    pixel(scenes[n], tx, w, h, spp, i % w, i / w, rgb + at * 3, id + at);
}
// scenes, textures: host memory; rgb, id: device memory.
extern "C" int render(const Scene* scenes, int n, const uint8_t* photos, int nPhotos, const uint8_t* coins, int nCoins, int w, int h, int spp, uint8_t* rgb, uint8_t* id) {
    Scene* s; uint8_t *p, *c; size_t np = (size_t)nPhotos * 786432, nc = (size_t)nCoins * 12288;
    cudaMalloc(&s, sizeof(Scene) * n); cudaMalloc(&p, np + 1); cudaMalloc(&c, nc + 1);
    cudaMemcpy(s, scenes, sizeof(Scene) * n, cudaMemcpyHostToDevice); cudaMemcpy(p, photos, np, cudaMemcpyHostToDevice); cudaMemcpy(c, coins, nc, cudaMemcpyHostToDevice);
    renderKernel<<<dim3((w * h + 127) / 128, n), 128>>>(s, Textures{p, c}, w, h, spp, rgb, id);
    cudaError_t e = cudaDeviceSynchronize(); cudaFree(s); cudaFree(p); cudaFree(c);
    if (e != cudaSuccess) fprintf(stderr, "render: %s\n", cudaGetErrorString(e));
    return (int)e;
}
#else
extern "C" int render(const Scene* scenes, int n, const uint8_t* photos, int, const uint8_t* coins, int, int w, int h, int spp, uint8_t* rgb, uint8_t* id) {
    for (int k = 0; k < n; k++) {
#pragma omp parallel for schedule(dynamic, 4)
        for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) { size_t at = (size_t)k * w * h + (size_t)y * w + x; pixel(scenes[k], Textures{photos, coins}, w, h, spp, x, y, rgb + at * 3, id + at); }
    }
    return 0;
}
#endif
extern "C" int sceneBytes() { return (int)sizeof(Scene); }
