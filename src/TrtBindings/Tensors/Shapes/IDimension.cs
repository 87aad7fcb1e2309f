namespace TrtBindings.Shapes;

/// <summary>
/// One dimension of a tensor as a type: <see cref="Dynamic"/>, or a size such as <c>N&lt;_6, _4, _0&gt;</c>. Types are
/// equal where sizes are, in every assembly, which is what makes tensors of two models interchangeable.
/// </summary>
public interface IDimension
{
    /// <summary>The size, at least 0; -1 if it is known only at run time. A constant in compiled code.</summary>
    static abstract long Size { get; }
}
