namespace TrtBindings.Generators;

/// <summary>Writes parameters for dynamic dimensions, with the sizes that they take for the analyzer.</summary>
internal static class DimensionParameter
{
    private const string Attribute = "global::TrtBindings.DimensionSizes";

    /// <summary>The header of a method, up to its arrow; with dynamic dimensions each parameter has a line of its own.</summary>
    public static void EmitHeader(
        CodeWriter writer, string header, EquatableArray<DimensionSpec> dimensions, DeclarationSpec declaration, string[] others)
    {
        if (dimensions.Count == 0)
        {
            writer.Line($"{header}({string.Join(", ", others)}) =>");
            return;
        }

        writer.Line(header + "(");
        string[] parameters = [.. dimensions.Select(d => Of(d, declaration)), .. others];
        using var indented = writer.Indented();
        for (var i = 0; i < parameters.Length; i++)
            writer.Line(parameters[i] + (i + 1 < parameters.Length ? "," : ") =>"));
    }

    private static string Of(DimensionSpec dimension, DeclarationSpec declaration)
    {
        var sizes = new List<string>
        {
            Literals.Text(dimension.Name ?? $"{dimension.Tensor}[{Literals.Number(dimension.Axis)}]"),
            Literals.Number(dimension.Minimum), Size(dimension.Maximum),
        };
        foreach (var profile in declaration.Profiles)
        {
            var range = profile.Ranges.FirstOrDefault(r => r.Dimension == dimension.Index);
            sizes.Add(Literals.Number(range?.Minimum ?? dimension.Minimum));
            sizes.Add(Size(range?.Maximum ?? dimension.Maximum));
        }

        return $"[{Attribute}({string.Join(", ", sizes)})] long {dimension.Parameter}";
    }

    private static string Size(long size) => size == long.MaxValue ? "long.MaxValue" : Literals.Number(size);
}
