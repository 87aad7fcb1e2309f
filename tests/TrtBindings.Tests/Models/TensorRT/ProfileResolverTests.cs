using TrtBindings.Backends;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>The sizes that an engine is built for.</summary>
public sealed class ProfileResolverTests
{
    private static readonly ModelSignature Detector = Signature(Declared("batch=1..4..16"));

    [Fact]
    public void The_profiles_of_the_item_are_the_default_and_those_of_the_options_take_their_place()
    {
        ProfileResolver.Declaration(Detector, new()).ShouldBeSameAs(Detector.Declaration);
        var options = new TensorRtOptions
        {
            Profiles =
            [
                new() { ["input[2]"] = (320, 640, 1280), ["batch"] = (1, 1, 8) },
                new() { ["batch"] = (16, 16, 16), ["input[2]"] = (640, 640, 640) },
            ],
        };
        var declaration = ProfileResolver.Declaration(Detector, options);
        string.Join(" | ", declaration.Profiles).ShouldBe("batch=1..1..8,input[2]=320..640..1280 | batch=16,input[2]=640");
        declaration.Backend.ShouldBe(RequestedBackend.TensorRT);
        ProfileResolver.Complete(Detector, declaration).Count.ShouldBe(2);
    }

    [Fact]
    public void A_name_that_is_no_dynamic_dimension_is_an_error_that_lists_those_there_are()
    {
        var options = new TensorRtOptions { Profiles = [new() { ["Batch"] = (1, 1, 8) }] };
        var error = Should.Throw<ModelOptionException>(() => ProfileResolver.Declaration(Detector, options));
        error.Option.ShouldBe("TensorRtOptions.Profiles");
        error.Message.ShouldContain("'Batch'");
        error.Message.ShouldContain("It has 'batch', 'input[2]'.");
        var fixedModel = new ModelSignature("f.onnx", new([Tensor(Dimension.Fixed(2))]), default);
        Should.Throw<ModelOptionException>(() => ProfileResolver.Declaration(fixedModel, options))
            .Message.ShouldContain("All dimensions of its inputs are fixed.");
    }

    [Theory]
    [InlineData("batch", -1, 1, 1)]
    [InlineData("batch", 4, 2, 8)]
    [InlineData("batch", 1, 9, 8)]
    [InlineData("input[2]", -1, 2, 3)]
    public void Sizes_out_of_order_are_an_error_that_names_the_dimension(string name, long minimum, long optimum, long maximum)
    {
        var options = new TensorRtOptions { Profiles = [new() { [name] = (minimum, optimum, maximum) }] };
        var error = Should.Throw<ModelOptionException>(() => ProfileResolver.Declaration(Detector, options));
        error.Message.ShouldContain($"'{name}'");
        error.Message.ShouldContain("minimum ≤ optimum ≤ maximum");
    }

    [Fact]
    public void A_dimension_that_a_profile_leaves_out_is_an_error_with_the_fix()
    {
        var error = Should.Throw<ModelOptionException>(() => ProfileResolver.Complete(Detector, Detector.Declaration));
        error.Message.ShouldStartWith("The profile batch=1..4..16 does not say the sizes of 'input[2]'.");
        var none = Signature(ModelDeclaration.None);
        var message = Should.Throw<ModelOptionException>(() => ProfileResolver.Complete(none, none.Declaration)).Message;
        message.ShouldStartWith("The model has dynamic dimensions ('batch', 'input[2]'), and TensorRT builds an engine");
        message.ShouldContain("TrtProfile=\"batch=1..4..16\"");
        var fixedModel = new ModelSignature("f.onnx", new([Tensor(Dimension.Fixed(2))]), default);
        ProfileResolver.Complete(fixedModel, fixedModel.Declaration).ShouldBeEmpty();
    }

    [Fact]
    public void A_profile_becomes_the_shapes_of_every_input_that_changes()
    {
        var options = new TensorRtOptions { Profiles = [new() { ["batch"] = (1, 4, 8), ["input[2]"] = (16, 32, 64) }] };
        var profile = ProfileResolver.Declaration(Detector, options).Profiles[0];
        ProfileResolver.ShapeOf(Detector, profile, 0, range => range.Minimum).ShouldBe([1, 3, 16]);
        ProfileResolver.ShapeOf(Detector, profile, 0, range => range.Optimum).ShouldBe([4, 3, 32]);
        ProfileResolver.ShapeOf(Detector, profile, 0, range => range.Maximum).ShouldBe([8, 3, 64]);
    }

    [Fact]
    public void Profiles_in_the_options_decide_which_sizes_are_taken()
    {
        var options = new ModelOptions
        {
            RequiredBackend = BackendKind.OnnxRuntimeCpu, TensorRT = new() { Profiles = [new() { ["batch"] = (1, 1, 2) }] },
        };
        using var model = DeclaredModel.Load(options);
        Should.NotThrow(() => model.Inputs(2).Dispose());
        Should.Throw<TensorException>(() => model.Inputs(3)).Message.ShouldContain("batch=1..1..2");
        using var plain = DeclaredModel.Load(ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        Should.NotThrow(() => plain.Inputs(16).Dispose());
    }

    private static TensorDescription Tensor(params Dimension[] dimensions) => new(
        "input", ValueKind.Tensor, ElementType.Float, SymbolicShape.Of(dimensions), "tensor(float)", "");

    private static ModelSignature Signature(ModelDeclaration declaration) => new(
        "d.onnx", new([Tensor(Dimension.FromParameter("batch"), Dimension.Fixed(3), Dimension.Unknown)]), default)
    {
        Declaration = declaration,
    };

    private static ModelDeclaration Declared(string expected)
    {
        var profile = new OptimizationProfile(new([new(0, "batch", 1, 4, 16)]));
        profile.ToString().ShouldBe(expected);
        return new() { Profiles = new([profile]), Backend = RequestedBackend.TensorRT };
    }
}
