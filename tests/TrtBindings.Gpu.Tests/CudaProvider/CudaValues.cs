using System.Globalization;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>Values that go into models and come out of them.</summary>
internal static class CudaValues
{
    /// <summary>Output of one item that a seed makes.</summary>
    public static float[] Single(DigitsVit model, int seed)
    {
        using var inputs = model.AllocateInputs(1);
        using var outputs = model.AllocateOutputs(1);
        Fill(FirstInput(inputs), seed);
        model.Run(inputs, outputs);
        return FirstOutput(outputs).ToArray();
    }

    public static Span<float> FirstInput(ModelInputs inputs) => ((InputTensor<float>)inputs.Tensors[0]).Span;

    public static ReadOnlySpan<float> FirstOutput(ModelOutputs outputs) => ((OutputTensor<float>)outputs.Tensors[0]).Span;

    /// <summary>Values in 0 to 1 that differ by seed.</summary>
    public static void Fill(Span<float> values, int seed)
    {
        var random = new Random(seed);
        foreach (ref var value in values) value = random.NextSingle();
    }

    public static double Worst(float[] expected, float[] found)
    {
        found.Length.ShouldBe(expected.Length);
        return expected.Zip(found, (one, other) => Math.Abs((double)one - other)).Max();
    }

    public static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
