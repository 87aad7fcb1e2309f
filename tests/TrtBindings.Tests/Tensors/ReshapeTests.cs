namespace TrtBindings.Tests.Tensors;

/// <summary>Inputs without a declared rank, whose shape the caller sets.</summary>
public sealed class ReshapeTests
{
    [Fact]
    public void A_first_shape_of_nothing_is_a_scalar()
    {
        using var inputs = new Inputs([]);

        (inputs.Values.Rank, inputs.Values.Span.Length).ShouldBe((0, 1));
        (inputs.Words.Rank, inputs.Words.Span.Length).ShouldBe((0, 1));
        inputs.Words.Span[0].ShouldBe("");
    }

    [Fact]
    public void Memory_of_the_library_grows_and_elements_stay()
    {
        using var inputs = new Inputs([2]);
        inputs.Values.Span[1] = 7;
        inputs.Words.Span[1] = "seven";
        var (values, words) = (inputs.Values.Version, inputs.Words.Version);

        inputs.Values.Reshape(2, 3, 4);
        inputs.Words.Reshape(2, 3);

        inputs.Values.Lengths.ToArray().ShouldBe([2, 3, 4]);
        inputs.Values.Tensor.Lengths.ToArray().ShouldBe([2, 3, 4]);
        inputs.Values.Span.ToArray().ShouldBe([0, 7, .. new float[22]]);
        inputs.Words.Span.ToArray().ShouldBe(["", "seven", "", "", "", ""]);
        inputs.Values.Version.ShouldBeGreaterThan(values, "a binding must notice");
        inputs.Words.Version.ShouldBeGreaterThan(words, "a binding must notice");
    }

    [Fact]
    public void A_smaller_shape_and_another_rank_keep_the_memory()
    {
        using var inputs = new Inputs([2, 12]);
        var address = inputs.Values.Address;
        inputs.Values.Reshape(4, 3, 2);
        inputs.Values.Reshape();
        inputs.Values.Span.Length.ShouldBe(1);
        inputs.Values.Reshape(0, 9);
        inputs.Values.Span.IsEmpty.ShouldBeTrue();
        inputs.Values.Reshape(24);
        inputs.Values.Address.ShouldBe(address);
    }

    [Fact]
    public void The_shape_of_another_tensor_can_be_taken_over()
    {
        using var inputs = new Inputs([2, 5]);
        inputs.Values.Reshape(3, 1);
        inputs.Words.Reshape(like: inputs.Values);
        inputs.Words.Lengths.ToArray().ShouldBe([3, 1]);
    }

    public static TheoryData<long[], string> Impossible => new()
    {
        { [2, -1], "'values' cannot have length -1 in dimension 1" },
        { [1L << 40, 1L << 40], "more bytes than can be addressed" },
        { [1L << 50], "which this system does not have" },
        { [.. Enumerable.Repeat(1L, 65)], "cannot have 65 dimensions; 64 is the most" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_shape_that_cannot_be_had_changes_nothing(long[] shape, string message)
    {
        using var inputs = new Inputs([2, 2]);
        inputs.Values.Span[3] = 7;
        var version = inputs.Values.Version;
        Should.Throw<TensorException>(() => inputs.Values.Reshape(shape)).Message.ShouldContain(message);
        Should.Throw<TensorException>(() => inputs.Words.Reshape([.. shape, -1]));
        inputs.Values.Lengths.ToArray().ShouldBe([2, 2]);
        inputs.Values.Span[3].ShouldBe(7);
        inputs.Values.Version.ShouldBe(version);
        inputs.Words.Lengths.ToArray().ShouldBe([2, 2]);
        Should.Throw<TensorException>(() => new Inputs(shape)).Message.ShouldContain(message);
    }

    [Fact]
    public void Memory_of_the_caller_is_never_replaced()
    {
        var memory = new float[6];
        using var inputs = new Inputs([1], memory);
        inputs.Values.Reshape(2, 3);
        inputs.Values.Span[5] = 7;
        var error = Should.Throw<TensorException>(() => inputs.Values.Reshape(7));
        error.Message.ShouldContain("needs 28 bytes, but the memory that was given holds 24");
        inputs.Values.Lengths.ToArray().ShouldBe([2, 3]);
        memory[5].ShouldBe(7);
    }

    [Fact]
    public void A_run_under_way_keeps_its_shapes()
    {
        using var inputs = new Inputs([2]);
        inputs.Enter();
        Should.Throw<TensorsInUseException>(() => inputs.Values.Reshape(1));
        Should.Throw<TensorsInUseException>(() => inputs.Words.Reshape(like: inputs.Values));
        inputs.Exit();
        inputs.Values.Reshape(1);
        inputs.Dispose();
        Should.Throw<ObjectDisposedException>(() => inputs.Values.Reshape(2));
    }

    private sealed class Inputs : ModelInputs
    {
        private static readonly ModelSignature Compiled = new(
            "open.onnx", new([Open("values", ElementType.Float), Open("words", ElementType.String)]), default);

        public Inputs(ReadOnlySpan<long> shape)
            : base(Compiled)
        {
            Values = new(NextUnrankedTensor(shape));
            Words = new(NextUnrankedTensor(shape));
        }

        public Inputs(ReadOnlySpan<long> shape, Memory<float> values)
            : base(Compiled)
        {
            Values = new(NextUnrankedTensor(shape), values);
            Words = new(NextUnrankedTensor(shape));
        }

        public UnrankedInputTensor<float> Values { get; }

        public UnrankedStringInputTensor Words { get; }

        private static TensorDescription Open(string name, ElementType type) =>
            new(name, ValueKind.Tensor, type, SymbolicShape.Unranked, $"tensor({type.OnnxName()})", "");
    }
}
