namespace TrtBindings.Cli.Output;

/// <summary>The command line or a file on it cannot be used. The message is one sentence and says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
