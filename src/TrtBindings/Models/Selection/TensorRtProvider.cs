using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>TensorRT's place in the order, which says that nothing fills it yet.</summary>
internal sealed class TensorRtProvider : IBackendProvider
{
    public BackendKind Kind => BackendKind.TensorRT;

    public bool TryLoad(ModelSource source, ModelSignature signature, ModelOptions options,
        [NotNullWhen(true)] out IBackendEngine? engine, out string reason)
    {
        engine = null;
        reason = "this version of TrtBindings has no TensorRT backend yet.";
        return false;
    }
}
