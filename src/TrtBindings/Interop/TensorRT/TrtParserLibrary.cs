using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A loaded libnvonnxparser. It must have the version of the libnvinfer that it is used with. It is never unloaded.
/// </summary>
internal sealed unsafe class TrtParserLibrary
{
    /// <summary>The name of the library in errors.</summary>
    public const string PlainName = "nvonnxparser";

    private readonly TrtParserExports _exports;

    /// <summary>Wraps the functions of a loaded library.</summary>
    /// <exception cref="NativeLibraryException">It is not the parser.</exception>
    public TrtParserLibrary(TrtLibrary library, TrtParserExports exports, string path)
    {
        if (exports.GetVersion == null || exports.CreateParser == null)
            throw new NativeLibraryException(PlainName, $"'{path}' does not export getNvOnnxParserVersion and "
                + "createNvOnnxParser_INTERNAL: it is not TensorRT's libnvonnxparser.", [path]);
        (Library, _exports) = (library, exports);
        Version = exports.GetVersion();
    }

    /// <summary>The libnvinfer that it is used with.</summary>
    public TrtLibrary Library { get; }

    /// <summary>The version number of the parser itself, which differs from TensorRT's.</summary>
    public int Version { get; }

    /// <summary>Loads the library in a file.</summary>
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

    /// <summary>Calls <c>createNvOnnxParser</c>: a parser that fills a network.</summary>
    public TrtParser CreateParser(TrtNetwork network)
    {
        TrtLogger.TakeErrors();
        var native = _exports.CreateParser(network.Raw, Library.Logger.Raw, Version);
        return native == 0 ? throw TrtStatus.Failure(Library, "createNvOnnxParser") : new(network, native);
    }

    /// <summary>Calls <c>createNvOnnxParserRefitter</c>: a parser that gives the weights of a model to a refitter.</summary>
    public TrtParserRefitter CreateParserRefitter(TrtRefitter refitter)
    {
        TrtLogger.TakeErrors();
        var native = _exports.CreateParserRefitter == null
            ? 0
            : _exports.CreateParserRefitter(refitter.Raw, Library.Logger.Raw, Version);
        return native == 0 ? throw TrtStatus.Failure(Library, "createNvOnnxParserRefitter") : new(refitter, native);
    }
}
