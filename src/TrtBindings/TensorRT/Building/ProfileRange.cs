namespace TrtBindings.TensorRT.Building;

/// <summary>What one profile allows for one input.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Min">The least: every dimension of the input, or every value of one that decides shapes.</param>
/// <param name="Opt">What the engine is made fastest for.</param>
/// <param name="Max">The most.</param>
/// <param name="IsValues">Whether the numbers are values of the input (a shape tensor), not its dimensions.</param>
internal sealed record ProfileRange(
    string Input, IReadOnlyList<long> Min, IReadOnlyList<long> Opt, IReadOnlyList<long> Max, bool IsValues = false)
{
    /// <summary>For example <c>images[1,3,320,320]..[4,3,320,320]..[8,3,320,320]</c>.</summary>
    public override string ToString() =>
        $"{Input}{(IsValues ? " values " : "")}[{string.Join(',', Min)}]..[{string.Join(',', Opt)}]..[{string.Join(',', Max)}]";
}
