namespace TrtBindings.Shapes;

/// <summary>A decimal digit as a type. <see cref="N{T0}"/> is made of digits.</summary>
public interface IDigit
{
    /// <summary>0 to 9.</summary>
    static abstract int Value { get; }
}
