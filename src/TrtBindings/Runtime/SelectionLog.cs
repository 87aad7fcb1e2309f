using Microsoft.Extensions.Logging;

namespace TrtBindings.Runtime;

/// <summary>Log messages about the selection of a backend.</summary>
internal static partial class SelectionLog
{
    [LoggerMessage(1, LogLevel.Information, "'{Model}' does not run on {Backend}: {Reason}")]
    public static partial void Refused(ILogger logger, string model, string backend, string reason);

    [LoggerMessage(2, LogLevel.Information, "'{Model}' runs on {Backend}, from '{Library}'.")]
    public static partial void Taken(ILogger logger, string model, string backend, string library);
}
