// Reads one pixel of a picture of any format as 8-bit red, green and blue. C#: YuvConversion of the kernels' tests.
#pragma once

#include "frame.h"

// A pixel: red in the lowest byte, then green, then blue.
DEVICE u32 packed(int red, int green, int blue) { return (u32)(red | (green << 8) | (blue << 16)); }
DEVICE int redOf(u32 pixel) { return pixel & 255; }
DEVICE int greenOf(u32 pixel) { return (pixel >> 8) & 255; }
DEVICE int blueOf(u32 pixel) { return (pixel >> 16) & 255; }

// Pillow's mode L.
DEVICE u32 brightnessOf(u32 pixel) {
    int value = (19595 * redOf(pixel) + 38470 * greenOf(pixel) + 7471 * blueOf(pixel) + 0x8000) >> 16;
    return packed(value, value, value);
}

// Factors in 1/65536 for Y, for V in red, for U in green, for V in green and for U in blue; by matrix, then by range.
struct YuvFactors {
    int y, redV, greenU, greenV, blueU;
};
CONSTANT YuvFactors yuvFactors[4] = {
    {76309, 104597, 25675, 53279, 132201},  // BT.601, limited
    {65536, 91881, 22553, 46802, 116130},   // BT.601, full
    {76309, 117489, 13975, 34925, 138438},  // BT.709, limited
    {65536, 103206, 12276, 30679, 121609},  // BT.709, full
};

DEVICE u32 pixelOfYuv(const YuvFactors& by, int isFullRange, int y, int u, int v) {
    int light = by.y * (isFullRange ? y : y - 16) + 32768;
    u -= 128;
    v -= 128;
    return packed(
        clampTo((light + by.redV * v) >> 16, 0, 255), clampTo((light - by.greenU * u - by.greenV * v) >> 16, 0, 255),
        clampTo((light + by.blueU * u) >> 16, 0, 255));
}

// The nearest chroma sample: each two by two pixels share one.
DEVICE u32 yuvPixelAt(const Frame& f, int x, int y) {
    int light = f.planes[0][(i64)y * f.pitches[0] + x];
    int u, v;
    const u8* chroma = f.planes[1] + (i64)(y >> 1) * f.pitches[1];
    if (f.format == Nv12) {
        u = chroma[x & ~1];
        v = chroma[x | 1];
    } else {
        u = chroma[x >> 1];
        v = f.planes[2][(i64)(y >> 1) * f.pitches[2] + (x >> 1)];
    }
    return pixelOfYuv(yuvFactors[f.matrix * 2 + f.isFullRange], f.isFullRange, light, u, v);
}

DEVICE int bytesPerPixel(int format) { return format == Gray ? 1 : format <= Bgr ? 3 : 4; }

DEVICE bool isYuv(const Frame& f) { return f.format >= Nv12; }

DEVICE u32 packedPixelAt(const Frame& f, int x, int y) {
    const u8* pixel = f.planes[0] + (i64)y * f.pitches[0] + x * bytesPerPixel(f.format);
    int last = f.format == Gray ? 0 : 2;
    int red = f.format == Bgr || f.format == Bgra ? last : 0;
    return packed(pixel[red], pixel[last >> 1], pixel[last - red]);
}

// The pixel, or its brightness for a model of one channel. Loops over pixels ask for the kind of format once, not for each
// pixel: without a branch between them, the loads of several pixels are under way at the same time.
template <bool IsYuv>
DEVICE u32 pixelAt(const Frame& f, int x, int y, int channels) {
    u32 pixel = IsYuv ? yuvPixelAt(f, x, y) : packedPixelAt(f, x, y);
    return channels == 1 ? brightnessOf(pixel) : pixel;
}

DEVICE u32 pixelAt(const Frame& f, int x, int y, int channels) {
    return isYuv(f) ? pixelAt<true>(f, x, y, channels) : pixelAt<false>(f, x, y, channels);
}
