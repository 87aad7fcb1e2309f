using System.Text.Json.Serialization;

namespace TrtBindings.Cli.NewApp;

/// <summary>What <c>trtb new app</c> made.</summary>
/// <param name="Folder">The project's folder.</param>
/// <param name="Project">The project file.</param>
/// <param name="ClassName">The model's class.</param>
/// <param name="Family">The model's family; nothing if it has none, and the program works with tensors.</param>
/// <param name="Files">Files in the folder.</param>
/// <param name="Next">The commands to run it.</param>
internal sealed record NewAppReport(
    string Folder, string Project, string ClassName, string? Family, IReadOnlyList<string> Files, IReadOnlyList<string> Next);

/// <summary>How the report is written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewAppReport))]
internal sealed partial class NewAppJson : JsonSerializerContext;
