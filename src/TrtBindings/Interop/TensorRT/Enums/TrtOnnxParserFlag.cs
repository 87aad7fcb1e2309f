namespace TrtBindings.Interop.TensorRT;

/// <summary>The ONNX parser's <c>OnnxParserFlag</c>.</summary>
internal enum TrtOnnxParserFlag
{
    NativeInstanceNorm = 0,
    EnableUInt8AndAsymmetricQuantizationDla = 1,
    ReportCapabilityDla = 2,
    EnablePluginOverride = 3,
    AdjustForDla = 4,
}
