using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>C functions of a libnvinfer that does not exist: a version, and a factory that returns what the test made.</summary>
internal static class FakeLibrary
{
    /// <summary>The result of <c>getInferLibVersion</c>.</summary>
    public static int VersionNumber { get; set; }

    /// <summary>The result of every factory.</summary>
    public static nint Made { get; set; }

    /// <summary>The number of calls of a factory.</summary>
    public static int Factories { get; private set; }

    /// <summary>A library of a version that passed the version gate.</summary>
    public static TrtLibrary Load(int version, string path = "/nowhere/libnvinfer.so", bool? microsoft = null)
    {
        VersionNumber = version;
        return TrtLibrary.Create(Exports(), path, microsoft);
    }

    /// <summary>A parser library that returns the same object.</summary>
    public static TrtParserLibrary LoadParser(TrtLibrary library) => new(library, new()
    {
        GetVersion = &ParserVersion,
        CreateParser = &CreateOf,
        CreateParserRefitter = &CreateOf,
    }, "/nowhere/libnvonnxparser.so");

    /// <summary>The functions.</summary>
    public static TrtExports Exports() => new()
    {
        GetInferLibVersion = &Version,
        CreateInferRuntime = &Create,
        CreateInferBuilder = &Create,
    };

    [UnmanagedCallersOnly]
    private static int Version() => VersionNumber;

    [UnmanagedCallersOnly]
    private static int ParserVersion() => 100;

    [UnmanagedCallersOnly]
    private static nint Create(nint logger, int version)
    {
        Factories++;
        return version == VersionNumber && logger != 0 ? Made : 0;
    }

    [UnmanagedCallersOnly]
    private static nint CreateOf(nint of, nint logger, int version)
    {
        Factories++;
        return version == 100 && logger != 0 && of != 0 ? Made : 0;
    }
}
