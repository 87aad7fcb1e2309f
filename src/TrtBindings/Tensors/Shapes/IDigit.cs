namespace TrtBindings.Shapes;

/// <summary>A decimal digit as a type: a part of <see cref="N{T0}"/>.</summary>
public interface IDigit
{
    /// <summary>0 to 9.</summary>
    static abstract int Value { get; }
}
