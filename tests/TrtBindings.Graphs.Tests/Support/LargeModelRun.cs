using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>
/// One conversion of a large model: products with 16 matrices in a file of their own, each with a small one behind it.
/// </summary>
/// <param name="Seconds">Time of the conversion.</param>
/// <param name="CopySeconds">Time of copying model and weights twice.</param>
/// <param name="PeakBytes">The most memory that the process had beyond what it had before.</param>
/// <param name="LargestTensor">Bytes of the largest tensor.</param>
/// <param name="WrittenBytes">Bytes of the weights that were written.</param>
/// <param name="LastValue">The last number of the last large tensor, as FP16 or as a level of INT8.</param>
internal sealed record LargeModelRun(
    double Seconds, double CopySeconds, long PeakBytes, long LargestTensor, long WrittenBytes, float LastValue)
{
    private const int Tensors = 16;

    private const int Columns = 1024;
    private const int Results = 16;

    public const float ExpectedLastValue = ((Columns - 1) % 251 / 16f) - 4;

    /// <summary>Every column has one number only, which becomes the largest level, with its sign.</summary>
    public const float ExpectedLastLevel = -127;

    /// <summary>Makes a model, copies it twice and converts it to FP16.</summary>
    public static LargeModelRun Half(long bytes) => Run(bytes, "", folder =>
        ModelConversion.ToFloat16(folder["in.onnx"], folder["out.onnx"]));

    /// <summary>The same to INT8, calibrated on two samples; with a table that was made before, on none.</summary>
    public static LargeModelRun Int8(long bytes, bool hasTable)
    {
        ConversionReport? report = null;
        var random = new Random(5);
        var samples = Enumerable.Range(0, 2).Select(_ =>
        {
            var side = SideOf(bytes);
            return new ModelSample().Add("x", [.. Enumerable.Range(0, (int)side).Select(_ => random.NextSingle())], 1, side);
        });
        QuantizationOptions Options(TempFolder folder, bool read) =>
            new() { Samples = read ? [] : samples, CalibrationTable = folder["in.calibration"] };
        return Run(bytes, "_int8", folder =>
        {
            report = ModelConversion.Quantize(folder["in.onnx"], folder["out.onnx"], Options(folder, hasTable));
            report.QuantizedNodes.ShouldBe(Tensors);
        }, folder =>
        {
            if (hasTable) ModelConversion.Quantize(folder["in.onnx"], folder["before.onnx"], Options(folder, false));
        });
    }

    private static long SideOf(long bytes) => bytes / Tensors / sizeof(float) / Columns;

    private static LargeModelRun Run(
        long bytes, string suffix, Action<TempFolder> convert, Action<TempFolder>? before = null)
    {
        using var folder = new TempFolder();
        var side = SideOf(bytes);
        var graph = new Sketch().In("x", ElementType.Float, 1, side);
        for (var i = 0; i < Tensors; i++)
        {
            var tensor = new TensorProto
            {
                Name = $"w{i}", DataType = (int)ElementType.Float, DataLocation = OnnxFile.ExternalLocation,
            };
            tensor.Dims.AddRange([side, Columns]);
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "in.bin" });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{i * side * 4096}" });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{side * 4096}" });
            graph.Init(tensor).Floats($"v{i}", [Columns, Results], new float[Columns * Results])
                .Node("MatMul", $"x w{i}", $"y{i}").Node("Relu", $"y{i}", $"r{i}")
                .Node("MatMul", $"r{i} v{i}", $"z{i}").Out($"z{i}");
        }

        folder.Write("in.onnx", graph.Model());
        WriteWeights(folder["in.bin"], side * Tensors);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2; i++)
        {
            Copy(folder["in.bin"], folder["copy.bin"]);
            Copy(folder["in.onnx"], folder["copy.onnx"]);
        }

        var copy = clock.Elapsed.TotalSeconds;
        before?.Invoke(folder);
        GC.Collect();
        var start = Environment.WorkingSet;
        long peak = 0;
        using (new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 2))
        {
            clock.Restart();
            convert(folder);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        using var file = OnnxFile.Read(folder["out.onnx"]);
        var last = file.Model.Graph.Initializer.Single(tensor => tensor.Name == $"w{Tensors - 1}{suffix}");
        var data = file.DataOf(last)!.ToArray();
        return new(seconds, copy, peak - start, side * 4096, new FileInfo(folder["out.onnx.data"]).Length,
            suffix.Length == 0 ? (float)MemoryMarshal.Cast<byte, Half>(data)[^1] : (sbyte)data[^1]);
    }

    public override string ToString() => $"converted in {Seconds:0.00} s, copied twice in {CopySeconds:0.00} s, "
        + $"{PeakBytes / 1048576.0:0} MiB beyond the start, largest tensor {LargestTensor / 1048576.0:0} MiB";

    private static void WriteWeights(string path, long rows)
    {
        using var stream = File.Create(path);
        float[] row = [.. Enumerable.Range(0, 1024).Select(i => (i % 251 / 16f) - 4)];
        for (long i = 0; i < rows; i++) stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
    }

    /// <summary>Bytes through memory, because the system may copy files without reading them.</summary>
    private static void Copy(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var target = File.Create(to);
        source.CopyTo(target, 1 << 20);
    }
}
