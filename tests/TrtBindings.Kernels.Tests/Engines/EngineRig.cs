using System.Globalization;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>Stand-ins for TensorRT and for the driver with the kernels, for whole engines.</summary>
internal sealed class EngineRig : IDisposable
{
    public EngineRig()
    {
        Driver = new(withKernels: true);
        Driver.Set("delay_us", 0);
        Trt = new();
        Trt.UseCuda(Driver.Path);
    }

    public FakeDriver Driver { get; }

    public TrtStandIn Trt { get; }

    /// <summary>Options for TensorRT only.</summary>
    public ModelOptions Options => new()
    {
        RequiredBackend = BackendKind.TensorRT,
        TensorRT = new()
        {
            LibraryPath = Trt.Path, CudaLibraryPath = Driver.Path, CacheFolder = System.IO.Path.Combine(Trt.Folder, "cache"),
        },
    };

    /// <summary>Writes an engine that picks, for each image, one of some heads for each output.</summary>
    /// <param name="input">Its input.</param>
    /// <param name="largest">The shape that its profile allows at most.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="outputs">Its outputs and, for each, the heads one after another; a named dimension is what is left.</param>
    public string Engine(
        TensorDescription input, int[] largest, int heads, params (TensorDescription Output, float[] Heads)[] outputs)
    {
        var lines = new List<string> { "engine picks", $"input {input.Name} 0 {Text(input.Shape)}" };
        foreach (var (output, values) in outputs)
        {
            var sides = output.Shape.Dimensions.Skip(1).Select(one => one.IsFixed ? one.Value : 0).ToArray();
            var known = sides.Where(side => side > 0).Aggregate(1L, (product, side) => product * side);
            var shape = string.Join(",", sides.Select(side => side > 0 ? side : values.Length / heads / known));
            var numbers = string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            lines.Add($"weights {output.Name}Heads {heads},{shape} {numbers}");
            lines.Add($"node Pick pick{output.Name} {output.Name} {output.Name}Heads {input.Name}");
        }

        foreach (var (output, _) in outputs) lines.Add($"output {output.Name}");
        if (!input.Shape.IsFixed)
        {
            var least = string.Join(",", input.Shape.Dimensions.Select(one => one.IsFixed ? one.Value : 1));
            lines.Add($"profile {input.Name}={least}/{string.Join(",", largest)}/{string.Join(",", largest)}");
        }

        var path = System.IO.Path.Combine(Trt.Folder, $"{Guid.NewGuid():N}.engine");
        File.WriteAllBytes(path, Trt.Plan(string.Join('\n', lines) + "\n"));
        return path;
    }

    /// <summary>A float tensor; a dimension is a number or a name.</summary>
    public static TensorDescription Tensor(string name, params object[] dimensions) => new(
        name, ValueKind.Tensor, ElementType.Float,
        SymbolicShape.Of([.. dimensions.Select(
            one => one is int size ? Dimension.Fixed(size) : Dimension.FromParameter((string)one))]),
        "tensor(float)", "");

    public void Dispose()
    {
        Trt.Dispose();
        Driver.Dispose();
    }

    private static string Text(SymbolicShape shape) =>
        string.Join(",", shape.Dimensions.Select(one => one.IsFixed ? $"{one.Value}" : one.Name));
}
