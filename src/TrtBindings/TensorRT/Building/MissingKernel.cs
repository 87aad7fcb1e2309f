using System.Text.RegularExpressions;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// A node for which TensorRT has no kernel in the type that it is to compute in. TensorRT names it in its error, often together
/// with what it was fused with: <c>/a/Conv + /a/Relu</c>, or <c>{ForeignNode[/first.../last]}</c> for all from one to another.
/// </summary>
internal static partial class MissingKernel
{
    /// <summary>The nodes of an error, as TensorRT writes them; <see langword="null"/> for any other error.</summary>
    public static string? NodeOf(TensorRtException error)
    {
        foreach (var message in error.Messages)
            if (Sentence().Match(message) is { Success: true } match) return match.Groups["node"].Value.Trim();
        return null;
    }

    /// <summary>The names in what TensorRT wrote, in its order.</summary>
    public static IReadOnlyList<string> NamesIn(string node) =>
    [
        .. Separators().Split(node).Select(part => part.Trim())
            .Where(part => part.Length > 0 && part is not ("ForeignNode" or "PWN")),
    ];

    /// <summary>
    /// Has the layers of a node, and of all from the first to the last one of a foreign node, compute in 32 bits.
    /// </summary>
    /// <returns>Their names; none if the network has no layer of that name.</returns>
    public static IReadOnlyList<string> Keep(TrtNetwork network, TrtBuilderConfig config, string node)
    {
        var names = NamesIn(node);
        var layers = Enumerable.Range(0, network.NbLayers).Select(network.GetLayer).ToArray();
        var all = Array.ConvertAll(layers, layer => layer.Name);
        HashSet<int> chosen = [.. Enumerable.Range(0, all.Length).Where(i => names.Contains(all[i]))];
        foreach (Match range in Range().Matches(node))
        {
            var first = Array.IndexOf(all, range.Groups["first"].Value);
            var last = Array.LastIndexOf(all, range.Groups["last"].Value);
            for (var i = first; first >= 0 && i <= last; i++) chosen.Add(i);
        }

        var kept = new List<string>();
        foreach (var i in chosen.Order())
        {
            var layer = layers[i];
            // Shapes and indices have no other type.
            if (layer.NbOutputs == 0 || !IsFloat(layer.GetOutputType(0))) continue;
            layer.SetPrecision(TrtDataType.Float);
            for (var output = 0; output < layer.NbOutputs; output++)
                if (IsFloat(layer.GetOutputType(output))) layer.SetOutputType(output, TrtDataType.Float);
            kept.Add(all[i]);
        }

        if (kept.Count > 0) config.SetFlag(TrtBuilderFlag.ObeyPrecisionConstraints);
        return kept;
    }

    private static bool IsFloat(TrtDataType type) => type is TrtDataType.Float or TrtDataType.Half or TrtDataType.Bf16;

    [GeneratedRegex(@"[Cc]ould not find any implementation for node (?<node>.+?)(?:\.\)|\.$|\)$|\. |$)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@" \+ |\.\.\.|[\[\](){},]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"ForeignNode\[(?<first>[^\]]+?)\.\.\.(?<last>[^\]]+)\]")]
    private static partial Regex Range();
}
