using System.Globalization;
using System.Text.Json;

namespace TrtBindings.Tests.ModelFiles;

/// <summary>Compares a description with SIGNATURES.json, which another implementation wrote.</summary>
internal static class Signature
{
    // SIGNATURES.json cuts lists at this length.
    private const int CutOperators = 40;

    public static void Compare(JsonElement expected, ModelDescription actual, List<string> differences)
    {
        Same("irVersion", expected.GetProperty("irVersion").GetInt64(), actual.IrVersion, differences);
        Same("producer", expected.GetProperty("producer")[0].GetString(), actual.ProducerName, differences);
        Same("producer version", expected.GetProperty("producer")[1].GetString(), actual.ProducerVersion, differences);
        Same("domain", expected.GetProperty("domain").GetString(), actual.Domain, differences);
        Same("modelVersion", expected.GetProperty("modelVersion").GetInt64(), actual.ModelVersion, differences);
        Same("graphName", expected.GetProperty("graphName").GetString(), actual.GraphName, differences);
        Same("initializers", expected.GetProperty("initializers").GetInt32(), actual.InitializerCount, differences);
        Same("nodes", expected.GetProperty("nodes").GetInt32(), actual.NodeCount, differences);
        Same("trainingInfo", expected.GetProperty("trainingInfo").GetInt32(), actual.TrainingInfoCount, differences);
        SameList(
            "opsets",
            Lines(
                expected,
                "opsets",
                o => $"{o.GetProperty("domain").GetString()} {o.GetProperty("version").GetInt64()}"),
            actual.Opsets.Select(o => $"{o.Domain} {o.Version}"),
            differences);
        SameList(
            "metadata",
            expected.GetProperty("metadata").EnumerateObject().Select(p => $"{p.Name}={p.Value.GetString()}").Order(),
            actual.Metadata.Select(m => $"{m.Key}={m.Value}").Order(),
            differences);
        SameList("functions", Lines(expected, "functions", f => f.GetString()!), actual.Functions, differences);
        SameList("inputs", Lines(expected, "inputs", Value), actual.Inputs.Select(Value), differences);
        SameList("outputs", Lines(expected, "outputs", Value), actual.Outputs.Select(Value), differences);
        CompareOverridable(expected, actual, differences);
        CompareExternalData(expected, actual, differences);
        CompareOperators(expected, actual, differences);
    }

    private static void CompareOverridable(JsonElement expected, ModelDescription actual, List<string> differences)
    {
        var listed = Lines(expected, "overridableInputs", Value).ToArray();
        var count = expected.TryGetProperty("overridableInputsCount", out var c) ? c.GetInt32() : listed.Length;
        Same("overridableInputs count", count, actual.OverridableInputs.Count, differences);
        SameList("overridableInputs", listed, actual.OverridableInputs.Take(listed.Length).Select(Value), differences);
    }

    private static void CompareExternalData(JsonElement expected, ModelDescription actual, List<string> differences)
    {
        var files = expected.GetProperty("externalData").EnumerateArray()
            .GroupBy(e => e.GetProperty("location").GetString()!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        SameList(
            "external files",
            files.Keys.Order(StringComparer.Ordinal),
            actual.ExternalData.Select(e => e.Location),
            differences);
        foreach (var file in actual.ExternalData)
        {
            // SIGNATURES.json has no size for a tensor without a length. Our reader computes it from the shape.
            var tensors = files.GetValueOrDefault(file.Location, []);
            if (tensors.Length == 0 || !tensors.All(t => t.TryGetProperty("length", out _))) continue;
            var required = tensors.Max(t => Number(t, "offset") + Number(t, "length"));
            Same(file.Location, required, file.RequiredLength, differences);
        }
    }

    private static void CompareOperators(JsonElement expected, ModelDescription actual, List<string> differences)
    {
        var theirs = Lines(expected, "ops", o => o.GetString()!).ToArray();
        var ours = actual.Operators
            .Select(o => $"{(o.Domain.Length == 0 ? "ai.onnx" : o.Domain)}:{o.Name}")
            .ToHashSet();
        // SIGNATURES.json omits function bodies. Without functions, and if the list is not cut, both sets are equal.
        var mayHoldMore = actual.Functions.Count > 0 || theirs.Length == CutOperators;
        Same("ops missing", "", string.Join(' ', theirs.Except(ours)), differences);
        if (!mayHoldMore) Same("ops added", "", string.Join(' ', ours.Except(theirs)), differences);
    }

    private static string Value(JsonElement value)
    {
        var (text, inner) = Type(value);
        var shape = value.TryGetProperty("dims", out var dims) ? Shape(dims) : "unranked";
        var denotation = value.TryGetProperty("denotation", out var d) ? d.GetString() : "";
        var dimDenotations = value.TryGetProperty("dimDenotations", out var dd)
            ? string.Join(',', dd.EnumerateArray().Select(x => x.GetString()))
            : "";
        return $"{value.GetProperty("name").GetString()}|{text}|{shape}|{inner}|{denotation}|{dimDenotations}";
    }

    private static string Value(TensorDescription value)
    {
        var isNested = value.ItemElementType != ElementType.Undefined;
        var inner = isNested ? $"{value.ItemElementType.OnnxName()} {Shape(value.ItemShape)}" : "";
        return $"{value.Name}|{value.TypeText}|{Shape(value.Shape)}|{inner}|{value.Denotation}|"
            + string.Join(',', value.DimensionDenotations);
    }

    // Converts the nested form of SIGNATURES.json to the one-line notation of ONNX and the innermost tensor.
    private static (string Text, string Inner) Type(JsonElement type)
    {
        switch (type.GetProperty("kind").GetString())
        {
            case "none": return ("", "");
            case "tensor": return ($"tensor({Element(type, "elem")})", "");
            case "sparse_tensor": return ($"sparse_tensor({Element(type, "elem")})", "");
            case "sequence": return Nested("seq(", type.GetProperty("of"));
            case "optional": return Nested("optional(", type.GetProperty("of"));
            case "map": return Nested($"map({Element(type, "key")},", type.GetProperty("value"));
            case var other: throw new InvalidOperationException($"SIGNATURES.json has a new kind: {other}.");
        }
    }

    private static (string Text, string Inner) Nested(string head, JsonElement of)
    {
        var (text, inner) = Type(of);
        if (of.TryGetProperty("dims", out var dims)) inner = $"{Element(of, "elem")} {Shape(dims)}";
        return ($"{head}{text})", inner);
    }

    private static string Element(JsonElement type, string property) =>
        type.GetProperty(property).GetString()!.ToLowerInvariant();

    private static string Shape(JsonElement dims) => dims.ValueKind == JsonValueKind.String
        ? dims.GetString()!
        : string.Join(',', dims.EnumerateArray().Select(d => d.ValueKind switch
        {
            JsonValueKind.Null => "unset",
            // A negative number means the same as none.
            JsonValueKind.Number => d.GetInt64() < 0 ? "unset" : d.GetInt64().ToString(CultureInfo.InvariantCulture),
            _ => IsPlaceholder(d.GetString()!) ? $"unknown'{d.GetString()}'" : d.GetString()!,
        }));

    private static string Shape(SymbolicShape shape) => !shape.IsRanked
        ? "unranked"
        : string.Join(',', shape.Dimensions.Select(d => d.Kind switch
        {
            DimensionKind.Unknown => d.Name is null ? "unset" : $"unknown'{d.Name}'",
            _ => d.ToString(),
        }));

    private static long Number(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var text) ? long.Parse(text.GetString()!, CultureInfo.InvariantCulture) : 0;

    private static IEnumerable<string> Lines(JsonElement of, string property, Func<JsonElement, string> line) =>
        of.GetProperty(property).EnumerateArray().Select(line);

    private static void SameList(
        string what, IEnumerable<string> theirs, IEnumerable<string> ours, List<string> differences) =>
        Same(what, string.Join('\n', theirs), string.Join('\n', ours), differences);

    private static void Same<T>(string what, T theirs, T ours, List<string> differences)
    {
        if (!EqualityComparer<T>.Default.Equals(theirs, ours))
            differences.Add($"{what}: theirs <{theirs}>, ours <{ours}>");
    }

    /// <summary>What frameworks write where they know no size; the other implementation takes it for a name.</summary>
    private static bool IsPlaceholder(string name) =>
        name is "" or "?" or "None" || name.StartsWith("unk__", StringComparison.Ordinal);
}
