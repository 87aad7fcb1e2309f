namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Source pixels and weights of OpenCV's INTER_AREA along one axis (its <c>computeResizeAreaTab</c>): the share that each covered
/// pixel has of the cell, in single precision. Slivers under 1e-3 of a pixel are dropped. Keeps its buffers.
/// </summary>
internal sealed class AreaTable
{
    private const double Sliver = 1e-3;

    private int _used;

    /// <summary>Place of the first entry of each output, and the end.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Source pixel of each entry.</summary>
    public int[] Indices { get; private set; } = [];

    /// <summary>Weight of each entry.</summary>
    public float[] Weights { get; private set; } = [];

    /// <summary>Fills the table for a range of outputs.</summary>
    public void Prepare(int source, int target, int first, int count)
    {
        var scale = LinearWeights.Step(source, target);
        var room = count * ((int)Math.Ceiling(scale) + 2);
        if (Starts.Length <= count) Starts = new int[count + 1];
        if (Indices.Length < room) (Indices, Weights) = (new int[room], new float[room]);
        _used = 0;
        for (var i = 0; i < count; i++)
        {
            Starts[i] = _used;
            var left = (first + i) * scale;
            var right = left + scale;
            var cell = Math.Min(scale, source - left);
            var end = Math.Min((int)Math.Floor(right), source - 1);
            var begin = Math.Min((int)Math.Ceiling(left), end);
            if (begin - left > Sliver) Add(begin - 1, (float)((begin - left) / cell));
            for (var at = begin; at < end; at++) Add(at, (float)(1.0 / cell));
            if (right - end > Sliver) Add(end, (float)(Math.Min(Math.Min(right - end, 1.0), cell) / cell));
        }

        Starts[count] = _used;
    }

    private void Add(int index, float weight)
    {
        Indices[_used] = index;
        Weights[_used++] = weight;
    }
}
