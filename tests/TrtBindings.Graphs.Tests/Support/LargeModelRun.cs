using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>One conversion of a large model to FP16.</summary>
/// <param name="Seconds">Time of the conversion.</param>
/// <param name="CopySeconds">Time of copying model and weights twice.</param>
/// <param name="PeakBytes">The most memory that the process had beyond what it had before.</param>
/// <param name="LargestTensor">Bytes of the largest tensor.</param>
/// <param name="WrittenBytes">Bytes of the weights in FP16.</param>
/// <param name="LastValue">The last number of the last tensor.</param>
internal sealed record LargeModelRun(
    double Seconds, double CopySeconds, long PeakBytes, long LargestTensor, long WrittenBytes, float LastValue)
{
    private const int Tensors = 16;

    public const float ExpectedLastValue = (1023 % 251 / 16f) - 4;

    /// <summary>Makes a model, copies it twice and converts it.</summary>
    public static LargeModelRun Run(long bytes)
    {
        using var folder = new TempFolder();
        var side = bytes / Tensors / sizeof(float) / 1024;
        var graph = new Sketch().In("x", ElementType.Float, 1, side);
        for (var i = 0; i < Tensors; i++)
        {
            var tensor = new TensorProto
            {
                Name = $"w{i}", DataType = (int)ElementType.Float, DataLocation = OnnxFile.ExternalLocation,
            };
            tensor.Dims.AddRange([side, 1024]);
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "in.bin" });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{i * side * 4096}" });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{side * 4096}" });
            graph.Init(tensor).Node("MatMul", $"x w{i}", $"y{i}").Out($"y{i}");
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
        GC.Collect();
        var before = Environment.WorkingSet;
        long peak = 0;
        using (new Timer(_ => peak = Math.Max(peak, Environment.WorkingSet), null, 0, 2))
        {
            clock.Restart();
            ModelConversion.ToFloat16(folder["in.onnx"], folder["out.onnx"]);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        using var file = OnnxFile.Read(folder["out.onnx"]);
        var last = file.DataOf(file.Model.Graph.Initializer[^1])!.ToArray();
        return new(seconds, copy, peak - before, side * 4096, new FileInfo(folder["out.onnx.data"]).Length,
            (float)MemoryMarshal.Cast<byte, Half>(last)[^1]);
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
