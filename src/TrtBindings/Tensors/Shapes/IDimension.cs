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
