using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>Converts small models and compares what they give before and after.</summary>
internal sealed class Conversions : IDisposable
{
    private readonly TempFolder _folder = new();

    public ConversionReport? Report { get; private set; }

    /// <summary>Converts to FP16, runs both on the inputs at every level, and compares all outputs.</summary>
    /// <returns>The converted model.</returns>
    public ModelProto Half(ModelProto model, ModelSample sample, ConversionOptions? options = null, float tolerance = 0.01f)
    {
        var path = _folder.Write("in.onnx", model);
        Report = ModelConversion.ToFloat16(path, _folder["out.onnx"], options);
        Report.Checks.Count.ShouldBe(4);
        Compare(path, _folder["out.onnx"], sample, tolerance);
        return Read("out.onnx");
    }

    /// <summary>Converts without a run.</summary>
    public ModelProto Convert(ModelProto model, ElementType type, ConversionOptions? options = null)
    {
        var path = _folder.Write("in.onnx", model);
        Report = type == ElementType.Float16 ? ModelConversion.ToFloat16(path, _folder["out.onnx"], options)
            : ModelConversion.ToBFloat16(path, _folder["out.onnx"], options);
        return Read("out.onnx");
    }

    /// <summary>Runs two models, the second at every level, and compares their outputs relative to the largest number.</summary>
    public static void Compare(string expected, string found, ModelSample sample, float tolerance)
    {
        var before = Run(expected, sample, GraphOptimizationLevel.ORT_ENABLE_ALL);
        before.ShouldNotBeEmpty();
        foreach (var level in Enum.GetValues<GraphOptimizationLevel>())
        {
            var after = Run(found, sample, level);
            after.Keys.ShouldBe(before.Keys);
            foreach (var (name, values) in before)
            {
                after[name].Length.ShouldBe(values.Length);
                var scale = values.Where(float.IsFinite).Select(Math.Abs).Append(1e-3f).Max();
                for (var i = 0; i < values.Length; i++)
                    after[name][i].ShouldBe(values[i], tolerance * scale, $"{name}[{i}] at {level}");
            }
        }
    }

    public static Dictionary<string, float[]> Run(string path, ModelSample sample, GraphOptimizationLevel level)
    {
        var outputs = new Dictionary<string, float[]>();
        using var model = OrtModel.Load(path, level);
        model.Run(sample, null, (name, values) => outputs[name] = values.ToArray());
        return outputs;
    }

    public string this[string name] => _folder[name];

    public ModelProto Read(string name)
    {
        using var file = OnnxFile.Read(_folder[name]);
        return file.Model;
    }

    public void Dispose() => _folder.Dispose();
}
