namespace TrtBindings.Interop.TensorRT;

/// <summary>What an offset of TensorRT's <c>IStreamReaderV2.seek</c> counts from.</summary>
internal enum TrtSeekOrigin
{
    Begin = 0,
    Current = 1,
    End = 2,
}
