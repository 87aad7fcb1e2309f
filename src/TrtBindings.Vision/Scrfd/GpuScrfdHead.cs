using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Scrfd;

/// <summary>Outputs of an SCRFD model on the device, as native/kernels/scrfd.cu reads them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpuScrfdHead
{
    private const int MaxLevels = 5;
    private const int Groups = 3;

    private Addresses _outputs;
    private Six _first;
    private Five _columns;
    private readonly int _anchors;
    private readonly int _rows;
    private readonly int _isHalf;

    /// <param name="outputs">The model's outputs: scores of each stride, then boxes, then key points.</param>
    /// <param name="grid">The form's strides.</param>
    /// <param name="inputWidth">Width of the model's input.</param>
    /// <param name="inputHeight">Height of the model's input.</param>
    public GpuScrfdHead(ReadOnlySpan<GpuOutput> outputs, ScrfdGrid grid, int inputWidth, int inputHeight)
    {
        _anchors = grid.Anchors;
        for (var level = 0; level < grid.Levels; level++)
        {
            _columns[level] = (int)ScrfdGrid.CellsOf(inputWidth, ScrfdGrid.StrideOf(level));
            _rows += (int)grid.RowsOf(level, inputHeight, inputWidth);
            _first[level + 1] = _rows;
        }

        // A stride that is not there has no rows.
        for (var level = grid.Levels; level < MaxLevels; level++) _first[level + 1] = int.MaxValue;
        for (var i = 0; i < grid.Outputs; i++)
        {
            var place = (i / grid.Levels * MaxLevels) + (i % grid.Levels);
            _outputs[place] = outputs[i].Address;
            if (outputs[i].IsHalf) _isHalf |= 1 << place;
        }
    }

    /// <summary>Rows of a picture, of all strides.</summary>
    public readonly int Rows => _rows;

    [InlineArray(Groups * MaxLevels)]
    private struct Addresses
    {
        private nint _item;
    }

    [InlineArray(MaxLevels + 1)]
    private struct Six
    {
        private int _item;
    }

    [InlineArray(MaxLevels)]
    private struct Five
    {
        private int _item;
    }
}
