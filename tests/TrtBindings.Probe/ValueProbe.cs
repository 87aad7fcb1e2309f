using TrtBindings.TestSupport;

namespace TrtBindings.Probe;

/// <summary>Runs that show whether new contents of the same inputs arrive.</summary>
internal static class ValueProbe
{
    /// <summary>Fills every float input with one value, runs, and prints the first element of each float output.</summary>
    public static void Run(UntypedModel model, UntypedModel.Inputs inputs, UntypedModel.Outputs outputs, float value)
    {
        foreach (var input in inputs.Tensors)
            if (input is InputTensor<float> floats) floats.Span.Fill(value);
        model.Run(inputs, outputs);
        foreach (var output in outputs.Tensors)
            if (output is OutputTensor<float> { Span.Length: > 0 } floats) Console.WriteLine($"{output.Name} = {floats.Span[0]}");
    }
}
