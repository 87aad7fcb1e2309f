namespace TrtBindings.Shapes;

/// <summary>
/// One dimension of a tensor as a type: <see cref="Dynamic"/>, or a fixed size such as <c>N&lt;_6, _4, _0&gt;</c>. Equal sizes
/// are the same type in every assembly, so tensors of different models are interchangeable.
/// </summary>
public interface IDimension
{
    /// <summary>The size, at least 0; -1 if it is known only at run time. The JIT makes it a constant.</summary>
    static abstract long Size { get; }
}

/// <summary>A dimension whose size is known only at run time.</summary>
public readonly struct Dynamic : IDimension, ICanBe<AnySize>
{
    /// <inheritdoc/>
    public static long Size => -1;
}

/// <summary>A decimal digit as a type. <see cref="N{T0}"/> is made of digits.</summary>
public interface IDigit
{
    /// <summary>0 to 9.</summary>
    static abstract int Value { get; }
}
