// One picture of a run: where its pixels are, and where it lies in the model's input. C#: TrtBindings.Vision.Gpu.GpuFrame.
#pragma once

#include "kernel.h"

// Order as TrtBindings.PixelFormat, then the YUV formats.
enum Format { Rgb = 0, Bgr = 1, Rgba = 2, Bgra = 3, Gray = 4, Nv12 = 5, I420 = 6 };

struct Frame {
    // Planes: one for packed pixels; Y and UV for NV12; Y, U and V for I420. 0 where the picture has no such plane.
    const u8* planes[3];
    // Bytes from one row of a plane to the next.
    int pitches[3];
    int format;
    // YUV: 0 BT.601, 1 BT.709; whether Y is 0 to 255 and not 16 to 235.
    int matrix, isFullRange;
    // Size of the picture; 0 x 0 for a place in a fixed batch that no picture fills.
    int width, height;
    // Size of the model's input, and of the scaled picture and its place in it.
    int inputWidth, inputHeight, scaledWidth, scaledHeight, left, top;
    // Input pixels for one pixel of the picture, on each axis.
    float gainX, gainY;
    // What a family adds; each says what. The last of each is the resize's: extra[3] the bits of weights (antialiased.cu),
    // factors[3] a factor in place of a size, for the host.
    int extra[4];
    float factors[4];
    // Source pixels for each output pixel of linear.cu, on each axis: divided once, by the host.
    double steps[2];
};
