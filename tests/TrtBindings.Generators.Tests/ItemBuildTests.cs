using System.Text;
using System.Text.RegularExpressions;

namespace TrtBindings.Generators.Tests;

/// <summary>Metadata of items, and signature files, in real builds of a project outside the repository.</summary>
[Trait("Category", "Slow")]
public sealed partial class ItemBuildTests
{
    /// <summary>Metadata of an item, and the ids that the build reports at its file.</summary>
    private static readonly (string Metadata, string Ids)[] Malformed =
    [
        ("TrtProfile=\"n=1..4..8 oops\"", "TRTB0100"), ("TrtProfile=\"n=1..8\"", "TRTB0100"),
        ("TrtProfile=\"'n=1\"", "TRTB0100"), ("TrtProfile=\"n=1|\"", "TRTB0100"), ("TrtProfile=\"n=4..2..8\"", "TRTB0101"),
        ("TrtProfile=\"n=3..2..4\"", "TRTB0101"), ("TrtProfile=\"m=1\"", "TRTB0102"), ("TrtProfile=\"x[1]=4\"", "TRTB0103"),
        ("TrtProfile=\"n=1,n=2\"", "TRTB0104"), ("TrtProfile=\"n=2..1..0,m=1,x[1]=4\"", "TRTB0101 TRTB0102 TRTB0103"),
        ("TrtBackend=\"TensorRT\"", "TRTB0120"), ("TrtPrecision=\"fp16\"", "TRTB0120"),
        ("TrtProfile=\"n=1\" TrtPrecision=\"fp17\"", "TRTB0105"), ("TrtVisibility=\"private\"", "TRTB0105"),
        ("TrtTask=\"Yolo\"", "TRTB0105"), ("TrtBackend=\"GPU\"", "TRTB0105"), ("TrtName=\"1st\"", "TRTB0106"),
        ("TrtName=\"a=b\"", "TRTB0106"), ("TrtNamespace=\"A..B\"", "TRTB0106"), ("TrtRename=\"x\"", "TRTB0100"),
        ("TrtRename=\"z=A\"", "TRTB0107"), ("TrtRename=\"x=a-b\"", "TRTB0108"), ("TrtRename=\"x=A,x=B\"", "TRTB0109"),
        ("TrtTask=\"YoloSeg\"", "TRTB0110"), ("TrtTask=\"Classification\"", "TRTB0110"),
        ("TrtRename=\"x=A;y=B\"", "TRTB0112"), ("TrtProfile=\"n=1#2\"", "TRTB0112"),
        ("TrtProfile=\"n=1&#xA;,m=2\"", "TRTB0112"), ("TrtProfil=\"n=1\"", "TRTB0113"),
        ("TrtName=\"b-\" TrtRename=\"q=A\" TrtTask=\"T\" TrtProfil=\"\"", "TRTB0105 TRTB0106 TRTB0107 TRTB0113"),
        ("TrtProfile=\"n=9999999999\"", "TRTB0100"), ("TrtProfile=\"=1\"", "TRTB0100"), ("TrtProfile=\"n=1.5\"", "TRTB0100"),
        ("TrtProfile=\"n=-1\"", "TRTB0100"), ("TrtRename=\"x=A,\"", "TRTB0100"), ("TrtRename=\"x=Dispose\"", "TRTB0108"),
        ("TrtNamespace=\"1.B\"", "TRTB0106"), ("TrtName=\"class\"", "TRTB0106"), ("TrtPrecision=\"int8\"", "TRTB0105 TRTB0120"),
        ("", ""), ("TrtProfile=\"n=1..4..8|n=32\"", ""),
    ];

    [Fact]
    public void Every_malformed_form_is_reported_at_its_file_in_one_build()
    {
        using var consumer = new ConsumerSolution();
        var items = new StringBuilder();
        for (var i = 0; i < Malformed.Length; i++)
        {
            consumer.Add($"app/m{i}.onnx", Models.Identity("x", "y", "n", 4L));
            items.Append($"    <AdditionalFiles Include=\"m{i}.onnx\" {Malformed[i].Metadata} />\n");
        }

        WriteProject(consumer, items.ToString(), "internal static class Program { private static void Main() { } }");
        var (exitCode, output) = DotNet.Run(consumer.App, "build", "-v:m");
        exitCode.ShouldNotBe(0);
        var reported = Report().Matches(output).Select(m => (Index: m.Groups[1].Value, Line: m.Value)).Distinct()
            .ToLookup(m => int.Parse(m.Index, System.Globalization.CultureInfo.InvariantCulture), m => m.Line[^8..]);
        for (var i = 0; i < Malformed.Length; i++)
            string.Join(' ', reported[i].Order(StringComparer.Ordinal)).ShouldBe(Malformed[i].Ids, Malformed[i].Metadata);
        output.ShouldNotContain("error CS", Case.Sensitive, "an error of an item leads to others");
    }

    [Fact]
    public void Items_name_classes_and_members_and_a_moved_signature_is_reported()
    {
        using var consumer = new ConsumerSolution();
        consumer.Add("app/w/a/same.onnx", Models.Identity("x", "y", "n"));
        consumer.Add("app/w/b/same.onnx", Models.Identity("x", "y", 1L, 2L));
        consumer.Add("outside/far.onnx", Models.Identity("input.1", "443", "a,b", 3L));
        var moving = consumer.Add("app/moving.onnx", Models.Identity());
        WriteProject(
            consumer,
            """
                <AdditionalFiles Include="w/**/*.onnx" TrtNamespace="Wild" TrtVisibility="internal" />
                <OnnxModel Include="w/b/same.onnx" TrtName="Other" TrtNamespace="Wild" />
                <OnnxModel Include="../outside/far.onnx" Link="near.onnx" TrtRename="input.1=Images" TrtProfile="'a,b'=1..2..3"
                           TrtPrecision="bf16" />
                <OnnxModel Include="moving.onnx" />

            """,
            """
            System.Console.WriteLine(typeof(Wild.Same).IsPublic + " " + typeof(Wild.Other).IsPublic);
            System.Console.WriteLine(App.Near.CompiledSignature.File + " " + App.Near.CompiledSignature.Declaration);
            System.Console.WriteLine(typeof(App.Near.Inputs).GetProperty("Images") is not null);
            """);
        consumer.Build();
        var ran = consumer.RunProgram();
        ran.ShouldContain("False True");
        ran.ShouldContain("near.onnx ModelDeclaration");
        ran.ShouldContain("BFloat16");
        ran.ShouldContain("True\n");

        DotNet.Succeed(consumer.App, "build", "-v:m", "-t:TrtWriteSignatures");
        File.ReadAllText(moving + ".signature.txt").ShouldEndWith("\ninput x: float [1, 4]\noutput y: float [1, 4]\n");
        File.Exists(Path.Combine(consumer.App, "..", "outside", "far.onnx.signature.txt")).ShouldBeTrue();
        consumer.Build().ShouldNotContain("TRTB0140");

        consumer.Add("app/moving.onnx", Models.Identity("x", "y", 1L, 5L));
        consumer.Build().ShouldContain("moving.onnx(1,1): warning TRTB0140: The model's signature is not the one in "
            + "'moving.onnx.signature.txt': it was 'input x: float [1, 4]' and is 'input x: float [1, 5]'.");
        DotNet.Succeed(consumer.App, "build", "-v:m", "-t:TrtWriteSignatures");
        consumer.Build().ShouldNotContain("TRTB0140");
    }

    [Fact]
    public void What_an_item_says_of_a_conversion_to_no_effect_is_a_warning_at_the_model()
    {
        using var consumer = new ConsumerSolution();
        foreach (var name in (string[])["rest", "method", "preset", "right"]) consumer.Add($"app/{name}.onnx", Models.Identity());
        WriteProject(
            consumer,
            """
                <AdditionalFiles Include="rest.onnx" TrtConvert="fp16" TrtConvertRest="/head/*" />
                <AdditionalFiles Include="method.onnx" TrtConvert="bf16" TrtCalibrationMethod="MinMax" TrtConvertKeep="n" />
                <AdditionalFiles Include="preset.onnx" TrtConvert="fp16" TrtCalibrationPreset="Timm" />
                <AdditionalFiles Include="right.onnx" TrtConvert="int8" TrtConvertRest="n" TrtCalibrationMethod="MinMax"
                                 TrtCalibrationPreset="Timm" TrtCalibration="pictures" />

            """,
            "");
        var (_, output) = DotNet.Run(consumer.App, "build", "-v:m", "-tl:off");
        output.ShouldContain("rest.onnx(1,1): warning TRTB0213: TrtConvertRest has no effect with TrtConvert=\"fp16\": only "
            + "\"int8\" quantizes.");
        output.ShouldContain("method.onnx(1,1): warning TRTB0213: TrtCalibrationMethod has no effect with TrtConvert=\"bf16\"");
        output.ShouldContain("preset.onnx(1,1): warning TRTB0213: TrtCalibrationPreset has no effect without TrtCalibration");
        output.ShouldNotContain("right.onnx(1,1): warning");
    }

    private static void WriteProject(ConsumerSolution consumer, string items, string program)
    {
        consumer.Add("app/App.csproj", Encoding.UTF8.GetBytes(
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
            {items}  </ItemGroup>
            </Project>
            """));
        consumer.Add("app/Program.cs", Encoding.UTF8.GetBytes(program));
    }

    [GeneratedRegex(@"m(\d+)\.onnx\(1,1\): (?:error|warning) TRTB\d{4}")]
    private static partial Regex Report();
}
