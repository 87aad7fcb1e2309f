namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>LayerInformationFormat</c>.</summary>
internal enum TrtLayerInformationFormat
{
    OneLine = 0,
    Json = 1,
}
