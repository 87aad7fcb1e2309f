namespace TrtBindings;

/// <summary>Shapes of a run's outputs, in the model's order; known when the work after the model is queued.</summary>
public sealed class GpuShapes
{
    private readonly nint[][] _shapes;

    internal GpuShapes(nint[][] shapes) => _shapes = shapes;

    /// <summary>Number of outputs.</summary>
    public int Count => _shapes.Length;

    /// <summary>The shape of an output.</summary>
    /// <param name="output">Index of the output.</param>
    public ReadOnlySpan<nint> this[int output] => _shapes[output];
}
