namespace TrtBindings.Generators.Tests;

/// <summary>A model is compared with the signature file beside it.</summary>
public sealed class SignatureFileTests
{
    private const string Header = "# comment\n\n";

    [Theory]
    [InlineData("input x: float [n, 4]\noutput y: float [n, 4]\nlabel 0: cat\nlabel 1: dog\\u0020\n", null)]
    [InlineData("input x: float [n, 4]\r\noutput y: float [n, 4]\r\nlabel 0: cat\r\nlabel 1: dog\\u0020", null)]
    [InlineData("input x: float [m, 4]\n", "it was 'input x: float [m, 4]' and is 'input x: float [n, 4]'")]
    [InlineData("input x: float [n, 4]\noutput y: float [n, 4]\nlabel 0: cat\n", "'label 1: dog\\u0020', which is not in")]
    [InlineData(
        "input x: float [n, 4]\noutput y: float [n, 4]\nlabel 0: cat\nlabel 1: dog\\u0020\nlabel 2: cow", "has not 'label 2")]
    [InlineData("", "the model has 'input x: float [n, 4]', which is not in the file")]
    public void The_first_difference_is_named(string text, string? difference)
    {
        using var folder = new ModelFolder();
        var model = folder.Add("m.onnx", Models.Identity("x", "y", "n", 4L).Metadata("names", "['cat', 'dog ']"));
        var other = folder.Add("other.onnx", Models.Identity());
        var run = GeneratorRun.Of(
            model, other, folder.Add("m.onnx.signature.txt", System.Text.Encoding.UTF8.GetBytes(Header + text)));
        run.Result.GeneratedSources.Length.ShouldBe(2);
        if (difference is null) run.Ids.ShouldBeEmpty(string.Join('\n', run.Messages));
        else run.Messages.ShouldHaveSingleItem().ShouldContain(difference);
    }

    [Theory]
    [InlineData("input x: float [1, 4]\noptional a: float [1]\noutput y: float [1, 4]\n", "")]
    [InlineData("input x: float [1, 4]\noutput y: float [1, 4]\n", "is 'optional a: float [1]'")]
    public void Inputs_with_a_default_are_lines_too(string text, string difference)
    {
        using var folder = new ModelFolder();
        var model = Models.Identity().Input("a", ElementType.Float, 1L).Initializer("a", ElementType.Float, [1], new byte[4]);
        var run = GeneratorRun.Of(
            folder.Add("m.onnx", model), folder.Add("m.onnx.signature.txt", System.Text.Encoding.UTF8.GetBytes(text)));
        if (difference.Length == 0) run.Ids.ShouldBeEmpty(string.Join('\n', run.Messages));
        else run.Messages.ShouldHaveSingleItem().ShouldContain(difference);
    }

    [Fact]
    public void A_model_that_cannot_be_read_is_not_compared()
    {
        using var folder = new ModelFolder();
        GeneratorRun.Of(folder.Add("m.onnx", []), folder.Add("m.onnx.signature.txt", []))
            .Ids.ShouldBe(["TRTB0002"]);
    }
}
