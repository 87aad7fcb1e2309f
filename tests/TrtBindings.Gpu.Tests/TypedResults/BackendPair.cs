using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>One model class twice: its .onnx on ONNX Runtime's CPU provider, and its ready engine on TensorRT.</summary>
/// <typeparam name="TModel">The class.</typeparam>
internal sealed class BackendPair<TModel> : IDisposable
    where TModel : class, IRunnableModel, IDisposable
{
    private BackendPair(ManifestEngine entry, TModel cpu, TModel gpu)
    {
        (Entry, Cpu, Gpu) = (entry, cpu, gpu);
        cpu.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCpu);
        gpu.Backend.Kind.ShouldBe(BackendKind.TensorRT);
    }

    public ManifestEngine Entry { get; }

    public TModel Cpu { get; }

    public TModel Gpu { get; }

    /// <summary>A model that no class was generated for: the file says its signature, on both backends.</summary>
    /// <param name="name">Name of the engine in the manifest; skips the test where it cannot run here.</param>
    /// <param name="see">Sees the model as one of its family.</param>
    public static BackendPair<TModel> Load(string name, Func<UntypedModel, TModel> see)
    {
        var entry = ReadyEngine.Require(name);
        var path = entry.ModelPath();
        return new(entry, see(UntypedModel.Load(path, ModelOptions.Require(BackendKind.OnnxRuntimeCpu))),
            see(UntypedModel.Load(path, ReadyEngine.Options(entry))));
    }

    /// <summary>A generated class: the .onnx by its Load, the engine without the .onnx by its LoadEngine.</summary>
    public static BackendPair<TModel> Load(
        string name, Func<string, ModelOptions?, TModel> load, Func<string, ModelOptions?, TModel> loadEngine)
    {
        var entry = ReadyEngine.Require(name);
        return new(entry, load(entry.ModelPath(), ModelOptions.Require(BackendKind.OnnxRuntimeCpu)),
            loadEngine(entry.PlanPath(), ModelOptions.Require(BackendKind.TensorRT)));
    }

    public void Dispose()
    {
        Cpu.Dispose();
        Gpu.Dispose();
    }
}
