using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>Quantizes small models, runs them before and after, and looks for what TensorRT refuses.</summary>
internal sealed class Quantizations : IDisposable
{
    private readonly TempFolder _folder = new();

    public ConversionReport? Report { get; private set; }

    public string Result => _folder["out.onnx"];

    /// <summary>Quantizes by the largest magnitudes, checks the result, and gives it as text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sample">Its inputs.</param>
    /// <param name="options">How; without it INT8 with the rest in FP16.</param>
    /// <param name="tolerance">Of the largest number of an output.</param>
    public string Text(ModelProto model, ModelSample sample, QuantizationOptions? options = null, float tolerance = 0.05f)
    {
        var path = _folder.Write("in.onnx", model);
        options ??= new() { Samples = [sample], Method = CalibrationMethod.MinMax };
        Report = ModelConversion.Quantize(path, Result, options);
        TensorRtRules.Problems(Result).ShouldBeEmpty();
        Conversions.Compare(path, Result, sample, tolerance);
        return GraphText.Of(Result);
    }

    public ModelProto Model()
    {
        using var file = OnnxFile.Read(Result);
        return file.Model;
    }

    /// <summary>A picture: waves of each channel's own length.</summary>
    public static ModelSample Picture(string name, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            var channel = i / (int)(shape[^1] * shape[^2]);
            values[i] = (float)(Math.Sin(i * 0.37) + (0.5 * Math.Cos(i % (int)shape[^1] * (1 + channel))));
        }

        return new ModelSample().Add(name, values, shape);
    }

    public void Dispose() => _folder.Dispose();
}
