using System.Runtime.InteropServices;
using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Classification;

/// <summary>Classifiers of other authors, in ../shared, with another runtime's outputs for the same input.</summary>
public sealed class ReferenceModelTests
{
    private const string Folder = "realmodels/classify/";

    [SkippableTheory]
    [InlineData("light_squeezenet", "Softmax", 1e-6)]
    [InlineData("maui_test_model", "Gemm", 0.16)]
    [InlineData("mnist_tiny_fp32", "Gemm", 1e-4)]
    [InlineData("mnist_tiny_fp16", "Gemm", 1e-2)]
    [InlineData("mnist_tiny_int8", "com.microsoft:QGemm", 0.21)]
    public void The_pattern_gives_the_reference_numbers_at_every_batch(string name, string last, double tolerance)
    {
        if (name == "maui_test_model") RequireExactInt8();
        using var model = Load(name);
        model.Description.OutputOperators.ShouldBe([last]);
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.Require($"{Folder}{name}.pattern.json")));
        foreach (var result in file.RootElement.GetProperty("results").EnumerateArray())
        {
            var batch = result.GetProperty("inputs").EnumerateObject().Single().Value[0].GetInt32();
            var expected = result.GetProperty("outputs").EnumerateObject().Single().Value;
            var rows = Run(model, batch, Pattern);
            rows.Length.ShouldBe(batch);
            float[] flat = [.. rows.SelectMany(row => row)];
            flat.Length.ShouldBe(expected.GetProperty("dims").EnumerateArray().Aggregate(1, (n, dim) => n * dim.GetInt32()));
            foreach (var sample in expected.GetProperty("samples").EnumerateArray())
                ((double)flat[sample[0].GetInt32()]).ShouldBe(sample[1].GetDouble(), tolerance);
            var best = new int[1];
            ClassScoring.Best(flat, best);
            ((double)flat[best[0]]).ShouldBe(expected.GetProperty("max").GetDouble(), tolerance);
        }
    }

    [SkippableFact]
    public void The_published_input_gives_the_published_top_5()
    {
        RequireExactInt8();
        using var model = Load("maui_test_model");
        var bytes = File.ReadAllBytes(Shared.Require(Folder + "maui_test_model.input_0.pb"));
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.Require(Folder + "maui_test_model.ref.json")));
        // The tensor's numbers are the file's last bytes.
        var values = Run(
            model, 1, input => MemoryMarshal.Cast<byte, float>(bytes.AsSpan(^(4 * input.Length)..)).CopyTo(input))[0];
        var best = new int[5];
        ClassScoring.Best(values, best).ShouldBe(5);
        var expected = file.RootElement.GetProperty("publishedTop5").EnumerateArray().ToArray();
        best.ShouldBe(expected.Select(one => one[0].GetInt32()));
        for (var i = 0; i < 5; i++) ((double)values[best[i]]).ShouldBe(expected[i][1].GetDouble(), 1e-4);
    }

    [SkippableFact]
    public void A_whole_call_gives_probabilities_and_the_batch_gives_what_each_gives_alone()
    {
        foreach (var name in new[] { "mnist_tiny_fp32", "mnist_tiny_int8" })
        {
            using var model = Load(name);
            using var engine = ClassificationEngine.Create(
                model, ClassificationPreprocessing.Ultralytics, new() { MaxBatch = 8 });
            var images = Enumerable.Range(0, 8).Select(i => Photos.Noise(i, 28 + i, 40)).ToArray();
            var together = engine.Classify(images);
            for (var i = 0; i < 8; i++)
            {
                var alone = engine.Classify(images[i].View);
                engine.ScoresOf().ToArray().Sum().ShouldBe(1, 1e-5f);
                together[i].Select(one => one.ClassIndex).ShouldBe(alone.Select(one => one.ClassIndex));
                for (var k = 0; k < alone.Count; k++) together[i][k].Score.ShouldBe(alone[k].Score, 1e-5f);
            }
        }
    }

    /// <summary>The outputs for each image, read as the engine reads them.</summary>
    private static float[][] Run(UntypedClassifier<ConsoleColor> model, int batch, Filling fill)
    {
        var input = ImageInput.Of(model, new ClassificationOptions { MaxBatch = batch }, defaultSide: 224);
        using var runner = new ImageRunner(model, input);
        runner.Start(batch);
        runner.Resize((input.Width, input.Height));
        // The pattern continues over the whole batch, image after image.
        var length = runner.ImageAt(0).Length;
        var whole = new float[batch * length];
        fill(whole);
        for (var i = 0; i < batch; i++) whole.AsSpan(i * length, length).CopyTo(runner.ImageAt(i));
        runner.Run(0, default);
        runner.Batch.ShouldBe(batch);
        var values = ((OutputTensor<float>)runner.Outputs[0]).Span.ToArray();
        return [.. values.Chunk(values.Length / batch)];
    }

    /// <summary>The formula of the pattern files.</summary>
    /// <summary>
    /// Skips the test on an x64 processor without VNNI: ONNX Runtime's int8 kernels add pairs of products in 16 bits there,
    /// which saturates, and the numbers of this model are others. The reference numbers were made with VNNI.
    /// </summary>
    private static void RequireExactInt8() => Skip.If(
        File.Exists("/proc/cpuinfo") && RuntimeInformation.ProcessArchitecture == Architecture.X64
            && !File.ReadAllText("/proc/cpuinfo").Contains("vnni", StringComparison.Ordinal),
        "This processor has no VNNI: ONNX Runtime's int8 kernels saturate, and the reference numbers are those without.");

    private static void Pattern(Span<float> input)
    {
        for (var i = 0; i < input.Length; i++)
            input[i] = (float)((((ulong)i * 1103515245) + 12345) % 2147483648 / 2147483648.0);
    }

    private static UntypedClassifier<ConsoleColor> Load(string name) =>
        new(UntypedModel.Load(Shared.Require($"{Folder}{name}.onnx")));

    private delegate void Filling(Span<float> input);
}
