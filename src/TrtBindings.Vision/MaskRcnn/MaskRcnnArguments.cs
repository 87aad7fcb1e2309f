using System.Runtime.InteropServices;

namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Parameter of the kernels of native/kernels/paste.cu.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MaskRcnnArguments
{
    public nint Frames;
    public nint Boxes;
    public nint Scores;
    public nint Labels;
    public nint Counts;
    public nint Masks;
    public nint Finds;
    public nint Notes;
    public nint Bits;
    public long Room;
    public int AreBoxesHalf;
    public int AreScoresHalf;
    public int AreMasksHalf;
    public int AreLabels64;
    public int IsCount64;
    public int Slots;
    public int Most;
    public int MaskWidth;
    public int MaskHeight;
    public int IsPasted;
    public int Pasting;
    public int IsRowFirst;
    public int IsClipped;
    public int DropsEmpty;
    public float Confidence;
    public float Threshold;
}

/// <summary>An object as the kernels write it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MaskFind(
    int ClassIndex, float Score, Box Box, PixelRegion Region, int RowBytes, int Slot, long Offset, long Group);

/// <summary>What the kernels tell about an image.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MaskNotes(
    long Count, long Bytes, long Groups, int Finds, int Slots, int MaskWidth, int MaskHeight);
