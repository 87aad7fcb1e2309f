namespace TrtBindings.Tests.Models;

/// <summary>Sizes that no declared profile has are refused where TensorRT is asked for, and nowhere else.</summary>
public sealed class DeclarationTests
{
    private static readonly TensorDescription Picture = new(
        "images", ValueKind.Tensor, ElementType.Float,
        SymbolicShape.Of(Dimension.FromParameter("batch"), Dimension.Fixed(3), Dimension.FromParameter("height"),
            Dimension.Fixed(8)),
        "tensor(float)", "");

    private static readonly OptimizationProfile Small = new(new([new(0, "batch", 1, 4, 16), new(1, "height", 8, 16, 32)]));
    private static readonly OptimizationProfile Large = new(new([new(0, "batch", 32, 32, 32)]));

    [Theory]
    [InlineData(1, 8)]
    [InlineData(16, 32)]
    [InlineData(32, 64)]
    public void Sizes_of_one_profile_are_taken(long batch, long height)
    {
        using var inputs = new PictureInputs(Signature(RequestedBackend.TensorRT), [batch, height]);
        inputs.DimensionValues.ToArray().ShouldBe([batch, height]);
    }

    [Theory]
    [InlineData(17, 8, "batch = 17")]
    [InlineData(16, 7, "height = 7")]
    [InlineData(33, 64, "batch = 33")]
    public void Sizes_of_no_profile_are_refused_only_for_TensorRT(long batch, long height, string says)
    {
        var error = Should.Throw<TensorException>(
            () => new PictureInputs(Signature(RequestedBackend.TensorRT), [batch, height]));
        error.Message.ShouldBe($"{says} lies in none of the model's profiles, batch=1..4..16,height=8..16..32 | batch=32. "
            + "Use sizes within one of them, or widen them: TrtProfile on the model's item, or TensorRtOptions.Profiles.");
        foreach (var backend in new[] { RequestedBackend.Any, RequestedBackend.OnnxRuntime })
            using (new PictureInputs(Signature(backend), [batch, height])) { }
    }

    [Fact]
    public void A_resize_out_of_every_profile_changes_nothing()
    {
        using var inputs = new PictureInputs(Signature(RequestedBackend.TensorRT), [32, 32]);
        Should.Throw<TensorException>(() => inputs.ResizeTo(20, 32));
        inputs.DimensionValues.ToArray().ShouldBe([32, 32]);
        inputs.ResizeTo(2, 32);
        inputs.DimensionValues.ToArray().ShouldBe([2, 32]);
    }

    [Fact]
    public void Images_that_would_come_out_mixed_are_refused()
    {
        var outputs = new long[] { 1, 1, 1, 4, 4, 4 }.Select((v, i) => new TensorDescription(
            $"o{i}", ValueKind.Tensor, ElementType.Float, SymbolicShape.Of(Dimension.Unknown, Dimension.Fixed(v)),
            "tensor(float)", "")).ToArray();
        var signature = new ModelSignature("m.onnx", new([Picture]), new(outputs));
        using (new PictureInputs(signature, [1, 64])) { }
        Should.Throw<TensorException>(() => new PictureInputs(signature, [2, 64]))
            .Message.ShouldStartWith("Dimension 'batch' must be 1, not 2: the model's outputs have no batch dimension");
        using (new PictureInputs(new("m.onnx", new([Picture]), new(outputs[..5])), [2, 64])) { }
    }

    private static ModelSignature Signature(RequestedBackend backend) => new("m.onnx", new([Picture]), default)
    {
        Declaration = new() { Backend = backend, Profiles = new([Small, Large]) },
    };

    private sealed class PictureInputs : ModelInputs
    {
        public PictureInputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
            : base(signature, dimensions) => AddTensor<float>();
    }
}
