using System.ComponentModel;

namespace TrtBindings;

/// <summary>
/// For generated code: the sizes that a parameter for a dynamic dimension accepts. The analyzer reads it and reports constants
/// outside.
/// </summary>
/// <param name="name">ONNX name of the dimension; <c>tensor[axis]</c> where it has none.</param>
/// <param name="minimum">The smallest size that the model runs with.</param>
/// <param name="maximum">The largest size that the model runs with.</param>
/// <param name="profiles">
/// Smallest and largest size in each profile of <c>TrtProfile</c>, pair after pair. A profile that leaves the dimension out has
/// <paramref name="minimum"/> and <paramref name="maximum"/>.
/// </param>
[AttributeUsage(AttributeTargets.Parameter)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DimensionSizesAttribute(string name, long minimum, long maximum, params long[] profiles) : Attribute
{
    /// <summary>ONNX name of the dimension; <c>tensor[axis]</c> where it has none.</summary>
    public string Name => name;

    /// <summary>The smallest size that the model runs with.</summary>
    public long Minimum => minimum;

    /// <summary>The largest size that the model runs with.</summary>
    public long Maximum => maximum;

    /// <summary>Smallest and largest size in each profile, pair after pair; empty if the project declares none.</summary>
    public IReadOnlyList<long> Profiles => profiles;

    /// <summary>True for the first axis of a tensor, which is the batch in most models.</summary>
    public bool IsFirstAxis { get; set; }
}
