using System.Globalization;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Emit;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Spec;

namespace TrtBindings.Cli.Inspect;

/// <summary>Makes the report about an .onnx model, with the steps that the generator takes.</summary>
internal static class ModelInspection
{
    /// <summary>Reads a model.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="item">The item's metadata, such as a name of the class.</param>
    /// <param name="rootNamespace">The namespace of the class.</param>
    /// <exception cref="UsageException">The file is missing, or not a readable .onnx.</exception>
    public static ModelReport Of(string path, ItemMetadata item, string rootNamespace)
    {
        var file = ModelFileReader.Read(path, CancellationToken.None);
        if (file.Description is not { } model)
            throw new UsageException($"'{path}' is not a readable model: {string.Join(' ', file.Diagnostics.Select(WhyNot))}");
        var target = "onnx/" + Path.GetFileName(path);
        var named = ModelNames.Assign(new([new(file, target, item)]), ProjectSpec.Of(rootNamespace)).Single();
        var specification = Specifier.Specify(named);
        return new()
        {
            File = path,
            Bytes = new FileInfo(path).Length,
            IrVersion = model.IrVersion,
            Producer = string.Join(' ', new[] { model.ProducerName, model.ProducerVersion }.Where(part => part.Length > 0)),
            Opsets = [.. model.Opsets.Select(set => new OpsetReport(set.Domain.Length == 0 ? "ai.onnx" : set.Domain,
                set.Version))],
            Inputs = Tensors(model.Inputs),
            OptionalInputs = Tensors(model.OptionalInputs),
            Outputs = Tensors(model.Outputs),
            Nodes = model.NodeCount,
            Operators = [.. model.Operators.OrderByDescending(one => one.Count).Select(one => new OperatorReport(
                one.Domain is "" or "ai.onnx" ? one.Name : $"{one.Domain}:{one.Name}", one.Count))],
            Functions = [.. model.Functions],
            Weights = Weights(path, model),
            Metadata = [.. model.Metadata.Select(entry => new EntryReport(entry.Key, entry.Value))],
            Labels = [.. ModelLabels.Of(model)],
            Family = FamilyInspection.Of(model, ModelLabels.Of(model).Count, item.Task),
            TensorRt = TensorRtInspection.Of(model, item),
            Diagnostics = [.. specification.Diagnostics.Select(found => new DiagnosticReport(
                found.Id, Severity(found), Message(found)))],
            ClassName = specification.Model is { } spec ? Full(spec) : null,
            Code = specification.Model is { } emitted ? Emission.Of(emitted, path).Source?.Text : null,
        };
    }

    private static string Full(ModelSpec spec) => spec.Namespace.Length > 0 ? $"{spec.Namespace}.{spec.ClassName}"
        : spec.ClassName;

    private static string Message(DiagnosticInfo found) => string.Format(
        CultureInfo.InvariantCulture, Descriptors.ById[found.Id].Message, [.. found.Arguments]);

    /// <summary>What a file of another kind is, without a second "this is not a model" before it.</summary>
    private static string WhyNot(DiagnosticInfo found) =>
        found.Id == Descriptors.NotAModel.Id ? found.Arguments[0] + "." : Message(found);

    private static string Severity(DiagnosticInfo found) =>
        found.IsRaised ? "warning" : Descriptors.ById[found.Id].DefaultSeverity.ToString().ToLowerInvariant();

    private static TensorReport[] Tensors(EquatableArray<TensorDescription> tensors) =>
        [.. tensors.Select(tensor => new TensorReport(tensor.Name,
            tensor.Kind == ValueKind.Tensor ? tensor.ElementType.OnnxName() : tensor.TypeText, tensor.Shape.ToString()))];

    private static WeightsReport Weights(string path, ModelDescription model)
    {
        var folder = Path.GetDirectoryName(path)!;
        return new(model.WeightBytes, model.InitializerCount,
            [.. model.InitializerTypes.Select(type => new OperatorReport(type.ElementType.OnnxName(), type.Count))],
            [.. model.ExternalData.Select(file =>
            {
                var found = new FileInfo(Path.Combine(folder, file.Location));
                return new ExternalFileReport(file.Location, file.RequiredLength, found.Exists ? found.Length : null);
            })]);
    }
}
