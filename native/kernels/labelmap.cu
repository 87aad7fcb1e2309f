// The class of every pixel, from a map that the graph made. C#: TrtBindings.Vision.SemanticSegmentation.GpuClassMaps.
#include "maps.h"

// Types of label maps.
enum LabelType { Labels64 = 0, Labels32 = 1, LabelsByte = 2, LabelsSignedByte = 3, Labels16 = 4, LabelsUnsigned16 = 5 };

DEVICE i64 labelAt(const void* values, i64 index, int type) {
    switch (type) {
        case Labels64: return ((const i64*)values)[index];
        case Labels32: return ((const int*)values)[index];
        case LabelsByte: return ((const u8*)values)[index];
        case LabelsSignedByte: return ((const signed char*)values)[index];
        case Labels16: return ((const short*)values)[index];
        default: return ((const u16*)values)[index];
    }
}

// The grid's value nearest to a pixel. C#: LabelMapReader.
DEVICE int nearestTo(int position, int source, int target, bool isCorner) {
    if (!isCorner) return (int)((2 * (i64)position + 1) * source / (2 * (i64)target));
    return minOf(toInt((float)position * ((float)source / (float)target)), source - 1);
}

DEVICE i64 labelOf(const MapArguments& a, const MapWindow& window, int image, int x, int y, int width, int height) {
    int column = window.left + nearestTo(x, window.width, width, a.isCut != 0);
    int row = window.top + nearestTo(y, window.height, height, a.isCut != 0);
    return labelAt(a.values, ((i64)image * a.gridHeight + row) * a.gridWidth + column, a.type);
}

KERNEL(labelMap, MapArguments) {
    SHARED(int, areas, 256);
    const Frame& frame = a.frames[blockZ()];
    MapNotes& notes = a.notes[blockZ()];
    MapWindow window = windowOf(frame, a.gridWidth, a.gridHeight, a.isCut && a.isOfImage && frame.width > 0);
    int width = a.isOfImage ? frame.width : a.gridWidth, height = a.isOfImage ? frame.height : a.gridHeight;
    if (frame.width <= 0) width = height = 0;
    u8* map = a.maps + (i64)blockZ() * a.room;
    int count = (i64)width * height <= a.room ? width * height : 0;
    FOR_THREADS(t) {
        if (t == 0 && blockX() == 0) {
            notes.width = width;
            notes.height = height;
            notes.classes = a.classes;
        }
        for (int i = t; i < 256; i += blockThreads()) areas[i] = 0;
    }
    FOR_THREADS(t) {
        Run run = {0, 0};
        for (int i = blockX() * blockThreads() + t; i < count; i += blocksX() * blockThreads()) {
            i64 label = labelOf(a, window, blockZ(), i % width, i / width, width, height);
            if ((u64)label > 255) atomicMax(&notes.problemPlace, 0x7FFFFFFF - i);
            map[i] = (u8)label;
            countPixel(run, (u8)label, areas);
        }
        if (run.count > 0) atomicAdd(&areas[run.label], run.count);
    }
    FOR_THREADS(t) {
        for (int i = t; i < 256; i += blockThreads())
            if (areas[i] > 0) atomicAdd(&a.areas[256 * blockZ() + i], areas[i]);
    }
}

// The value that is no class, for the message: one thread for each image, after labelMap.
KERNEL(labelProblem, MapArguments) {
    FOR_THREADS(t) {
        MapNotes& notes = a.notes[blockZ()];
        if (t == 0 && notes.problemPlace != 0) {
            MapWindow window = windowOf(a.frames[blockZ()], a.gridWidth, a.gridHeight, a.isCut && a.isOfImage);
            int i = 0x7FFFFFFF - notes.problemPlace;
            notes.problem = labelOf(a, window, blockZ(), i % notes.width, i / notes.width, notes.width, notes.height);
        }
    }
}
