using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Probe;

/// <summary>An application that resolves ONNX Runtime's library itself, to a file of any name.</summary>
internal static class ResolverProbe
{
    /// <summary>Prints the library of a model that is loaded after ONNX Runtime's own package was used.</summary>
    public static void Run(string path, string library)
    {
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (_, _, _) => NativeLibrary.Load(library));
        _ = OrtEnv.Instance();
        using var model = UntypedModel.Load(path, new());
        Console.WriteLine(model.Backend.LibraryPath);
    }
}
