using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TrtBindings.TensorRT.Building;

/// <summary>The log lines about finding and building engines.</summary>
/// <param name="logger">Gets every line.</param>
/// <param name="console">
/// Gets one line when a build begins and one when it ends, if there is no logger; <see langword="null"/> writes nothing.
/// </param>
internal sealed partial class BuildLog(ILogger? logger, TextWriter? console = null)
{
    /// <summary>The application's logger.</summary>
    public ILogger? Logger => logger;

    /// <summary>A build begins.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version of TensorRT.</param>
    /// <param name="gpu">The GPU's name.</param>
    /// <param name="why">Why there is no engine yet, without a full stop.</param>
    public void Begin(string model, string version, string gpu, string why)
    {
        if (logger is not null) Begin(logger, model, version, gpu, why);
        else Write($"{why}. Building an engine of '{model}' with TensorRT {version} on {gpu}; this may take minutes.");
    }

    /// <summary>A build has ended with an engine.</summary>
    public void End(string model, string path, double seconds)
    {
        if (logger is not null) End(logger, model, seconds, path);
        else Write($"The engine of '{model}' was built in {Text(seconds)} s.");
    }

    /// <summary>A build has ended without an engine; the caller gets the error.</summary>
    public void EndWithout(string model, double seconds)
    {
        if (logger is not null) EndWithout(logger, model, seconds);
        else Write($"The build of an engine of '{model}' ended without an engine after {Text(seconds)} s.");
    }

    /// <summary>Another thread or process builds the same engine.</summary>
    public void Wait(string model)
    {
        if (logger is not null) Wait(logger, model);
    }

    /// <summary>Something that costs time or portability, and is no error.</summary>
    public void Note(string text)
    {
        if (logger is not null) Note(logger, text);
    }

    /// <summary>Further work of minutes after a build whose engine is refused.</summary>
    public void Search(string text)
    {
        if (logger is not null) Search(logger, text);
        else Write(text);
    }

    private static string Text(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);

    private void Write(string text) => console?.WriteLine($"TrtBindings: {text}");

    [LoggerMessage(40, LogLevel.Information,
        "{Why}. Building an engine of '{Model}' with TensorRT {Version} on {Gpu}; this may take minutes.")]
    private static partial void Begin(ILogger logger, string model, string version, string gpu, string why);

    [LoggerMessage(41, LogLevel.Information, "Another thread or process builds the engine of '{Model}'; waiting for it.")]
    private static partial void Wait(ILogger logger, string model);

    [LoggerMessage(42, LogLevel.Information, "The engine of '{Model}' was built in {Seconds:0.0} s: '{Path}'.")]
    private static partial void End(ILogger logger, string model, double seconds, string path);

    [LoggerMessage(43, LogLevel.Warning, "{Text}")]
    private static partial void Note(ILogger logger, string text);

    [LoggerMessage(44, LogLevel.Information,
        "The build of an engine of '{Model}' ended without an engine after {Seconds:0.0} s.")]
    private static partial void EndWithout(ILogger logger, string model, double seconds);

    [LoggerMessage(45, LogLevel.Warning, "{Text}")]
    private static partial void Search(ILogger logger, string text);
}
