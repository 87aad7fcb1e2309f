using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Yolo;

/// <summary>Predictions of a YOLO model on the device, as native/kernels/yolo.h reads them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct GpuYoloHead
{
    private readonly nint _values;
    private readonly int _isHalf;
    private readonly int _anchors;
    private readonly int _numbers;
    private readonly int _classes;
    private readonly int _firstScore;
    private readonly int _firstOther;
    private readonly int _isRows;
    private readonly int _hasObjectness;
    private readonly int _isYoloX;

    /// <param name="output">The output.</param>
    /// <param name="form">Its form.</param>
    /// <param name="rows">Its second dimension.</param>
    /// <param name="columns">Its third dimension.</param>
    /// <param name="others">Numbers that the task adds to a prediction.</param>
    public GpuYoloHead(GpuOutput output, YoloForm form, int rows, int columns, int others)
    {
        var head = YoloHead.Of(form.ToString());
        (_values, _isHalf) = (output.Address, output.IsHalf ? 1 : 0);
        (_anchors, _numbers) = head.HasRows ? (rows, columns) : (columns, rows);
        _classes = (int)(head.ClassesOf(rows, columns, others) ?? 0);
        (_firstScore, _firstOther) = (head.Fixed, _numbers - others);
        (_isRows, _hasObjectness) = (head.HasRows ? 1 : 0, head.HasScores && head.Fixed == 5 ? 1 : 0);
        _isYoloX = form == YoloForm.YoloX ? 1 : 0;
    }

    /// <summary>Predictions of a picture.</summary>
    public int Anchors => _anchors;

    /// <summary>Classes; 0 for an end-to-end output.</summary>
    public int Classes => _classes;

    /// <summary>Whether the graph suppresses.</summary>
    public bool IsEndToEnd => _classes == 0;
}
