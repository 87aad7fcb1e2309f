namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>NetworkDefinitionCreationFlag</c>, by name: the numbers differ by major version.</summary>
internal enum TrtNetworkFlag
{
    ExplicitBatch,
    StronglyTyped,
    PreferJitPythonPlugins,
    PreferAotPythonPlugins,
}
