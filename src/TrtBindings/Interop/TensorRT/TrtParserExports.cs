using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>Raw layer: the C functions that libnvonnxparser exports; 0 where this one does not have it.</summary>
internal sealed unsafe class TrtParserExports
{
    /// <summary><c>getNvOnnxParserVersion</c>: the parser's own number.</summary>
    public delegate* unmanaged<int> GetVersion { get; init; }

    /// <summary><c>createNvOnnxParser_INTERNAL</c>: network, logger, parser version.</summary>
    public delegate* unmanaged<nint, nint, int, nint> CreateParser { get; init; }

    /// <summary><c>createNvOnnxParserRefitter_INTERNAL</c>: refitter, logger, parser version.</summary>
    public delegate* unmanaged<nint, nint, int, nint> CreateParserRefitter { get; init; }

    /// <summary>What a loaded library exports.</summary>
    public static TrtParserExports Of(nint library)
    {
        return new()
        {
            GetVersion = (delegate* unmanaged<int>)Find("getNvOnnxParserVersion"),
            CreateParser = (delegate* unmanaged<nint, nint, int, nint>)Find("createNvOnnxParser_INTERNAL"),
            CreateParserRefitter = (delegate* unmanaged<nint, nint, int, nint>)Find("createNvOnnxParserRefitter_INTERNAL"),
        };

        nint Find(string name) => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;
    }
}
