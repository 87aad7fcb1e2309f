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

    /// <summary>A variable of a script that has no value.</summary>
    [Fact]
    public void An_empty_value_is_one_line_that_names_the_option()
    {
        var model = Models.Shipped("desk-detect/desk-detect.onnx");
        Tool.Run("inspect", "").ShouldBeOneLine(2, "'file' is given with an empty value");
        Tool.Run("build", model, "--output", "").ShouldBeOneLine(2, "'--output'");
        Tool.Run("new", "app", "--model", model, "-o", "").ShouldBeOneLine(2, "'--output'");
        Tool.Run("run", model, "--input", "images=").ShouldBeOneLine(2, "no file with an array");
        Tool.Run("inspect", model, "--namespace", "", "--code").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("99999999")]
    public void A_time_that_no_timer_takes_is_one_line(string seconds) =>
        Tool.Run("doctor", "--timeout", seconds).ShouldBeOneLine(2, $"--timeout is {seconds}");

    [Fact]
    public void A_file_is_no_cache()
    {
        var file = Models.Shipped("desk-detect/desk-detect.onnx");
        Tool.Run("cache", "list", "--cache", file).ShouldBeOneLine(2, "which is a file");
        Tool.Run("cache", "clear", "--yes", "--cache", file).ShouldBeOneLine(2, "which is a file");
    }

    [Fact]
    public void Help_has_examples()
    {
        var run = Tool.Run("inspect", "--help");
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Examples:");
    }
}
