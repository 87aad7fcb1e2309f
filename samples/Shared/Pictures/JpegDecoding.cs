using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Samples;

/// <summary>One JPEG being decoded on a thread of its own; see <see cref="JpegReader"/>.</summary>
internal sealed unsafe class JpegDecoding
{
    // jpeg_decompress_struct
    private const int ClientData = 24;
    private const int ImageWidth = 48;
    private const int ImageHeight = 52;
    private const int OutColorSpace = 64;
    private const int OutputScanline = 168;

    // jpeg_error_mgr
    private const int ErrorManagerSize = 256; // 168 in use
    private const int ErrorExit = 0;
    private const int OutputMessage = 16;
    private const int FormatMessage = 24;
    private const int MessageLength = 200; // JMSG_LENGTH_MAX

    private const int Rgb = 2; // JCS_RGB

    private readonly byte[] _file;
    private readonly ManualResetEventSlim _done = new();
    private GCHandle _self;
    private GCHandle _source;
    private byte* _decoder;
    private byte* _errors;
    private byte* _pixels;
    private Picture? _picture;
    private string? _error;
    private string? _warning;

    public JpegDecoding(byte[] file) => _file = file;

    /// <exception cref="PictureException">The file is malformed or too large.</exception>
    public Picture Wait()
    {
        _done.Wait();
        return _picture ?? throw new PictureException(_error ?? "it could not be decoded.");
    }

    /// <summary>Decodes. On an error of libjpeg it does not return.</summary>
    public void Run()
    {
        _self = GCHandle.Alloc(this);
        _source = GCHandle.Alloc(_file, GCHandleType.Pinned);
        _decoder = (byte*)NativeMemory.AllocZeroed(JpegLibrary.StructSize);
        _errors = (byte*)NativeMemory.AllocZeroed(ErrorManagerSize);
        try
        {
            *(byte**)_decoder = JpegLibrary.StandardError(_errors);
            *(nint*)(_decoder + ClientData) = GCHandle.ToIntPtr(_self);
            *(delegate* unmanaged[Cdecl]<byte*, void>*)(_errors + ErrorExit) = &OnError;
            *(delegate* unmanaged[Cdecl]<byte*, void>*)(_errors + OutputMessage) = &OnWarning;
            JpegLibrary.Create(_decoder, JpegLibrary.Version, JpegLibrary.StructSize);
            JpegLibrary.MemorySource(_decoder, (byte*)_source.AddrOfPinnedObject(), (nuint)_file.Length);
            _picture = Decode();
        }
        catch (Exception e) when (e is PictureException or OutOfMemoryException)
        {
            _error = e.Message;
        }

        Release();
        _done.Set();
    }

    private Picture Decode()
    {
        JpegLibrary.ReadHeader(_decoder, 1);
        var (width, height) = (*(uint*)(_decoder + ImageWidth), *(uint*)(_decoder + ImageHeight));
        if ((long)width * height > Picture.MaxPixels)
            throw new PictureException($"{width}×{height} pixels; 1 to {Picture.MaxPixels:N0} are read.");
        *(int*)(_decoder + OutColorSpace) = Rgb;
        JpegLibrary.Start(_decoder);
        // Native memory: this thread may be parked inside a call, and a managed array would stay pinned for good.
        var size = (nuint)width * height * 3;
        _pixels = (byte*)NativeMemory.Alloc(size);
        while (*(uint*)(_decoder + OutputScanline) is var line && line < height)
        {
            var row = _pixels + (nuint)line * width * 3;
            if (JpegLibrary.ReadScanlines(_decoder, &row, 1) == 0)
                throw new PictureException("its pixel data ends early.");
        }

        // libjpeg goes on after damage and fills in grey; a picture half grey is not the picture.
        if (_warning is not null) throw new PictureException($"it is truncated or damaged (libjpeg: {_warning}).");
        return new((int)width, (int)height, new ReadOnlySpan<byte>(_pixels, (int)size).ToArray());
    }

    /// <summary>Also legal inside <see cref="OnError"/>: nothing of libjpeg runs on this thread afterwards.</summary>
    private void Release()
    {
        JpegLibrary.Destroy(_decoder);
        NativeMemory.Free(_decoder);
        NativeMemory.Free(_errors);
        NativeMemory.Free(_pixels);
        _source.Free();
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(byte* decoder)
    {
        var decoding = Of(decoder);
        decoding._error = $"libjpeg says: {decoding.MessageOf()}.";
        decoding.Release();
        decoding._done.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>The library calls this for the first warning only.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnWarning(byte* decoder)
    {
        var decoding = Of(decoder);
        decoding._warning ??= decoding.MessageOf();
    }

    private static JpegDecoding Of(byte* decoder) =>
        (JpegDecoding)GCHandle.FromIntPtr(*(nint*)(decoder + ClientData)).Target!;

    private string MessageOf()
    {
        var text = stackalloc byte[MessageLength];
        (*(delegate* unmanaged[Cdecl]<byte*, byte*, void>*)(_errors + FormatMessage))(_decoder, text);
        return Encoding.Latin1.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
    }
}
