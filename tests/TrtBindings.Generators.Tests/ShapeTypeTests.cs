using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Tests;

/// <summary>Sizes as types: equal sizes match, within an assembly and across assemblies; others do not compile.</summary>
public sealed class ShapeTypeTests
{
    /// <summary>Gives [n, 3, 4, 5] from [n, 3, 4, 5].</summary>
    private static OnnxModelBuilder First => Models.Identity("x", "y", "n", 3L, 4L, 5L);

    [Theory]
    [InlineData(3L, 4L, 5L, ElementType.Float, "")]
    [InlineData(3L, 4L, 6L, ElementType.Float, "CS0315")]
    [InlineData(3L, 5L, 4L, ElementType.Float, "CS0315")]
    [InlineData(3L, 4L, 5L, ElementType.Double, "CS1503")]
    public void A_tensor_of_one_model_goes_into_another_only_where_fixed_sizes_and_type_match(
        long a, long b, long c, ElementType type, string expected)
    {
        var second = new OnnxModelBuilder().Input("images", type, "batch", a, b, c).Output("z", ElementType.Float, 1L)
            .Node("Identity", ["images"], ["z"]);
        foreach (var statement in (string[])["i.Images.CopyFrom(o.Y);", "o.Y[0].CopyTo(i.Images[0]);"])
            Check(second, statement, expected);
    }

    [Theory]
    [InlineData("n", 3L, 4L, 5L, "")]
    [InlineData(2L, 3L, 4L, 5L, "")]
    [InlineData(2L, "c", "h", "w", "")]
    [InlineData("n", 3L, "h", 5L, "")]
    [InlineData(2L, 3L, "h", 6L, "CS0315")]
    [InlineData("n", "c", 5L, 4L, "CS0315")]
    public void A_dynamic_dimension_meets_any_size_and_two_sizes_meet_only_if_equal(
        object a, object b, object c, object d, string expected)
    {
        foreach (var statement in (string[])["i.Images.CopyFrom(o.Y);", "o.Y.View.CopyTo(i.Images.View);",
            "i.Images.View.CopyTo(f.X.View);"])
        {
            var second = new OnnxModelBuilder().Input("images", ElementType.Float, a, b, c, d)
                .Output("z", ElementType.Float, 1L).Node("Identity", ["images"], ["z"]);
            Check(second, statement, expected);
        }
    }

    [Theory]
    [InlineData(3L, "h", "")]
    [InlineData("c", 28L, "")]
    [InlineData(1L, 28L, "CS0619")]
    [InlineData(28L, 28L, "CS0619")]
    public void An_image_is_letterboxed_into_three_planes_and_nothing_else(object channels, object height, string expected) =>
        Compile(
            Models.Identity("x", "y", "n", channels, height, 3L),
            Use("MyApp.Model.Inputs i, TrtBindings.Vision.ImageView image",
                "TrtBindings.Vision.Letterbox.LetterboxTo(image, i.X[0]);"),
            expected);

    [Theory]
    [InlineData("_ = i.X[0][2, 3, 4];", "")]
    [InlineData("_ = i.X[0][2, 3];", "CS7036")]
    [InlineData("_ = i.X[0][2, 3, 4, 5];", "CS1501")]
    [InlineData("_ = i.X.View[0, 2, 3, 4];", "")]
    [InlineData("_ = i.X.View[2, 3, 4];", "CS7036")]
    [InlineData("i.X[0][0, 0, 0] = 1f;", "")]
    [InlineData("i.X[0][0, 0, 0] = 1d;", "CS0664")]
    [InlineData("_ = o.Y[0][0, 0, 0];", "")]
    [InlineData("o.Y[0][0, 0, 0] = 1f;", "CS8331")]
    [InlineData("System.Numerics.Tensors.TensorSpan<float> s = i.X[0]; _ = s.Rank;", "")]
    [InlineData("System.Numerics.Tensors.TensorSpan<double> s = i.X[0]; _ = s.Rank;", "CS0029")]
    [InlineData("System.Numerics.Tensors.ReadOnlyTensorSpan<float> s = o.Y[0]; _ = s.Rank;", "")]
    [InlineData("System.Numerics.Tensors.TensorSpan<float> s = o.Y[0]; _ = s.Rank;", "CS0029")]
    [InlineData("TrtBindings.InputTensor<float> t = i.X; _ = t[0].Rank;", "")]
    public void Indices_and_conversions_are_those_of_the_shape(string statement, string expected) => Compile(
        First, Use("MyApp.Model.Inputs i, MyApp.Model.Outputs o", statement),
        expected);

    [Theory]
    [InlineData(3L, "")]
    [InlineData(1L, "CS1503")]
    public void Generic_code_takes_any_size_where_it_says_so(long channels, string expected) => Compile(
        Models.Identity("x", "y", "n", channels, 4L, 5L),
        """
        using TrtBindings;
        using TrtBindings.Shapes;

        internal static class Use
        {
            public static void It(MyApp.Model.Inputs i) => Fill(i.X[0]);

            private static void Fill<H, W>(TensorView<float, N<_3>, H, W> image)
                where H : struct, IDimension where W : struct, IDimension
            {
                for (nint y = 0; y < image.Length1; y++)
                    for (nint x = 0; x < image.Length2; x++)
                        image[2, y, x] = H.Size * W.Size;
            }
        }
        """,
        expected);

    [Fact]
    public void A_tensor_of_another_assembly_fits_where_its_sizes_match()
    {
        var library = GeneratorRun.Of(First, "far.onnx");
        using var bytes = new MemoryStream();
        library.Output.Emit(bytes).Success.ShouldBeTrue();
        var reference = MetadataReference.CreateFromImage(bytes.ToArray());
        foreach (var (last, expected) in ((long, string)[])[(5L, ""), (6L, "CS0315")])
        {
            var near = GeneratorRun.Of(Models.Identity("x", "y", "batch", 3L, 4L, last), "near.onnx", """
                internal static class Use
                {
                    public static void It(MyApp.Near.Inputs near, MyApp.Far.Outputs far) => near.X.CopyFrom(far.Y);
                }
                """);
            Ids(near.Output.AddReferences(reference)).ShouldBe(expected.Length == 0 ? [] : [expected]);
        }
    }

    [Fact]
    public void What_was_copied_arrives()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("model.onnx", First);
        var run = GeneratorRun.Of([path], "MyApp", null, """
            public static class Use
            {
                public static float[] It(string path)
                {
                    using var model = MyApp.Model.Load(path);
                    using var inputs = model.AllocateInputs(2);
                    using var outputs = model.AllocateOutputs(2);
                    inputs.X[1][2, 3, 4] = 7;
                    inputs.X.View.Slice(1, 1)[0, 0, 0, 1] = 8;
                    model.Run(inputs, outputs);
                    inputs.X.Span.Clear();
                    outputs.Y[1].CopyTo(inputs.X[0]);
                    model.Run(inputs, outputs);
                    inputs.X.CopyFrom(outputs.Y);
                    return inputs.X.Span.ToArray();
                }
            }
            """);
        using var assembly = new MemoryStream();
        run.Output.Emit(assembly).Success.ShouldBeTrue();
        var result = (float[])Assembly.Load(assembly.ToArray()).GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
        result[59].ShouldBe(7);
        result[1].ShouldBe(8);
        result.Sum().ShouldBe(15);
    }

    [Fact]
    public void Shapes_beyond_the_types_have_plain_tensors()
    {
        var run = GeneratorRun.Of(new OnnxModelBuilder()
            .Input("nine", ElementType.Float, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L).Input("scalar", ElementType.Float)
            .Input("eight", ElementType.Float, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)
            .Output("huge", ElementType.Float, 10_000_000_000L).Output("large", ElementType.Float, 9_999_999_999L)
            .Node("Identity", ["scalar"], ["huge"]));
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("InputTensor<float> Nine ");
        run.Source.ShouldContain("InputTensor<float> Scalar ");
        run.Source.ShouldMatch("InputTensor<float, .*> Eight ");
        run.Source.ShouldContain("OutputTensor<float> Huge ");
        run.Source.ShouldMatch("OutputTensor<float, .*> Large ");
    }

    private static string Use(string parameters, string statement) =>
        $"internal static class Use {{ public static void It({parameters}) {{ {statement} }} }}";

    private static void Check(OnnxModelBuilder second, string statement, string expected)
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of([folder.Add("first.onnx", First), folder.Add("second.onnx", second)], "MyApp", null,
            Use("MyApp.First.Inputs f, MyApp.First.Outputs o, MyApp.Second.Inputs i", statement));
        run.Ids.ShouldBeEmpty();
        Ids(run.Output).ShouldBe(expected.Length == 0 ? [] : [expected], statement);
    }

    private static void Compile(OnnxModelBuilder model, string code, string expected)
    {
        var run = GeneratorRun.Of(model, sources: code);
        run.Ids.ShouldBeEmpty();
        Ids(run.Output).ShouldBe(expected.Length == 0 ? [] : [expected], string.Join('\n', run.Problems));
    }

    private static string[] Ids(Compilation compilation) =>
        [.. Compiler.Problems(compilation).Select(p => p[..p.IndexOf(' ')]).Distinct()];
}
