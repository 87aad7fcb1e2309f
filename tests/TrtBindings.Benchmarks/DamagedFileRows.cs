using System.Diagnostics;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>The worst time and memory over small models that are truncated at every byte, and mutated.</summary>
internal static class DamagedFileRows
{
    private const int Mutations = 10_000;
    private const int Seed = 20261121;

    private static double _milliseconds;
    private static long _bytes;
    private static int _errors;
    private static int _descriptions;

    public static IEnumerable<Row> Measure()
    {
        var models = SmallModels.All;
        foreach (var (_, bytes) in models) Read(bytes);
        foreach (var row in Report(
            "5 small models truncated at every byte",
            from model in models
            from length in Enumerable.Range(0, model.Bytes.Length)
            select model.Bytes[..length]))
            yield return row;

        var random = new Random(Seed);
        foreach (var row in Report(
            $"{Mutations} random mutations of them",
            Enumerable.Range(0, Mutations).Select(i => Mutation.Of(models[i % models.Count].Bytes, random))))
            yield return row;
    }

    private static IEnumerable<Row> Report(string what, IEnumerable<byte[]> files)
    {
        (_milliseconds, _bytes, _errors, _descriptions) = (0, 0, 0, 0);
        var total = 0;
        foreach (var file in files)
        {
            Read(file);
            total++;
        }

        yield return Row.All($"{what}: typed error or description", _errors + _descriptions, total);
        yield return Row.Below("  slowest", 1000, _milliseconds, "ms");
        yield return Row.Below("  most memory allocated", 64 << 20, _bytes, "bytes");
    }

    private static void Read(byte[] bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        try
        {
            OnnxModelReader.Read(new MemoryStream(bytes));
            _descriptions++;
        }
        catch (OnnxFormatException)
        {
            _errors++;
        }

        _milliseconds = Math.Max(_milliseconds, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        _bytes = Math.Max(_bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
