using Native = Microsoft.ML.OnnxRuntime;

namespace TrtBindings.Graphs.Conversion;

/// <summary>ONNX Runtime refused something. Never seen outside: what it means depends on what was tried.</summary>
internal sealed class OrtFailure(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>True if the model is right, and this build of ONNX Runtime has no code for one of its nodes.</summary>
    public bool IsMissingKernel => Message.Contains("NotImplemented", StringComparison.Ordinal)
        || Message.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal);

    /// <summary>Calls the package, whose exceptions are of several types.</summary>
    public static T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is Native.OnnxRuntimeException or KeyNotFoundException or EntryPointNotFoundException
            or NotSupportedException)
        {
            throw new OrtFailure(e.Message, e);
        }
    }
}
