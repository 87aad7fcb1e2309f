using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class DamagedFileTests
{
    private const int Mutations = 10_000;
    private const long MostAllocated = 64L << 20;

    private static readonly string[] Real =
    [
        "realmodels/detect-dds/nms-yolov8.onnx",
        "realmodels/edge/ort__gpt2_past_one_layer.onnx",
        "realmodels/edge/ort__gh_issue_18338_functions.onnx",
        "realmodels/edge/ort__lr_mnist_scikit.onnx",
        "realmodels/edge/burn_ext/mixed_data.onnx",
    ];

    [Fact]
    public void The_small_models_are_readable_when_whole()
    {
        foreach (var (name, bytes) in SmallModels.All)
        {
            bytes.Length.ShouldBeLessThan(50_000);
            OnnxModelReader.Read(new MemoryStream(bytes)).Outputs.Count.ShouldBe(1, name);
        }
    }

    [Fact]
    public void A_truncated_file_is_a_typed_error_or_a_description() => Truncate(SmallModels.All);

    [Fact]
    public void A_mutated_file_is_a_typed_error_or_a_description() => Mutate(SmallModels.All);

    [Trait("Category", "Slow")]
    [SkippableFact]
    public void A_truncated_real_model_is_a_typed_error_or_a_description() => Truncate(LoadReal());

    [Trait("Category", "Slow")]
    [SkippableFact]
    public void A_mutated_real_model_is_a_typed_error_or_a_description() => Mutate(LoadReal());

    [Fact]
    public void A_cut_inside_the_graph_is_said_to_be_one()
    {
        var bytes = SmallModels.All[0].Bytes;
        var error = Should.Throw<OnnxFormatException>(() => OnnxModelReader.Read(new MemoryStream(bytes[..60])));
        error.Reason.ShouldContain("cut short");
    }

    private static void Truncate(IEnumerable<(string Name, byte[] Bytes)> models)
    {
        foreach (var (name, bytes) in models)
        {
            var errors = 0;
            for (var length = 0; length < bytes.Length; length++)
                errors += Check($"{name} cut at {length}", bytes.AsSpan(0, length).ToArray()) ? 0 : 1;

            // A few cuts fall between two fields of the model message and leave a valid file.
            errors.ShouldBeGreaterThan(bytes.Length * 3 / 4, name);
        }
    }

    private static void Mutate(IReadOnlyList<(string Name, byte[] Bytes)> models)
    {
        var random = new Random(20261121);
        var descriptions = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var (name, bytes) = models[i % models.Count];
            descriptions += Check($"{name} mutation {i}", Mutation.Of(bytes, random)) ? 1 : 0;
        }

        // The mutations damage some files and leave others readable.
        descriptions.ShouldBeInRange(Mutations / 100, Mutations * 99 / 100);
    }

    private static bool Check(string what, byte[] bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var isDescribed = true;
        try
        {
            OnnxModelReader.Read(new MemoryStream(bytes));
        }
        catch (OnnxFormatException error)
        {
            isDescribed = false;
            error.Offset.ShouldBeInRange(0, bytes.Length, what);
        }
        catch (Exception other)
        {
            Assert.Fail($"{what}: {other}");
        }

        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(MostAllocated, what);
        return isDescribed;
    }

    private static List<(string Name, byte[] Bytes)> LoadReal() =>
        Real.Select(name => (name, File.ReadAllBytes(Shared.Require(name)))).ToList();
}
