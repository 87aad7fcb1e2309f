using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Collects log lines from any thread.</summary>
internal sealed class RecordingBuildLogger : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string[] Lines => [.. _lines];

    /// <summary>The lines that announce a build.</summary>
    public string[] Starts => [.. _lines.Where(line => line.Contains("may take minutes"))];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
