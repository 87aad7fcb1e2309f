using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace TrtBindings.Cli.Output;

/// <summary>
/// Where a command writes: its result on standard output, as text or as one JSON object, and progress and errors on standard
/// error. Knows the width, whether there is a terminal, and <c>NO_COLOR</c>.
/// </summary>
internal sealed class Screen
{
    private const int WidthOfPipe = 120;

    /// <summary>One object for people to read too: indented, and without \u0027 for an apostrophe.</summary>
    private static readonly JsonWriterOptions Json = new()
    {
        Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lazy<IAnsiConsole> _aside = new(() => ConsoleOf(Console.Error, Console.IsErrorRedirected));

    /// <param name="isJson">Whether the result is written as JSON.</param>
    public Screen(bool isJson) => IsJson = isJson;

    /// <summary>Whether the result is written as JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Columns of a line: COLUMNS if it is set, otherwise those of the terminal, or 120 where there is none.</summary>
    public static int Width => WidthOf(Console.IsOutputRedirected);

    /// <summary>Whether somebody watches standard error, so that a live display makes sense.</summary>
    public bool IsWatched => !IsJson && !Console.IsErrorRedirected;

    /// <summary>Writes the result of a command.</summary>
    /// <param name="result">The result.</param>
    /// <param name="type">Its type for JSON, of a source-generated context.</param>
    /// <param name="write">Writes it as text.</param>
    public void Show<T>(T result, JsonTypeInfo<T> type, Action<T, IAnsiConsole> write)
    {
        if (IsJson)
        {
            WriteJson(result, type);
            return;
        }

        if (!Console.IsOutputRedirected)
        {
            write(result, ConsoleOf(Console.Out, isRedirected: false));
            return;
        }

        // Columns are filled with spaces to their width, which a file or a program after a pipe has no use for.
        using var text = new StringWriter();
        write(result, ConsoleOf(text, isRedirected: true));
        foreach (var line in text.ToString().AsSpan().TrimEnd().EnumerateLines()) Console.Out.WriteLine(line.TrimEnd());
    }

    /// <summary>Writes text to standard output as it is, without breaking lines.</summary>
    public void Write(string text)
    {
        if (!IsJson) Console.Out.Write(text);
    }

    /// <summary>Writes a line to standard error, beside the result: a warning, or what is being done.</summary>
    public void Note(string line) => _aside.Value.WriteLine(line);

    /// <summary>Does long work with a live display of its progress, or a line now and then where nobody watches.</summary>
    /// <param name="what">What is done, in a few words.</param>
    /// <param name="work">The work. It reports the part done, 0 to 1, and what it is at.</param>
    public Task<T> WithProgressAsync<T>(string what, Func<IProgress<StepProgress>, Task<T>> work) =>
        IsWatched ? LiveProgress.RunAsync(_aside.Value, what, work) : LineProgress.RunAsync(Console.Error, what, work, IsJson);

    /// <summary>Writes an exception as one line and, for <c>--json</c>, as an object.</summary>
    /// <returns>The exit code.</returns>
    public int Fail(Exception exception)
    {
        var (line, exitCode) = Failures.Of(exception);
        if (IsJson) WriteJson(new ErrorReport(line, exitCode), ScreenJson.Default.ErrorReport);
        Console.Error.WriteLine("trtb: " + line);
        return exitCode;
    }

    private static void WriteJson<T>(T result, JsonTypeInfo<T> type)
    {
        using var to = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(to, Json)) JsonSerializer.Serialize(writer, result, type);
        to.WriteByte((byte)'\n');
    }

    private static IAnsiConsole ConsoleOf(TextWriter writer, bool isRedirected)
    {
        // Spectre.Console looks at NO_COLOR itself. A pipe gets neither colours nor cursor movements.
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        console.Profile.Width = WidthOf(isRedirected);
        return console;
    }

    private static int WidthOf(bool isRedirected)
    {
        const int Least = 40;
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out var columns))
            return Math.Max(Least, columns);
        return isRedirected ? WidthOfPipe : Math.Max(Least, Console.WindowWidth);
    }
}
