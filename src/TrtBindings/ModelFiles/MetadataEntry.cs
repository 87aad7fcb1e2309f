namespace TrtBindings;

/// <summary>One entry of the model's <c>metadata_props</c>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value, verbatim.</param>
public sealed record MetadataEntry(string Key, string Value);
