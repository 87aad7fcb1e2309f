using System.Runtime.InteropServices;
using TrtBindings.Runtime;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>
/// A converted model that ONNX Runtime's processor does not run is compared with the file that it was made from, weights in files
/// of their own included; without that file nothing is compared, and the error says what is wrong with it.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ModelOriginTests : IDisposable
{
    private const string Source = "in.onnx";
    private const string Weights = "in.data";

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void A_BF16_model_is_compared_with_its_source_whose_weights_lie_in_a_file_of_their_own()
    {
        SaveSource();
        var report = Build(Converted(SourceFiles())).Parity.ShouldNotBeNull();
        report.Passed.ShouldBeTrue(report.ToString());
        report.Reference.ShouldEndWith($"(CPU) of '{PathOf(Source)}'");
    }

    [SkippableFact]
    public void An_engine_that_strays_from_the_source_is_refused()
    {
        SaveSource();
        _rig.Trt.Set("defect.scale", 1300);
        Should.Throw<EngineParityException>(() => Build(Converted(SourceFiles()))).Output.ShouldBe("plus");
    }

    [SkippableTheory]
    [InlineData("changed weights", "in.data' has changed since the conversion: its SHA-256 is ")]
    [InlineData("changed source", "in.onnx' has changed since the conversion: its SHA-256 is ")]
    [InlineData("missing weights", "the file that it was converted from cannot be used: ")]
    [InlineData("short weights", "the file that it was converted from cannot be used: ")]
    [InlineData("moved source", "it was converted from 'in.onnx', which does not lie beside it: there is no '")]
    [InlineData("old metadata", "converted by an earlier release, which did not note the hash of 'in.data'")]
    [InlineData("half the metadata", "its metadata have no hash of 'in.data'")]
    [InlineData("its own name", "it was converted from a file of its own name, 'bf16.onnx', and lies in the place of it")]
    [InlineData("a path", "its metadata name the source '../in.onnx', which is not the name of a file beside it")]
    [InlineData("no source", "so that there is no reference without the model that it was made from. Put")]
    public void Without_the_very_source_the_error_says_that_BF16_has_no_other_reference_and_why(string fault, string expected)
    {
        SaveSource();
        var files = SourceFiles();
        var model = fault switch
        {
            "old metadata" => Converted(null),
            "half the metadata" => Converted(files.Split('\n')[0]),
            "its own name" => Converted(files, "bf16.onnx"),
            "a path" => Converted(files, "../in.onnx"),
            "no source" => Converted(files, ""),
            _ => Converted(files),
        };
        switch (fault)
        {
            case "changed weights": Change(Weights); break;
            case "changed source": Change(Source); break;
            case "missing weights": File.Delete(PathOf(Weights)); break;
            case "short weights": File.WriteAllBytes(PathOf(Weights), [1, 2, 3]); break;
            case "moved source": File.Move(PathOf(Source), PathOf("elsewhere.onnx")); break;
        }

        var error = Should.Throw<EngineParityException>(() => Build(model));
        error.Message.ShouldContain("the model computes in BF16, which ONNX Runtime does not run on the processor");
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain("TensorRtOptions.Parity.Reference");

        // Not silently either where the policy allows it.
        Build(model, ParityPolicy.Warn).Parity.ShouldNotBeNull().NotCompared.ShouldNotBeNull().ShouldContain(expected);
        _rig.Log.Lines.ShouldContain(line => line.Contains("is used without a comparison") && line.Contains(expected));
    }

    [SkippableFact]
    public void Metadata_of_an_earlier_release_are_understood_where_all_weights_are_in_the_source()
    {
        ParityModel.Two().Save(_rig, Source);
        Build(Converted(null)).Parity.ShouldNotBeNull().Passed.ShouldBeTrue();
    }

    [SkippableFact]
    public void A_source_whose_inputs_have_other_types_is_no_reference()
    {
        new OnnxModelBuilder().Input("x", ElementType.Double, "batch", 3, 40).Output("plus", ElementType.Double, "batch", 3, 40)
            .Output("minus", ElementType.Double, "batch", 3, 40)
            .Node("Relu", ["x"], ["plus"]).Node("Relu", ["x"], ["minus"]).Save(_rig, Source);
        Should.Throw<EngineParityException>(() => Build(Converted(null))).Message
            .ShouldContain("the file that it was converted from cannot be the reference: ");
    }

    [Fact]
    public void What_the_converter_writes_is_found_and_a_weight_that_has_changed_is_not()
    {
        SaveSource();
        ModelConversion.ToBFloat16(PathOf(Source), PathOf("made.onnx"));
        var made = ModelSource.FromFile(PathOf("made.onnx"));
        ModelOrigin.Find(made, made.Describe(), out var why, default).ShouldNotBeNull(why).Path.ShouldBe(PathOf(Source));
        // One number further back than any that the .onnx could tell.
        Change(Weights);
        ModelOrigin.Find(made, made.Describe(), out why, default).ShouldBeNull();
        why.ShouldContain("in.data' has changed since the conversion");
    }

    private void SaveSource()
    {
        File.WriteAllBytes(PathOf(Weights),
            MemoryMarshal.AsBytes(Enumerable.Range(0, 40).Select(i => 1 + (i / 40f)).ToArray().AsSpan()));
        ParityModel.Two(weights: Weights).Save(_rig, Source);
    }

    private string SourceFiles() => string.Join('\n', ((string[])[Source, Weights]).Select(name => $"{Hash(name)}  {name}"));

    /// <summary>
    /// A model that says that it is BF16, and that the stand-in builds. Its operator set is beyond what ONNX Runtime takes, as
    /// operators of BF16 are.
    /// </summary>
    private string Converted(string? files, string source = Source)
    {
        var model = ParityModel.Two().Opset("", 999).Metadata("trtbindings.precision", "bfloat16")
            .Metadata("trtbindings.source", source).Metadata("trtbindings.source_sha256", Hash(Source));
        if (files is not null) model.Metadata("trtbindings.source_files", files);
        return model.Save(_rig, "bf16.onnx");
    }

    private BuiltEngine Build(string model, ParityPolicy policy = ParityPolicy.Refuse) =>
        UntypedModel.BuildEngine(model, _rig.With(options => options with
        {
            Profiles = [new() { ["batch"] = (1, 2, 4) }],
            Parity = new() { Policy = policy, Tolerance = ParityTolerance.Float32 },
        }));

    private void Change(string name)
    {
        var bytes = File.ReadAllBytes(PathOf(name));
        bytes[^1] ^= 1;
        File.WriteAllBytes(PathOf(name), bytes);
    }

    private string Hash(string name) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(PathOf(name))));

    private string PathOf(string name) => Path.Combine(_rig.Folder, name);
}
