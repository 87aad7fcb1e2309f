namespace TrtBindings.Generators.Tests;

/// <summary>Sizes of 0 in generated classes.</summary>
public sealed class EmptyTensorTests
{
    [Fact]
    public void A_first_axis_of_zero_goes_to_ONNX_Runtime_and_comes_back()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("echo.onnx", new OnnxModelBuilder().Input("x", ElementType.Float, "n", 4L)
            .Output("y", ElementType.Float, "n", 4L).Output("sum", ElementType.Float, 1L, 4L)
            .Initializer("axes", ElementType.Int64, [1], new byte[8])
            .Node("Add", ["x", "x"], ["y"]).Node("ReduceSum", ["x", "axes"], ["sum"]));
        var type = RunTests.Compile([path], new(), """
            public static class Use
            {
                public static string It(string path)
                {
                    using var model = MyApp.Echo.Load(path);
                    using var inputs = model.AllocateInputs(n: 0);
                    using var outputs = model.AllocateOutputs(n: 0);
                    var seen = "";
                    for (var run = 0; run < 3; run++)
                    {
                        model.Run(inputs, outputs);
                        seen += $"{inputs.X.View.Length0} {outputs.Y.View.Length0} {outputs.Y.Span.Length} "
                            + $"{string.Join(',', outputs.Sum.Span.ToArray())}|";
                    }

                    var none = new float[0];
                    using var wrapped = model.WrapInputs(0, none);
                    using var some = model.AllocateInputs(n: 2);
                    using var room = model.AllocateOutputs(n: 2);
                    some.X.Span.Fill(3);
                    model.Run(wrapped, room);
                    seen += room.Y.Span.Length;
                    model.Run(some, room);
                    seen += $" {room.Y.Span.Length} {room.Sum.Span[3]}";
                    some.Resize(n: 0);
                    model.Run(some, room);
                    return seen + $" {room.Y.Span.Length} {room.Sum.Span[3]}";
                }
            }
            """)["echo.onnx"];
        var result = (string)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
        result.ShouldBe("0 0 0 0,0,0,0|0 0 0 0,0,0,0|0 0 0 0,0,0,0|0 8 6 0 0");
    }
}
