using System.Runtime.InteropServices;
using System.Text;
using TrtBindings.Backends;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;

namespace TrtBindings.Probe;

/// <summary>Ends while a run is under way and nothing is disposed.</summary>
internal static class ExitProbe
{
    /// <summary>Prints what one run computed, and leaves the next one to its fate.</summary>
    /// <param name="engine">An engine with an input x and an output y, both float [4].</param>
    /// <param name="library">The stand-in libnvinfer.</param>
    /// <param name="cuda">The stand-in libcuda.</param>
    public static unsafe void Run(string engine, string library, string cuda)
    {
        var host = TensorRtHost.Open(new() { TensorRT = new() { LibraryPath = library, CudaLibraryPath = cuda } });
        var use = (delegate* unmanaged<byte*, int>)NativeLibrary.GetExport(
            NativeLibrary.Load(library), "fake_trt_use_cuda");
        fixed (byte* path = Encoding.UTF8.GetBytes(cuda + '\0')) use(path);
        var x = new TensorDescription("x", ValueKind.Tensor, ElementType.Float, SymbolicShape.Of(Dimension.Fixed(4)), "", "");
        var signature = new ModelSignature("m.onnx", new([x]), new([x with { Name = "y" }]));
        using var file = EnginePlanFile.Open(engine);
        using var plan = file.ReadPlan();
        var loaded = TensorRtSession.Open(host, plan, engine, signature, new());
        var inputs = new UntypedModel.Inputs(signature, [], []);
        var outputs = new UntypedModel.Outputs(signature, []);
        var binding = loaded.Bind(inputs.Tensors, outputs.Tensors);
        inputs.Get<float>(0).Span.Fill(3);
        binding.Run(default);
        Console.WriteLine(string.Join(' ', outputs.Get<float>(0).Span.ToArray()));
        _ = binding.RunAsync(default).AsTask();
    }
}
