namespace TrtBindings.Generators;

/// <summary>Writes the ranges that the item declares as constants.</summary>
internal static class RangesEmitter
{
    public static void Emit(CodeWriter writer, ModelSpec model)
    {
        var profiles = model.Declaration.Profiles;
        var shown = model.InputDimensions
            .Select(d => (Dimension: d, Ranges: profiles.SelectMany(p => p.Ranges).Where(r => r.Dimension == d.Index).ToArray()))
            .Where(d => d.Ranges.Length > 0).ToArray();
        if (shown.Length == 0) return;
        writer.Gap();
        writer.Doc("<summary>Sizes that the project declares for the dynamic dimensions, over all its profiles.</summary>");
        using var ranges = writer.Braces("public static class Ranges");
        foreach (var (dimension, declared) in shown)
        {
            var name = dimension.Property is "Ranges" ? "RangesDimension" : dimension.Property;
            writer.Gap();
            writer.Doc($"<summary>{DocText.Code(declared[0].Name)}: {model.Declaration.RangesOf(dimension.Index)}.</summary>");
            using var members = writer.Braces($"public static class {name}");
            Constant(writer, Name("Minimum", name), declared.Min(r => r.Minimum), "The least size of any profile.");
            Constant(writer, Name("Maximum", name), declared.Max(r => r.Maximum), "The largest size of any profile.");
        }
    }

    /// <summary>A member cannot be called as its class.</summary>
    private static string Name(string name, string className) => name == className ? name + "Size" : name;

    private static void Constant(CodeWriter writer, string name, long value, string summary)
    {
        writer.Gap();
        writer.Doc($"<summary>{summary}</summary>");
        writer.Line($"public const int {name} = {Literals.Number(value)};");
    }
}
