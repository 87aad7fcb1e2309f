using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Scrfd;

/// <summary>Outputs of an SCRFD model for a batch, made from a seed, and what the CPU makes of them.</summary>
internal sealed class ScrfdHeads
{
    private readonly int _levels;
    private readonly int _anchors;
    private readonly bool _hasPoints;

    /// <param name="seed">The seed.</param>
    /// <param name="form">Form of the outputs.</param>
    /// <param name="batch">Pictures.</param>
    /// <param name="width">Width of the model's input.</param>
    /// <param name="height">Height of the model's input.</param>
    /// <param name="power">The greater, the fewer scores are high.</param>
    /// <param name="isHalf">Whether the numbers are those of 16-bit floats.</param>
    public ScrfdHeads(
        int seed, ScrfdForm form, int batch = 1, int width = 160, int height = 128, double power = 6, bool isHalf = false)
    {
        (Form, Width, Height) = (form, width, height);
        _levels = form is ScrfdForm.FiveStrides or ScrfdForm.FiveStridesKeyPoints ? 5 : 3;
        _anchors = _levels == 5 ? 1 : 2;
        _hasPoints = form is ScrfdForm.ThreeStridesKeyPoints or ScrfdForm.FiveStridesKeyPoints;
        var random = new Random(seed);
        Outputs = new float[_levels * (_hasPoints ? 3 : 2)][][];
        for (var i = 0; i < Outputs.Length; i++)
        {
            Outputs[i] = new float[batch][];
            for (var item = 0; item < batch; item++)
            {
                var values = new float[RowsOf(i % _levels) * ValuesOf(i)];
                for (var k = 0; k < values.Length; k++)
                {
                    values[k] = i < _levels ? (float)Math.Pow(random.NextSingle(), power) : (random.NextSingle() * 4) - .5f;
                    if (isHalf) values[k] = (float)(Half)values[k];
                }

                Outputs[i][item] = values;
            }
        }

        Geometries = [.. Enumerable.Range(0, batch).Select(i => ScrfdGeometry.Fit(
            70 + random.Next(1900), 50 + random.Next(1000), width, height))];
    }

    public ScrfdForm Form { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Numbers of each output for each picture.</summary>
    public float[][][] Outputs { get; }

    public ScrfdGeometry[] Geometries { get; }

    public int Levels => _levels;

    /// <summary>Compares the kernels' faces with the CPU's, to the last bit.</summary>
    /// <returns>How many there are.</returns>
    public int Compare(GpuBench bench, ScrfdOptions options, bool isHalf = false, bool isBatched = true)
    {
        using var postprocessor = new GpuScrfdFaces(
            bench.Kernels, options, Form, Width, Height, isBatched, new(new("faces.onnx", default, default)));
        var buffers = Array.ConvertAll(Outputs, one => bench.Upload([.. one.SelectMany(part => part)], isHalf));
        var frames = Array.ConvertAll(Geometries, geometry => new GpuFrame
        {
            Width = geometry.ImageWidth,
            Height = geometry.ImageHeight,
            InputWidth = Width,
            InputHeight = Height,
            GainX = geometry.Scale,
            GainY = geometry.Scale,
        });
        bench.Run(
            postprocessor, frames,
            Array.ConvertAll(buffers, one => new GpuOutput(one.Address, isHalf ? ElementType.Float16 : ElementType.Float)),
            [.. Enumerable.Range(0, Outputs.Length).Select(i => ShapeOf(i, isBatched))], maxRuns: 1);
        var count = 0;
        for (var item = 0; item < Geometries.Length; item++)
        {
            var found = new List<FaceDetection>();
            postprocessor.Read(item, frames[item], found, null);
            found.ToArray().ShouldBe(OnCpu(item, options), $"picture {item}");
            count += found.Count;
        }

        foreach (var buffer in buffers) buffer.Dispose();
        return count;
    }

    private FaceDetection[] OnCpu(int item, ScrfdOptions options)
    {
        var decoder = new ScrfdDecoder();
        var geometry = Geometries[item];
        for (var level = 0; level < _levels; level++)
        {
            decoder.Add(
                Outputs[level][item], Outputs[_levels + level][item], _hasPoints ? Outputs[(2 * _levels) + level][item] : [],
                CellsOf(Width, level), _anchors, 8 << level, geometry.Scale, options.Confidence);
        }

        decoder.Sort();
        var kept = new FaceDetection[decoder.Count];
        var count = FaceSuppression.Run(decoder, options.Iou, kept);
        if (options.MaxFaces is not { } most || count <= most) return kept[..count];
        FaceSelection.Run(kept.AsSpan(0, count), most, options.Ranking, geometry.ImageWidth, geometry.ImageHeight);
        return kept[..most];
    }

    private nint[] ShapeOf(int output, bool isBatched)
    {
        var (rows, values) = ((nint)RowsOf(output % _levels), (nint)ValuesOf(output));
        return isBatched ? [Geometries.Length, rows, values] : [rows, values];
    }

    private int ValuesOf(int output) => (output / _levels) switch { 0 => 1, 1 => 4, _ => 10 };

    private int RowsOf(int level) => _anchors * CellsOf(Width, level) * CellsOf(Height, level);

    private static int CellsOf(int side, int level) => (side + (8 << level) - 1) / (8 << level);
}
