using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// The <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvonnxparser.html">C
/// functions</see> that libnvonnxparser exports; null where a library does not export one.
/// </summary>
internal sealed unsafe class TrtParserExports
{
    /// <summary><c>int getNvOnnxParserVersion()</c>: a version number of the parser itself.</summary>
    public delegate* unmanaged<int> GetVersion { get; init; }

    /// <summary><c>IParser createNvOnnxParser_INTERNAL(INetworkDefinition, ILogger, int parserVersion)</c></summary>
    public delegate* unmanaged<nint, nint, int, nint> CreateParser { get; init; }

    /// <summary><c>IParserRefitter createNvOnnxParserRefitter_INTERNAL(IRefitter, ILogger, int parserVersion)</c></summary>
    public delegate* unmanaged<nint, nint, int, nint> CreateParserRefitter { get; init; }

    /// <summary>Looks up the functions of a loaded library.</summary>
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
