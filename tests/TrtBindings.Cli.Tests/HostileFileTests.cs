namespace TrtBindings.Cli.Tests;

/// <summary>Files that are missing, damaged or of another kind: one line, no stack trace, an exit code that is not 0.</summary>
[Trait("Category", "Slow")]
public sealed class HostileFileTests : IDisposable
{
    private readonly Models _models = new();

    public void Dispose() => _models.Dispose();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var command in (string[])["run", "compare", "bench", "build", "convert"])
                foreach (var file in (string[])["missing", "empty", "html", "cut", "engine", "folder"]) cases.Add(command, file);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_that_is_no_model_is_one_line(string command, string file)
    {
        string[] more = command switch
        {
            "run" => ["--image", Models.Picture("01")],
            "compare" => [_models.Double()],
            "convert" => ["--to", "fp16"],
            _ => [],
        };
        var run = Tool.Run([command, PathOf(file), .. more]);
        run.ExitCode.ShouldBeOneOf(2, 3);
        run.ShouldBeOneLine(run.ExitCode, "");
        run.Error.ShouldNotContain("fault of trtb");
        run.Error.ShouldContain(Path.GetFileName(PathOf(file)));
    }

    private string PathOf(string file) => file switch
    {
        "empty" => _models.Write("empty.onnx", []),
        "html" => _models.Write("page.onnx", "<!DOCTYPE html><html>Not Found</html>"u8.ToArray()),
        "cut" => _models.Write("cut.onnx", File.ReadAllBytes(Models.Shipped("desk-detect/desk-detect.onnx"))[..5000]),
        "engine" => _models.Write("no.engine", "ptrt, but not really"u8.ToArray()),
        "folder" => _models.Folder,
        _ => _models.PathOf("missing.onnx"),
    };
}
