namespace TrtBindings.TestSupport.TensorRT;

/// <summary>The result of one check on a real library.</summary>
/// <param name="Name">What.</param>
/// <param name="Problem">What was wrong; <see langword="null"/> where the answer was the known one.</param>
internal sealed record SmokeCheck(string Name, string? Problem)
{
    /// <inheritdoc/>
    public override string ToString() => Problem is null ? $"ok {Name}" : $"wrong {Name}: {Problem}";
}
