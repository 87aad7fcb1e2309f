namespace TrtBindings.Generators;

/// <summary>One generated file.</summary>
/// <param name="HintName">Its name for the compiler.</param>
/// <param name="Text">Its text.</param>
internal sealed record GeneratedSource(string HintName, string Text);
