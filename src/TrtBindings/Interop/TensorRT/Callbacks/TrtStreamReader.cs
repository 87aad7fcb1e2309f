using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IStreamReaderV2</c> (10.7 and later). A source that throws has nothing more to read.</summary>
internal sealed unsafe class TrtStreamReader(TrtSlotTable slots, ITrtStreamSource source) : TrtCallback(
    slots, "IStreamReaderV2", "IStreamReaderV2"u8,
    new TrtCallbackMethod("read", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, long, nint, long>)&Read),
    new TrtCallbackMethod("seek", (nint)(delegate* unmanaged[MemberFunction]<nint, long, int, byte>)&Seek))
{
    private readonly ITrtStreamSource _source = source;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static long Read(nint self, nint destination, long bytes, nint stream)
    {
        var reader = Of<TrtStreamReader>(self);
        try
        {
            return reader?._source.Read(destination, bytes, stream) ?? 0;
        }
        catch (Exception exception)
        {
            reader?.Fail(exception);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte Seek(nint self, long offset, int origin)
    {
        var reader = Of<TrtStreamReader>(self);
        try
        {
            return reader?._source.Seek(offset, (TrtSeekOrigin)origin) == true ? (byte)1 : (byte)0;
        }
        catch (Exception exception)
        {
            reader?.Fail(exception);
            return 0;
        }
    }
}
