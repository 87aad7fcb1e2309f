namespace TrtBindings.Generators.Text;

/// <summary>Proposes a range for TrtProfile that works when it is pasted.</summary>
internal static class RangeProposal
{
    private static readonly char[] Special = ['=', ',', '|', '\'', ';', '#'];

    /// <summary>For example <c>batch=1..4..16</c>.</summary>
    /// <param name="label">The dimension's ONNX name or its place.</param>
    /// <param name="parameter">The name of its parameter, which a profile may use as well.</param>
    /// <param name="isBatch">True for the first axis.</param>
    public static string Of(string label, string parameter, bool isBatch)
    {
        // A value with ; or # does not arrive, so the parameter stands for such a name.
        var name = label.IndexOfAny([';', '#']) >= 0 ? parameter
            : label.IndexOfAny(Special) >= 0 || label.Trim().Length != label.Length ? "'" + label.Replace("'", "''") + "'"
            : label;
        return name + "=" + (isBatch ? "1..4..16" : IsSide(parameter) ? "320..640..1280" : "1..64..512");
    }

    /// <summary>True for the height or width of an image.</summary>
    private static bool IsSide(string parameter) => parameter is "h" or "w"
        || parameter.IndexOf("height", StringComparison.OrdinalIgnoreCase) >= 0
        || parameter.IndexOf("width", StringComparison.OrdinalIgnoreCase) >= 0;
}
