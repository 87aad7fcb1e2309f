using System.Text.Json;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Counts the types that an engine's layers compute in, from the engine inspector's JSON. TensorRT 10 has one text for format and
/// type of a tensor ("Format/Datatype"), TensorRT 11 two; the layers of an engine that was built without detailed verbosity are
/// names only.
/// </summary>
internal static class EngineLayers
{
    /// <summary>Layers that move or hold numbers and compute none.</summary>
    private static readonly string[] Movers =
    [
        "Reformat", "NoOp", "Constant", "Shuffle", "Shape", "shape_call", "signal", "wait", "Slice", "Gather", "Concatenation",
    ];

    private static readonly string[] TypeKeys = ["DataType", "Datatype", "Format/Datatype", "Format/DataType"];

    /// <summary>From the narrowest on: a layer that takes 8-bit integers and gives 16-bit floats computes in 8 bits.</summary>
    private static readonly (string Word, ElementType Type)[] Words =
    [
        ("int4", ElementType.Int4), ("fp4", ElementType.Float4E2M1), ("fp8", ElementType.Float8E4M3FN),
        ("int8", ElementType.Int8),
        ("bf16", ElementType.BFloat16), ("bfloat16", ElementType.BFloat16), ("fp16", ElementType.Float16),
        ("half", ElementType.Float16), ("tf32", ElementType.Float), ("fp32", ElementType.Float), ("float", ElementType.Float),
    ];

    /// <summary>The share of each type, the most frequent first; empty if the text does not tell.</summary>
    /// <param name="json">The inspector's text.</param>
    public static IReadOnlyList<LayerShare> Shares(string json)
    {
        Dictionary<ElementType, int> counts = [];
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("Layers", out var layers) || layers.ValueKind != JsonValueKind.Array)
                return [];
            foreach (var layer in layers.EnumerateArray())
            {
                if (layer.ValueKind != JsonValueKind.Object || Text(layer, "LayerType") is not { } kind) continue;
                if (Movers.Contains(kind, StringComparer.OrdinalIgnoreCase) || TypeOf(layer) is not { } type) continue;
                counts[type] = counts.GetValueOrDefault(type) + 1;
            }
        }
        catch (JsonException)
        {
            // What a later release writes in a new form is not told, and no reason to refuse its engines.
            return [];
        }

        double all = counts.Values.Sum();
        return [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key)
            .Select(count => new LayerShare(count.Key, count.Value, count.Value / all))];
    }

    private static ElementType? TypeOf(JsonElement layer)
    {
        var names = new List<string>();
        if (layer.TryGetProperty("Weights", out var weights) && weights.ValueKind == JsonValueKind.Object
            && Text(weights, "Type") is { } own) names.Add(own);
        Add("Inputs");
        // A layer without inputs, or whose inputs are indices, is known by what it gives.
        if (Narrowest(names) is { } type) return type;
        Add("Outputs");
        return Narrowest(names);

        void Add(string list)
        {
            if (!layer.TryGetProperty(list, out var tensors) || tensors.ValueKind != JsonValueKind.Array) return;
            foreach (var tensor in tensors.EnumerateArray())
            {
                if (tensor.ValueKind != JsonValueKind.Object) continue;
                foreach (var key in TypeKeys)
                    if (Text(tensor, key) is { } text) names.Add(text);
            }
        }
    }

    private static ElementType? Narrowest(List<string> texts)
    {
        foreach (var (word, type) in Words)
            if (texts.Exists(text => Has(text, word))) return type;
        return null;
    }

    /// <summary>Whether a text has a word: "Row major linear FP16 format" has "fp16", and "BF16" is no "f16".</summary>
    private static bool Has(string text, string word) => text.Split(
            [' ', '.', ',', ':', '(', ')', '_', '/'], StringSplitOptions.RemoveEmptyEntries)
        .Contains(word, StringComparer.OrdinalIgnoreCase);

    private static string? Text(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
