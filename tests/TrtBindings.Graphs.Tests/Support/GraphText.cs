using System.Globalization;
using System.Text;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>A graph as lines that can be read: each node, and beside each Q/DQ why it is there.</summary>
internal static class GraphText
{
    /// <summary>The main graph of a file, constants by their type and shape.</summary>
    public static string Of(string path)
    {
        using var file = OnnxFile.Read(path);
        var graph = new GraphReader(path).Read(file.Model.Graph);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"operator set {file.Model.OpsetImport.Single(import => import.Domain.Length == 0).Version}");
        foreach (var input in graph.Inputs) text.AppendLine(CultureInfo.InvariantCulture, $"input {input}");
        foreach (var node in graph.Nodes)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{string.Join(' ', node.Outputs.Select(value => value?.Name ?? "."))} = {node.Operator}(")
                .AppendJoin(", ", node.Inputs.Select(Name)).Append(')');
            foreach (var attribute in node.Proto.Attribute.Where(one => one.Type == 2))
                text.Append(CultureInfo.InvariantCulture, $" {attribute.Name}={attribute.I}");
            if (node.Proto.DocString is { Length: > 0 } why) text.Append("  // ").Append(why);
            text.AppendLine();
        }

        foreach (var (output, declaration) in graph.Outputs.Zip(graph.OutputDeclarations))
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"output {output.Name}: {((ElementType)declaration.Type.TensorType.ElemType).OnnxName()}");
        }

        return text.ToString();
    }

    private static string Name(Value? value) => value is null ? "."
        : value.Initializer is not { } tensor ? value.Name
        : $"{value.Name}: {value.Type.OnnxName()}[{string.Join(',', tensor.Dims)}]";
}
