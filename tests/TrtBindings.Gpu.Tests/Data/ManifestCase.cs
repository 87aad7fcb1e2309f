using System.Text.Json;

namespace TrtBindings.Gpu.Tests.Data;

/// <summary>One run that was made elsewhere: shapes in, shapes and values out.</summary>
/// <param name="Profile">The profile that was used.</param>
/// <param name="Inputs">Shape of each input.</param>
/// <param name="InputKind"><c>formula</c>, <c>zeros</c>, <c>ones</c>, or rows of values.</param>
/// <param name="Outputs">What came out.</param>
internal sealed record ManifestCase(
    int Profile, Dictionary<string, long[]> Inputs, JsonElement? InputKind, Dictionary<string, ManifestResult> Outputs)
{
    /// <summary>For example <c>input 16x1x224x224</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Inputs.Select(input => $"{input.Key} {string.Join('x', input.Value)}"))
        + (InputKind is { ValueKind: JsonValueKind.String } kind ? $" {kind}" : "");
}
