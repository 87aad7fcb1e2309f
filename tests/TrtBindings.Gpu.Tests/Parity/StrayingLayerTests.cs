using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.Builds;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Parity;

/// <summary>
/// Refused engines of the real builder: the reference has other weights in one node in the middle, and the search names that
/// node. Needs the library that builds.
/// </summary>
public sealed class StrayingLayerTests : IDisposable
{
    private const string Group = "straying layers";
    private const int Width = 64;
    private const int Blocks = 24;
    private const float Fault = 1.25f;

    private readonly string _folder = ManifestBuild.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(Blocks - 1)]
    public void The_node_whose_weights_differ_is_the_first_that_strays(int block)
    {
        GpuMachine.RequireBuilder();
        var error = Should.Throw<EngineParityException>(
            () => UntypedModel.BuildEngine(Save("model.onnx", -1), Options(Save("other.onnx", block))));
        var search = error.Search.ShouldNotBeNull();
        FigureLog.Report(Group, $"block {block} of {Blocks}", search.Explanation);
        (search.Node, search.Tensor).ShouldBe(($"/block{block}/MatMul", $"product{block}"), search.Explanation);
        search.IsExact.ShouldBeTrue(search.Explanation);
        search.LastAgreeing.ShouldBe(block == 0 ? "" : $"value{block - 1}");
        search.Builds.ShouldBeInRange(1, 3);
        error.Message.ShouldContain($"The first layer that strays is /block{block}/MatMul (MatMul)");
        Directory.GetFiles(_folder, "*.engine", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [SkippableFact]
    public void The_same_model_as_its_own_reference_is_kept()
    {
        GpuMachine.RequireBuilder();
        UntypedModel.BuildEngine(Save("model.onnx", -1), Options(null)).Parity.ShouldNotBeNull().Passed.ShouldBeTrue();
    }

    private TensorRtOptions Options(string? reference) => new()
    {
        CacheFolder = Path.Combine(_folder, "cache"), OptimizationLevel = 1, AllowTf32 = false,
        Profiles = [new() { ["batch"] = (1, 2, 4) }], Parity = new() { Reference = reference },
    };

    /// <summary>Blocks of a product, a sum and a Relu; in one of them the weights are a quarter larger.</summary>
    private string Save(string name, int fault)
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 16, Width)
            .Output("y", ElementType.Float, "batch", 16, Width)
            .Initializer("bias", ElementType.Float, [Width], Bytes(Width, -1, 0.1f));
        model.Graph(graph =>
        {
            for (var i = 0; i < Blocks; i++)
            {
                model.Initializer($"weights{i}", ElementType.Float, [Width, Width],
                    Bytes(Width * Width, i, (i == fault ? Fault : 1) * MathF.Sqrt(6f / Width)));
                graph.NamedNode($"/block{i}/MatMul", "MatMul", [i == 0 ? "x" : $"value{i - 1}", $"weights{i}"], [$"product{i}"])
                    .NamedNode($"/block{i}/Add", "Add", [$"product{i}", "bias"], [$"sum{i}"])
                    .NamedNode($"/block{i}/Relu", "Relu", [$"sum{i}"], [i == Blocks - 1 ? "y" : $"value{i}"]);
            }
        });
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, model.ToBytes());
        return path;
    }

    /// <summary>Numbers from minus to plus the bound.</summary>
    private static byte[] Bytes(int count, int seed, float bound)
    {
        var random = new Random(seed + 2026);
        return MemoryMarshal.AsBytes(
            Enumerable.Range(0, count).Select(_ => bound * ((2 * random.NextSingle()) - 1)).ToArray().AsSpan()).ToArray();
    }
}
