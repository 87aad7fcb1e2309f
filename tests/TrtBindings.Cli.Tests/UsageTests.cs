namespace TrtBindings.Cli.Tests;

/// <summary>What is the same for all commands: help, version, wrong usage.</summary>
public sealed class UsageTests
{
    [Fact]
    public void A_missing_file_is_one_line_and_exit_code_2() =>
        Tool.Run("inspect", "missing.onnx").ShouldBeOneLine(2, "missing.onnx");

    [Fact]
    public void A_missing_argument_is_one_line_that_says_where_to_read_on() =>
        Tool.Run("inspect").ShouldBeOneLine(2, "See 'trtb inspect --help'.");

    [Fact]
    public void With_json_an_error_is_an_object_too()
    {
        var run = Tool.Run("inspect", "missing.onnx", "--json");
        run.ExitCode.ShouldBe(2);
        run.Json.GetProperty("exitCode").GetInt32().ShouldBe(2);
        run.Json.GetProperty("error").GetString()!.ShouldContain("missing.onnx");
    }

    [Fact]
    public void Help_has_examples()
    {
        var run = Tool.Run("inspect", "--help");
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Examples:");
    }
}
