namespace TrtBindings.TensorRT.Building;

/// <summary>One optimization profile, resolved: a range for each input that has dynamic dimensions or decides shapes.</summary>
/// <param name="Ranges">Ranges of inputs with fixed dimensions may stand here too.</param>
internal sealed record BuildProfile(IReadOnlyList<ProfileRange> Ranges)
{
    /// <summary>The ranges, in order.</summary>
    public override string ToString() => string.Join(' ', Ranges);
}
