using System.Globalization;

namespace TrtBindings.Generators.Tests;

/// <summary>Generated code and diagnostics do not depend on culture or on the line endings of the sources.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Text_and_diagnostics_are_the_same_under_a_culture(string name)
    {
        var culture = CultureOrNull(name);
        // Without ICU every culture is the invariant culture under another name.
        Skip.If(culture is null || IsLikeInvariant(culture), $"This system has no data for {name}.");
        Under(culture!, Samples()).ShouldBe(HostedGeneration.Run(Samples()));
    }

    /// <summary>Needs no culture data: a culture with every number symbol changed.</summary>
    [Fact]
    public void Text_and_diagnostics_are_the_same_where_numbers_look_otherwise()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new()
        {
            NegativeSign = "\u2212", PositiveSign = "plus", NumberDecimalSeparator = ",", NumberGroupSeparator = "\u00A0",
            NumberGroupSizes = [2], NumberNegativePattern = 0, NaNSymbol = "ei luku", PositiveInfinitySymbol = "yli",
            PercentSymbol = "pros",
        };
        (-1).ToString(culture).ShouldBe("\u22121");
        Under(culture, Samples()).ShouldBe(HostedGeneration.Run(Samples()));
    }

    /// <summary>The generator built from sources whose lines end in CR LF, which is how Windows may check them out.</summary>
    [Trait("Category", "Slow")]
    [Fact]
    public void A_generator_built_from_a_CRLF_checkout_gives_the_same_text()
    {
        const string Compiler = "Compiler of the SDK";
        using var checkout = new ModelFolder();
        var project = CopyWithCrLf(checkout.Path);
        DotNet.Succeed(Path.GetDirectoryName(project)!, "build", project, "-o", Path.Combine(checkout.Path, "out"), "-nologo");
        var actual = CompilerHost.Generate(Compiler, Samples(), Path.Combine(checkout.Path, "out"));
        actual[2].ShouldStartWith(checkout.Path);
        actual.Skip(HostedGeneration.Results)
            .ShouldBe(CompilerHost.Generate(Compiler, Samples()).Skip(HostedGeneration.Results));
    }

    [Fact]
    public void The_samples_of_these_tests_are_generated_and_reported()
    {
        var results = HostedGeneration.Run(Samples());
        results.Count(line => line.StartsWith("source:", StringComparison.Ordinal)).ShouldBe(3);
        results.ShouldContain(line => line.StartsWith("reported: TRTB0003", StringComparison.Ordinal));
        results.ShouldContain(line => line.StartsWith("reported: TRTB0012", StringComparison.Ordinal));
        results.ShouldNotContain(line => line.StartsWith("problem:", StringComparison.Ordinal));
    }

    private static string[] Under(CultureInfo culture, string[] models)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return HostedGeneration.Run(models);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    private static CultureInfo? CultureOrNull(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static bool IsLikeInvariant(CultureInfo culture) =>
        (-1234.5).ToString("N1", culture) == (-1234.5).ToString("N1", CultureInfo.InvariantCulture)
        && culture.TextInfo.ToUpper("i") == "I";

    private static string CopyWithCrLf(string target)
    {
        var root = TestPaths.RepositoryRoot;
        string[] folders = ["generators/TrtBindings.Generators", "src/TrtBindings/ModelFiles"];
        string[] single = ["Directory.Build.props", "Directory.Packages.props", "global.json", "native/tensorrt/releases.txt"];
        var files = folders.SelectMany(f => Directory.GetFiles(Path.Combine(root, f), "*", SearchOption.AllDirectories));
        foreach (var file in files.Concat(single.Select(f => Path.Combine(root, f))))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = File.ReadAllText(file).ReplaceLineEndings("\r\n");
            text.ShouldContain("\r\n");
            File.WriteAllText(copy, text);
        }

        return Path.Combine(target, folders[0], "TrtBindings.Generators.csproj");
    }

    /// <summary>Letters that Turkish casing changes, negative and large numbers, and a diagnostic with an offset.</summary>
    private string[] Samples() =>
    [
        _folder.Add("wiki-images.onnx", Models.YoloSeg(
            "batch_size", [39L, "inner anchors"], [32L, null, -5L], "{0: 'image I', 1: 'i', 2: 'İstanbul', 3: 'ı'}")),
        _folder.Add("mini/i_input.onnx", Models.Identity("input.i", "title_id", -1L, 12_345_678L)
            .Documentation("Line one\r\nline two\nline three")),
        _folder.Add("i_types.onnx", new OnnxModelBuilder().Input("int_i", ElementType.Int64, "i", "I")
            .Output("int4", ElementType.Int4, 3L).Output("i", ElementType.Float, 1_000_000L).Node("Identity", ["int_i"], ["i"])),
        _folder.Add("damaged_i.onnx", Models.Identity().ToBytes()[..^3]),
    ];
}
