using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Vision.Tests.Accuracy;

namespace TrtBindings.Benchmarks;

/// <summary>
/// What a precision costs on the CPU: size of the shipped models, and their time in ONNX Runtime against 32 bits, one thread on
/// one of the calibration pictures. All forms of a model run in turn, and the figure is the median of the ratios of the turns, so
/// that it holds on a busy machine. BF16 has no row: ONNX Runtime's CPU has no BF16 convolutions.
/// </summary>
internal static class PrecisionRows
{
    private const int Turns = 11;
    private const int WarmUps = 2;

    /// <summary>Enough for ranges: neither the size nor the time follows from them.</summary>
    private const int Samples = 4;

    public static IEnumerable<Row> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("precision-rows-").FullName;
        try
        {
            foreach (var model in ModelAccuracy.Models)
                foreach (var row in Measure(model, folder))
                    yield return row;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Row> Measure(string model, string folder)
    {
        var source = ModelAccuracy.PathOf(model);
        var samples = CalibrationPictures.Of(model).Take(Samples).ToArray();
        var (half, int8, wide) = (Target("fp16"), Target("int8"), Target("wide"));
        ModelConversion.ToFloat16(source, half, new() { Samples = samples, CheckUpToBytes = 0 });
        ModelConversion.Quantize(source, int8, Options(ElementType.Float16));
        ModelConversion.Quantize(source, wide, Options(ElementType.Float));

        var times = Times([source, half, int8, wide], samples[0]);
        yield return new($"{model}: FP32, {Megabytes(source)}", "", Text($"{Median.Of(times[0]):0.00} ms"), Verdict.NoBar);
        yield return Against("  FP16", half, 1);
        yield return Against("  INT8", int8, 2);
        yield return Against("  INT8, the rest in 32 bits", wide, 3);

        string Target(string form) => Path.Combine(folder, $"{model}.{form}.onnx");

        QuantizationOptions Options(ElementType rest) => new()
        {
            // The second form reads what the first one wrote.
            Samples = samples, CalibrationTable = Path.Combine(folder, $"{model}.txt"), Rest = rest, CheckUpToBytes = 0,
        };

        Row Against(string what, string path, int form) => new($"{what}, {Megabytes(path)}", "",
            Text($"{Median.Of(times[form].Zip(times[0], (one, whole) => one / whole)):0.00} of FP32"), Verdict.NoBar);
    }

    /// <summary>Milliseconds of each form in each turn.</summary>
    private static double[][] Times(string[] forms, ModelSample sample)
    {
        var models = forms.Select(form => OrtModel.Load(form, GraphOptimizationLevel.ORT_ENABLE_ALL, threads: 1)).ToArray();
        try
        {
            var times = forms.Select(_ => new double[Turns]).ToArray();
            for (var turn = -WarmUps; turn < Turns; turn++)
                for (var form = 0; form < models.Length; form++)
                {
                    var start = Stopwatch.GetTimestamp();
                    models[form].Run(sample, null, (_, _) => { });
                    if (turn >= 0) times[form][turn] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }

            return times;
        }
        finally
        {
            foreach (var model in models) model.Dispose();
        }
    }

    private static string Megabytes(string path) => Text($"{new FileInfo(path).Length / 1e6:0.00} MB");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
