using Microsoft.Extensions.Logging;

namespace TrtBindings.TensorRT.Building;

/// <summary>The lines about builds. Without a logger they go to the standard error: a build takes minutes of somebody.</summary>
/// <param name="logger">Gets every line.</param>
/// <param name="errors">Takes the place of the standard error.</param>
internal sealed partial class BuildLog(ILogger? logger, TextWriter? errors = null)
{
    /// <summary>Before a build starts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version of TensorRT.</param>
    /// <param name="gpu">The GPU's name.</param>
    /// <param name="why">Why there is no engine yet, without a full stop.</param>
    public void Starts(string model, string version, string gpu, string why)
    {
        if (logger is not null) Starting(logger, model, version, gpu, why);
        else Write($"{why}. Building an engine of '{model}' with TensorRT {version} on {gpu}; this may take minutes.");
    }

    /// <summary>Another process builds the same engine.</summary>
    public void Waits(string model)
    {
        if (logger is not null) Waiting(logger, model);
        else Write($"Another thread or process builds the engine of '{model}'; waiting for it.");
    }

    /// <summary>After a build.</summary>
    public void Ended(string model, string path, double seconds)
    {
        if (logger is not null) Built(logger, model, seconds, path);
    }

    /// <summary>Something that costs time and nothing else.</summary>
    public void Note(string text)
    {
        if (logger is not null) Noted(logger, text);
        else Write(text);
    }

    private void Write(string text) => (errors ?? Console.Error).WriteLine($"TrtBindings: {text}");

    [LoggerMessage(40, LogLevel.Information,
        "{Why}. Building an engine of '{Model}' with TensorRT {Version} on {Gpu}; this may take minutes.")]
    private static partial void Starting(ILogger logger, string model, string version, string gpu, string why);

    [LoggerMessage(41, LogLevel.Information, "Another thread or process builds the engine of '{Model}'; waiting for it.")]
    private static partial void Waiting(ILogger logger, string model);

    [LoggerMessage(42, LogLevel.Information, "The engine of '{Model}' was built in {Seconds:0.0} s: '{Path}'.")]
    private static partial void Built(ILogger logger, string model, double seconds, string path);

    [LoggerMessage(43, LogLevel.Warning, "{Text}")]
    private static partial void Noted(ILogger logger, string text);
}
