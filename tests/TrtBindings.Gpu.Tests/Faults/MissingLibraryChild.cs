using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>In a child: a process whose environment names a TensorRT that is not there.</summary>
internal static class MissingLibraryChild
{
    /// <summary>Arguments: a model's path, and the ONNX Runtime library to use; without it, the program's own.</summary>
    public static int Run(string[] arguments)
    {
        Environment.SetEnvironmentVariable("TRTBINDINGS_TENSORRT", "/no/such/folder");
        using var model = UntypedModel.Load(
            arguments[0], new() { OnnxRuntimeLibrary = arguments.Length > 1 ? arguments[1] : null });
        using var inputs = model.CreateInputsOfSize(2);
        using var outputs = model.CreateOutputsOfSize(2);
        model.Run(inputs, outputs);
        Console.WriteLine($"{model.Backend.Kind} {model.Backend}");
        Console.WriteLine(model.Backend.LibraryPath);
        foreach (var reason in model.Backend.Rejected) Console.WriteLine(reason);
        return 0;
    }
}
