namespace TrtBindings;

/// <summary>What kind of value an input or output carries (the members of ONNX's <c>TypeProto</c>).</summary>
public enum ValueKind
{
    /// <summary>The file gives no type.</summary>
    Undefined,
    /// <summary>A dense tensor.</summary>
    Tensor,
    /// <summary>A sparse tensor.</summary>
    SparseTensor,
    /// <summary>A list of values.</summary>
    Sequence,
    /// <summary>Keys with values.</summary>
    Map,
    /// <summary>A value that may be absent.</summary>
    Optional,
    /// <summary>A type of a custom domain.</summary>
    Opaque,
}
