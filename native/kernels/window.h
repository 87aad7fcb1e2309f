// Which prototypes a mask is made of. C#: PrototypeWindow, BilinearTap and PixelRegion.
#pragma once

#include "found.h"

// The part of the prototype grid that the frame covers, in points of the enlarged grid; right and bottom exclusive.
struct Window {
    int top, left, bottom, right;
    int enlargement;
};

struct Region {
    int left, top, right, bottom;
};

DEVICE int scaledSide(int side, double scale) { return maxOf(toInt(roundOf(side * scale)), 1); }

DEVICE void paddingOf(int imageWidth, int imageHeight, int width, int height, int& padX, int& padY) {
    double gainY = height / (double)imageHeight, gainX = width / (double)imageWidth;
    double gain = gainY < gainX ? gainY : gainX;
    padX = width - scaledSide(imageWidth, gain);
    padY = height - scaledSide(imageHeight, gain);
}

DEVICE Window windowOf(int imageWidth, int imageHeight, int gridWidth, int gridHeight) {
    int padX, padY;
    paddingOf(imageWidth, imageHeight, 4 * gridWidth, 4 * gridHeight, padX, padY);
    int padding = padX | padY, odd = padding | (padding / 2);
    int divisor = odd & 1 ? 1 : odd & 2 ? 2 : 4, enlargement = 4 / divisor;
    int width = enlargement * gridWidth, height = enlargement * gridHeight;
    paddingOf(imageWidth, imageHeight, width, height, padX, padY);
    Window window;
    window.left = toInt(roundOf(padX / 2.0 - 0.1));
    window.right = width - toInt(roundOf(padX / 2.0 + 0.1));
    window.top = toInt(roundOf(padY / 2.0 - 0.1));
    window.bottom = height - toInt(roundOf(padY / 2.0 + 0.1));
    window.enlargement = enlargement;
    return window;
}

// The source pixel before the position of an output pixel, and the weight of the one after it. Done for each pixel of a mask, so
// without the tests of maxOf and toInt: the step is a number, and the position lies in the frame.
DEVICE void locate(int position, float step, int length, int& index, float& fraction) {
    float at = step * ((float)position + 0.5f) - 0.5f;
    at = at > 0 ? at : 0.0f;
    index = minOf((int)at, length - 1);
    fraction = index < length - 1 ? at - (float)index : 0;
}

DEVICE int indexAt(int position, float step, int length) {
    int index;
    float fraction;
    locate(position, step, length, index, fraction);
    return index;
}

DEVICE int firstIndex(float edge, int length) { return clampTo(toInt(ceilingOf(edge)), 0, length); }

DEVICE bool isEmpty(const Region& region) { return region.right <= region.left || region.bottom <= region.top; }

// The pixels of a frame whose index lies in a box.
DEVICE Region inside(float x1, float y1, float x2, float y2, int width, int height) {
    Region region = {firstIndex(x1, width), firstIndex(y1, height), firstIndex(x2, width), firstIndex(y2, height)};
    if (isEmpty(region)) return Region{0, 0, 0, 0};
    return region;
}

// The points of a grid that a range of output pixels needs: those between its ends, and one more after the last if there is one.
DEVICE void needed(int first, int last, float step, int length, int& start, int& end) {
    start = indexAt(first, step, length);
    end = minOf(indexAt(last, step, length) + 2, length);
}
