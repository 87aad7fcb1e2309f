using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A copy of an
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvonnxparser_1_1_i_parser_error.html">
/// IParserError</see>: what the ONNX parser says about one node.
/// </summary>
/// <param name="Code">The error code of the parser.</param>
/// <param name="Description">The message.</param>
/// <param name="Node">The index of the node in the graph; −1 if the error is not about a node.</param>
/// <param name="NodeName">The name of the node; may be empty.</param>
/// <param name="NodeOperator">The operator of the node; may be empty.</param>
internal sealed record TrtParserError(
    TrtParserErrorCode Code, string Description, int Node, string NodeName, string NodeOperator)
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
