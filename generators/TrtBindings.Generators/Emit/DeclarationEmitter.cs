namespace TrtBindings.Generators;

/// <summary>Writes what the item declares, behind the constructor of the compiled signature.</summary>
internal static class DeclarationEmitter
{
    private const string Runtime = "global::TrtBindings.";

    public static void Emit(CodeWriter writer, DeclarationSpec declaration)
    {
        using var signature = writer.OpenBrace("};");
        using var body = writer.Braces($"Declaration = new {Runtime}ModelDeclaration", "},");
        if (declaration.Precision is { } precision)
            writer.Line($"Precision = {Runtime}ModelPrecision.{Member(precision)},");
        if (declaration.Backend is { } backend)
            writer.Line($"Backend = {Runtime}RequestedBackend.{backend},");
        if (declaration.Profiles.Count == 0) return;
        using var profiles = Array(writer, "Profiles = ", "OptimizationProfile", "}),");
        foreach (var profile in declaration.Profiles)
        {
            writer.Line($"new {Runtime}OptimizationProfile(");
            using var indented = writer.Indented();
            using var ranges = Array(writer, "", "DimensionRange", "})),");
            foreach (var range in profile.Ranges)
                writer.Line($"new({Literals.Number(range.Dimension)}, {Literals.Text(range.Name)}, "
                    + $"{Literals.Number(range.Minimum)}, {Literals.Number(range.Optimum)}, {Literals.Number(range.Maximum)}),");
        }
    }

    private static CodeWriter.Block Array(CodeWriter writer, string prefix, string type, string closing) => writer.Braces(
        $"{prefix}new {Runtime}Model.EquatableArray<{Runtime}{type}>(new {Runtime}{type}[]", closing);

    private static string Member(string precision) => precision switch
    {
        "fp16" => "Float16",
        "bf16" => "BFloat16",
        _ => "Float32",
    };
}
