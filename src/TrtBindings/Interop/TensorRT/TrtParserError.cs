using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>What TensorRT's ONNX parser says about one node: a copy of an <c>IParserError</c>.</summary>
/// <param name="Code">The parser's error code; 0 for none.</param>
/// <param name="Description">Its words.</param>
/// <param name="Node">The node's place in the graph; −1 where the error is not about one.</param>
/// <param name="NodeName">The node's name; may be empty.</param>
/// <param name="NodeOperator">The node's operator; may be empty.</param>
internal sealed record TrtParserError(int Code, string Description, int Node, string NodeName, string NodeOperator)
{
    /// <summary>Copies a native error.</summary>
    public static unsafe TrtParserError Read(nint native, TrtSlotTable slots)
    {
        var calls = new TrtParserErrorCalls(TrtTarget.OfObject(native, slots));
        return new(calls.Code(native), Text(calls.Desc(native)), calls.Node(native), Text(calls.NodeName(native)),
            Text(calls.NodeOperator(native)));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var node = Node < 0 ? "" : $"node {Node} '{NodeName}' ({NodeOperator}): ";
        return node + Description;
    }

    private static unsafe string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";
}
