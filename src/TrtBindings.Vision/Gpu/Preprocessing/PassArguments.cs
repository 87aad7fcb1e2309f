using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>What the kernels of a resize take; the layout is that of native/kernels/passes.h.</summary>
/// <param name="Target">Where and how they write.</param>
/// <param name="Filter">The filter.</param>
/// <param name="Rule">A rule that the resize has of its own.</param>
/// <param name="Tables">Address of the tables.</param>
/// <param name="ColumnInts">Numbers of a table of columns.</param>
/// <param name="RowInts">Numbers of a table of rows.</param>
/// <param name="Middle">Address of what the first pass makes.</param>
/// <param name="MiddlePixels">Its pixels for one place of the batch.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PassArguments(
    ResizeTarget Target, ResizeFilter Filter, int Rule, nint Tables = 0, long ColumnInts = 0, long RowInts = 0, nint Middle = 0,
    long MiddlePixels = 0);
