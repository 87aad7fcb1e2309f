using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>ONNX Runtime's CUDA provider of this machine, and what its tests share.</summary>
internal static class OnCuda
{
    /// <summary>The report's section.</summary>
    public const string Group = "ONNX Runtime's CUDA provider";

    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            using var model = DigitsVit.Load(Options);
            return null;
        }
        catch (BackendUnavailableException e)
        {
            return e.Reason;
        }
    });

    /// <summary>Options that load a model on the CUDA provider and nowhere else.</summary>
    public static ModelOptions Options => ModelOptions.Require(BackendKind.OnnxRuntimeCuda);

    /// <summary>Options that load it on the processor, by the same library.</summary>
    public static ModelOptions Processor => ModelOptions.Require(BackendKind.OnnxRuntimeCpu);

    /// <summary>Where a model runs that TensorRT does not: on the provider where it loads, else on the processor.</summary>
    public static BackendKind Next => Missing.Value is null ? BackendKind.OnnxRuntimeCuda : BackendKind.OnnxRuntimeCpu;

    /// <summary>Skips the test where the provider does not load, with the reason.</summary>
    public static void Require() => Skip.If(Missing.Value is not null, Missing.Value);

    /// <summary>Rendered scenes of the objects that the sample models know.</summary>
    public static ImageMemory[] Scenes() => Pictures("scenes");

    /// <summary>Drawn faces.</summary>
    public static ImageMemory[] Faces() => Pictures("faces");

    /// <summary>Writes a figure with its bar, then fails the test if it does not hold.</summary>
    public static void Check(string what, string value, string bar, bool holds) =>
        FigureLog.Check(Group, what, value, bar, holds);

    /// <summary>Writes a figure without a bar.</summary>
    public static void Report(string what, string value) => FigureLog.Report(Group, what, value);

    private static ImageMemory[] Pictures(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "pictures", folder), "*.png").Order(StringComparer.Ordinal)
            .Select(PhotoFile.Read),
    ];
}
