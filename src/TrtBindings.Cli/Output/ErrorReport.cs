using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Output;

/// <summary>What <c>--json</c> writes where a command fails.</summary>
/// <param name="Error">The line that people get.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record ErrorReport(string Error, int ExitCode);

/// <summary>How an <see cref="ErrorReport"/> is written. Each command has a context of its own for its result.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorReport))]
internal sealed partial class ScreenJson : JsonSerializerContext;
