using System.Globalization;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Spec;

namespace TrtBindings.Cli.Inspect;

/// <summary>
/// What each major of TensorRT refuses in a model, by the lists that the generator has. Without weights and attributes, so a
/// model
/// without a finding may still be refused.
/// </summary>
internal static class TensorRtInspection
{
    public static IReadOnlyList<TensorRtReport> Of(ModelDescription model, ItemMetadata item) =>
        [.. ParserSupport.All.Select(major => Of(model, item, major))];

    private static TensorRtReport Of(ModelDescription model, ItemMetadata item, ParserSupport major)
    {
        var (refuses, notes) = (new List<string>(), new List<string>());
        foreach (var used in model.Operators) AddOperator(model, used, major, refuses, notes);
        foreach (var tensor in model.Inputs.Concat(model.Outputs))
        {
            if (tensor.Kind != ValueKind.Tensor)
                refuses.Add($"'{tensor.Name}' is {tensor.TypeText}; only dense tensors are taken.");
            else if (!major.Takes(tensor.ElementType))
                refuses.Add($"'{tensor.Name}' is {tensor.TypeText}, a type that the parser does not take. Cast it in the model.");
        }

        foreach (var set in model.Opsets.Where(set => set.Domain is "" or "ai.onnx" && !major.TakesOpset(set.Version)))
        {
            refuses.Add(string.Create(CultureInfo.InvariantCulture, $"Operator set {set.Version}: the parser takes ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{major.MinimumOpset} to {major.MaximumOpset}. Convert the model, ")
                + "or export it again.");
        }

        AddTypes(model, item, major, refuses, notes);
        AddDimensions(model, notes);
        return new(major.Major, refuses.Count == 0, refuses, notes);
    }

    private static void AddOperator(
        ModelDescription model, OperatorCount used, ParserSupport major, List<string> refuses, List<string> notes)
    {
        var isStandard = used.Domain is "" or "ai.onnx";
        if (model.Functions.Contains(used.Domain + ":" + used.Name) || (isStandard && major.Takes(used.Name))) return;
        var name = isStandard ? used.Name : $"{used.Domain}:{used.Name}";
        if (major.HasPlugin(used.Name))
            notes.Add($"{name} comes from NVIDIA's plug-in library, libnvinfer_plugin, which must lie beside libnvinfer.");
        else if (ParserSupport.All.FirstOrDefault(other => other.HasPlugin(used.Name)) is { } other)
            refuses.Add($"{name} was a plug-in of TensorRT {other.Major} and is one of the twelve that 11.0 dropped. Export the "
                + "model without it.");
        else if (ParserSupport.All.Any(other => isStandard && other.Takes(used.Name)))
            refuses.Add($"{name} is an operator of another major's parser only.");
        else if (!major.Takes(used.Name))
            refuses.Add($"{name} is not an operator of the parser. A plug-in of yours must bring it "
                + "(TensorRtOptions.PluginLibraries), or export the model without it.");
    }

    private static void AddTypes(
        ModelDescription model, ItemMetadata item, ParserSupport major, List<string> refuses, List<string> notes)
    {
        var bytes = model.InitializerTypes.FirstOrDefault(type => type.ElementType == ElementType.UInt8)?.Count ?? 0;
        var isQuantized = model.Operators.Any(one => one.Name is "QuantizeLinear" or "DequantizeLinear");
        if (isQuantized && bytes > 0)
            refuses.Add(string.Create(CultureInfo.InvariantCulture, $"{bytes} initializers are uint8: the model is quantized to ")
                + "unsigned bytes with zero points. Quantize it symmetrically, to int8.");
        // The rule of the product: releases.txt says which majors have weak typing.
        if (major.HasWeakTyping) return;
        if (item.Precision.Length > 0 && !item.Precision.Equals("fp32", StringComparison.OrdinalIgnoreCase))
            refuses.Add($"--precision {item.Precision}: weak typing is gone, and with it every precision that is asked for at "
                + $"the "
                + "build. Convert the model itself, which 'trtb convert' does.");
        else
            notes.Add($"Runs in the model's own types ({Types(model)}): weak typing is gone, so FP16, BF16 and INT8 are not "
                + $"asked "
                + "for at the build. Convert the model itself for another precision.");
    }

    private static void AddDimensions(ModelDescription model, List<string> notes)
    {
        var dynamic = DynamicDimensions.OfInputs(model.Inputs);
        if (dynamic.Count > 0)
        {
            notes.Add("Needs a range for " + string.Join(", ", dynamic.Select(one => one.Name
                ?? string.Create(CultureInfo.InvariantCulture, $"dimension {one.Axis} of '{model.Inputs[one.Input].Name}'")))
                + ": TrtProfile on the model's item, or '--profile' of 'trtb build'.");
        }

        var alike = model.Inputs.SelectMany(input => input.Shape.Dimensions)
            .Where(one => one.Kind == DimensionKind.Unknown && !string.IsNullOrEmpty(one.Name))
            .GroupBy(one => one.Name).Where(group => group.Count() > 1);
        foreach (var group in alike)
            notes.Add($"Dimensions that may differ are all written '{group.Key}', and TensorRT takes them for one. Export the "
                + "model with a name for each.");
    }

    private static string Types(ModelDescription model)
    {
        var floats = model.InitializerTypes.Select(type => type.ElementType.OnnxName())
            .Where(name => name.Contains("float", StringComparison.Ordinal) || name == "double").ToArray();
        return floats.Length > 0 ? string.Join(", ", floats) : "as declared";
    }
}
