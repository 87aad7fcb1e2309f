extern alias graphs;

using System.Text.Json;
using graphs::TrtBindings;
using TrtBindings.TestSupport;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// INT8 of the shipped models against onnxruntime.quantization, on the same calibration pictures. Two steps, because the tool is
/// Python's: the first run writes the pictures, prepared, into the folder that <see cref="Variable"/> names;
/// <c>tests/gpu/python_quantization.py FOLDER</c> makes the tool's files of them; the second run measures both.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PythonQuantizationTests(ITestOutputHelper output) : IDisposable
{
    private const string Variable = "TRTBINDINGS_PYTHON_INT8";

    private readonly string _scratch = Directory.CreateTempSubdirectory("python-int8-").FullName;

    public static IEnumerable<object[]> Models() => ModelAccuracy.Models.Select(model => new object[] { model });

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void INT8_is_as_accurate_as_that_of_Pythons_tool_within_half_a_point(string model)
    {
        var root = Environment.GetEnvironmentVariable(Variable);
        Skip.If(root is null, $"{Variable} names no folder with the files of Python's tool.");
        var folder = Directory.CreateDirectory(Path.Combine(root, model)).FullName;
        var theirs = Path.Combine(folder, "python.int8.onnx");
        var samples = CalibrationPictures.Of(model);
        if (!File.Exists(theirs)) WriteSamples(model, folder, samples);
        Skip.IfNot(File.Exists(theirs), $"Run tests/gpu/python_quantization.py {root}, and this test again.");

        var before = ModelAccuracy.Of(model);
        var tool = Measure(model, _ => theirs);
        var ours = Measure(model, path =>
        {
            var converted = Path.Combine(_scratch, Path.GetFileName(path));
            ModelConversion.Quantize(path, converted, new() { Samples = samples });
            return converted;
        });
        for (var i = 0; i < before.Length; i++)
            output.WriteLine($"{model} | {before[i]} | Python's tool {tool[i].Value:0.0000} | {ours[i].Value:0.0000}");
        for (var i = 0; i < before.Length; i++)
        {
            ours[i].Value.ShouldBeGreaterThanOrEqualTo(
                Math.Min(before[i].Value, tool[i].Value) - PythonsTool.Tolerance, before[i].Name);
        }
    }

    private static Accuracy[] Measure(string model, Func<string, string> redirect)
    {
        UntypedModel.Redirect.Value = redirect;
        try
        {
            return ModelAccuracy.Of(model);
        }
        finally
        {
            UntypedModel.Redirect.Value = null;
        }
    }

    /// <summary>The model, its inputs as raw numbers one behind the other, and their names and shapes.</summary>
    private static void WriteSamples(string model, string folder, ModelSample[] samples)
    {
        File.Copy(ModelAccuracy.PathOf(model), Path.Combine(folder, "model.onnx"), overwrite: true);
        using var data = File.Create(Path.Combine(folder, "samples.bin"));
        using var text = new StreamWriter(Path.Combine(folder, "samples.jsonl"));
        foreach (var sample in samples)
            foreach (var (name, (type, shape, bytes)) in sample.Tensors)
            {
                type.ShouldBe(ElementType.Float);
                text.WriteLine(JsonSerializer.Serialize(new { name, shape, start = data.Position }));
                data.Write(bytes.Span);
            }
    }
}
