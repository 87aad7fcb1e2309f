using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TrtBindings.Cli.Tests;

/// <summary>The tool on a terminal, which the program <c>script</c> makes: colours, and NO_COLOR.</summary>
public sealed partial class TerminalTests
{
    private static readonly string Segmenter = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-seg.onnx");

    [SkippableTheory]
    [InlineData("80", null)]
    [InlineData("200", "1")]
    public void Colours_are_on_a_terminal_only_and_not_with_NO_COLOR(string columns, string? noColor)
    {
        var output = OnTerminal(columns, noColor, "inspect", Segmenter);
        output.ShouldContain("YoloSeg");
        // Green for what TensorRT takes. Bold and dim are no colours.
        (output.Contains("\u001b[38;5;", StringComparison.Ordinal) || output.Contains("\u001b[32m", StringComparison.Ordinal))
            .ShouldBe(noColor is null, output);
        output.Split('\n').Any(line => Plain(line).Length > 80).ShouldBe(columns == "200");
    }

    /// <summary>.NET itself sets the keypad's mode (ESC [ ? 1 h, ESC =) on every terminal.</summary>
    [SkippableFact]
    public void Json_on_a_terminal_has_no_escape_sequences() => OnTerminal("80", null, "inspect", Segmenter, "--json")
        .Replace("\u001b[?1h", "").Replace("\u001b=", "").ShouldNotContain("\u001b");

    private static string Plain(string line) => Escape().Replace(line, "").TrimEnd();

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escape();

    private static string OnTerminal(string columns, string? noColor, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The program script of util-linux is for Linux.");
        var tool = Tool.StartOf(arguments);
        var line = string.Join(' ', tool.ArgumentList.Prepend(tool.FileName).Select(one => $"'{one}'"));
        var start = new ProcessStartInfo("script", ["-qec", line, "/dev/null"])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        start.Environment["COLUMNS"] = columns;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (noColor is not null) start.Environment["NO_COLOR"] = noColor;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            Skip.If(true, "The program script is not there.");
            throw;
        }
    }
}
