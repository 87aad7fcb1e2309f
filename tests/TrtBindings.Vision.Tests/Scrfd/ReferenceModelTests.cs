using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Scrfd;

/// <summary>SCRFD models that others trained, against what another implementation found with them.</summary>
[Trait("Category", "Slow")]
public sealed class ReferenceModelTests(ITestOutputHelper output)
{
    private const string Fixed = "scrfd_2.5g_kps";
    private const string Open = "yukkki7_scrfd_500m";
    private const string Photograph = "realmodels/images/t1.jpg";

    [SkippableTheory]
    [InlineData(Fixed, 640, 640)]
    [InlineData(Open, 640, 640)]
    [InlineData(Open, 640, 480)]
    [InlineData(Open, 320, 320)]
    public void A_prepared_picture_gives_the_reference_faces(string name, int width, int height)
    {
        var prepared = PhotoFile.Read(Shared.Require($"realmodels/scrfd/prepared/t1_{height}x{width}.png"));
        (prepared.Width, prepared.Height).ShouldBe((width, height));
        using var model = Load(name);
        using var engine = ScrfdEngine.Create(model, Options(name, width, height));
        var found = engine.Detect(prepared.View);
        Check(name, width, height, found, true);
    }

    [SkippableTheory]
    [InlineData(Fixed, 640, 640)]
    [InlineData(Open, 640, 640)]
    [InlineData(Open, 640, 480)]
    [InlineData(Open, 320, 320)]
    public void The_photograph_gives_the_reference_faces(string name, int width, int height)
    {
        var photo = PhotoFile.Read(Shared.Require(Photograph));
        using var model = Load(name);
        using var engine = ScrfdEngine.Create(model, Options(name, width, height));
        Check(name, width, height, engine.Detect(photo.View), false);
    }

    [SkippableTheory]
    [InlineData(640, 640)]
    [InlineData(640, 480)]
    [InlineData(320, 320)]
    public void The_photograph_becomes_the_prepared_picture(int width, int height)
    {
        var prepared = PhotoFile.Read(Shared.Require($"realmodels/scrfd/prepared/t1_{height}x{width}.png"));
        var photo = PhotoFile.Read(Shared.Require(Photograph));
        var pipeline = new ScrfdPipeline(new(), width, height);
        var (ours, theirs) = (new float[3 * width * height], new float[3 * width * height]);
        pipeline.Preprocess(photo.View, ours);
        pipeline.Preprocess(prepared.View, theirs);
        // Decoders of JPEG may differ by one step.
        ours.Zip(theirs, (one, other) => Math.Abs(one - other) * 128).Max().ShouldBeLessThanOrEqualTo(1);
    }

    [SkippableFact]
    public void The_pattern_gives_the_reference_numbers_at_each_size()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Shared.Require($"realmodels/scrfd/{Open}.pattern.json")));
        using var model = Load(Open);
        foreach (var result in file.RootElement.GetProperty("results").EnumerateArray())
        {
            var size = result.GetProperty("inputs").GetProperty("input.1");
            var options = new ScrfdOptions { InputHeight = size[2].GetInt32(), InputWidth = size[3].GetInt32() };
            var layout = ScrfdLayout.Of(model, model.Form, options);
            using var runner = new ImageRunner(model, layout.Input);
            runner.Start(1);
            runner.Resize((layout.Input.Width, layout.Input.Height));
            var input = runner.ImageAt(0);
            for (var i = 0; i < input.Length; i++)
                input[i] = (float)((((ulong)i * 1103515245) + 12345) % 2147483648 / 2147483648.0);
            runner.Run(0, default);
            for (var i = 0; i < 9; i++)
            {
                var values = layout.Read(runner, i / 3, i % 3, 0);
                var expected = result.GetProperty("outputs").GetProperty(runner.Outputs[i].Name).GetProperty("samples");
                foreach (var sample in expected.EnumerateArray())
                    ((double)values[sample[0].GetInt32()]).ShouldBe(sample[1].GetDouble(), 1e-3);
            }
        }
    }

    private static UntypedScrfd Load(string name) =>
        new(UntypedModel.Load(Shared.Require($"realmodels/scrfd/{name}.onnx")), ScrfdForm.ThreeStridesKeyPoints);

    private static ScrfdOptions Options(string name, int width, int height) =>
        name == Fixed ? new() : new() { InputWidth = width, InputHeight = height };

    private void Check(string name, int width, int height, IReadOnlyList<FaceDetection> found, bool isPrepared)
    {
        var reference = ReferenceFaces.Read(Shared.Require($"realmodels/scrfd/{name}.ref.json"), width, height);
        var (score, position) = reference.Difference(found, isPrepared ? reference.Scale : 1);
        output.WriteLine($"{found.Count} faces, score {score:E2}, position {position:E2} px");
        score.ShouldBeLessThanOrEqualTo(1e-3);
        position.ShouldBeLessThanOrEqualTo(.5);
    }
}
