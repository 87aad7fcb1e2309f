using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A loaded libnvonnxparser, which must be of the same version as the libnvinfer that it is used with. Never unloaded.
/// </summary>
internal sealed unsafe class TrtParserLibrary
{
    /// <summary>The name that errors about the library carry.</summary>
    public const string PlainName = "nvonnxparser";

    private readonly TrtParserExports _exports;

    /// <summary>From what a library exports.</summary>
    /// <exception cref="NativeLibraryException">It is not the parser.</exception>
    public TrtParserLibrary(TrtLibrary library, TrtParserExports exports, string path)
    {
        if (exports.GetVersion == null || exports.CreateParser == null)
            throw new NativeLibraryException(PlainName, $"'{path}' does not export getNvOnnxParserVersion and "
                + "createNvOnnxParser_INTERNAL: it is not TensorRT's libnvonnxparser.", [path]);
        (Library, _exports) = (library, exports);
        Version = exports.GetVersion();
    }

    /// <summary>The libnvinfer that it works with.</summary>
    public TrtLibrary Library { get; }

    /// <summary>The parser's own version number.</summary>
    public int Version { get; }

    /// <summary>The library in a file.</summary>
    /// <param name="library">The libnvinfer beside it.</param>
    /// <param name="path">Full path.</param>
    /// <exception cref="NativeLibraryException">It cannot be loaded, or is not the parser.</exception>
    public static TrtParserLibrary Load(TrtLibrary library, string path)
    {
        try
        {
            return new(library, TrtParserExports.Of(NativeLibrary.Load(path)), path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException(PlainName, $"'{path}' cannot be loaded: {exception.Message}", [path], exception);
        }
    }

    /// <summary>A parser that fills a network.</summary>
    public TrtParser CreateParser(TrtNetwork network)
    {
        TrtLogger.TakeErrors();
        var native = _exports.CreateParser(network.Raw, Library.Logger.Raw, Version);
        return native == 0 ? throw TrtStatus.Failure(Library, "createNvOnnxParser") : new(network, native);
    }

    /// <summary>A parser that takes the weights of a model for a refitter.</summary>
    public TrtParserRefitter CreateParserRefitter(TrtRefitter refitter)
    {
        TrtLogger.TakeErrors();
        var native = _exports.CreateParserRefitter == null
            ? 0
            : _exports.CreateParserRefitter(refitter.Raw, Library.Logger.Raw, Version);
        return native == 0 ? throw TrtStatus.Failure(Library, "createNvOnnxParserRefitter") : new(refitter, native);
    }
}
