using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The C functions of a libnvinfer that is not there: a version, and a factory that gives what the test made.</summary>
internal static unsafe class FakeLibrary
{
    /// <summary>What <c>getInferLibVersion</c> says.</summary>
    public static int VersionNumber { get; set; }

    /// <summary>What every factory gives.</summary>
    public static nint Made { get; set; }

    /// <summary>How often a factory was called.</summary>
    public static int Factories { get; private set; }

    /// <summary>A library of a version, through the version gate.</summary>
    public static TrtLibrary Load(int version, string path = "/nowhere/libnvinfer.so", bool? microsoft = null)
    {
        VersionNumber = version;
        return TrtLibrary.Create(Exports(), path, microsoft);
    }

    /// <summary>Wraps an object as what a parser library made.</summary>
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
