using System.Text.Json;
using TrtBindings.Vision;

namespace TrtBindings.Generators.Tests;

/// <summary>Files of today's exporters get a class, and class and engine give what the exporter's own runtime gave.</summary>
[Trait("Category", "Slow")]
public sealed class ExportTests
{
    private const string Usings = "using System.Linq; using TrtBindings; using TrtBindings.Vision;\n";

    public static TheoryData<string> Others() => PackedModel.Names("other");

    [SkippableTheory]
    [MemberData(nameof(Others))]
    public void Every_model_of_torch_and_others_runs_as_it_ran_elsewhere(string name)
    {
        using var packed = new PackedModel(name);
        var run = GeneratorRun.Of(packed.File);
        run.Ids.ShouldBeEmpty(string.Join('\n', run.Messages));
        var type = run.Load().GetTypes().Single(type => type.IsSubclassOf(typeof(OnnxModel)));
        if (packed.Reference.TryGetProperty("onnxruntime_error", out var refusal))
        {
            // ONNX Runtime's own words behind the file's name.
            var error = Should.Throw<ModelLoadException>(() => Load(type, packed.File));
            error.Message.ShouldContain(Path.GetFileName(packed.File));
            error.Message.ShouldContain(refusal.GetString()!.Split("failed:")[^1]);
            return;
        }

        using var model = Load(type, packed.File);
        foreach (var recorded in packed.Reference.GetProperty("runs").EnumerateArray())
            new RecordedRun(recorded).Differences(model).ShouldBeEmpty(recorded.GetProperty("label").GetString());
    }

    [SkippableFact]
    public void A_Mask_R_CNN_of_torchvision_gives_its_objects_and_masks()
    {
        using var packed = new PackedModel("other/tv-maskrcnn-old");
        var consumer = GeneratorRun.Of([packed.File], "MyApp", sources: Usings + """
            internal static class Use
            {
                public static (int, float, float[], int, string)[] It(string path, ImageMemory picture)
                {
                    using var model = MyApp.TvMaskrcnnOld.Load(path);
                    using var engine = MaskRcnnEngine.Create(model, new() { Confidence = 0 });
                    return engine.Detect(picture.View).Select(one => (one.ClassIndex, one.Score,
                        new[] { one.Box.X1, one.Box.Y1, one.Box.X2, one.Box.Y2 }, one.Mask!.Area,
                        one.Mask.ToCocoRunLengths().ToText())).ToArray();
                }
            }
            """).Load();
        foreach (var run in RunsOnPictures(packed))
        {
            var found = ((int, float, float[], int, string)[])Compiler.Use(consumer, packed.File, Picture(run))!;
            var expected = run.GetProperty("extra");
            var count = expected.GetProperty("boxes").GetArrayLength();
            found.Length.ShouldBe(count);
            for (var i = 0; i < count; i++)
            {
                var (label, score, box, area, lengths) = found[i];
                label.ShouldBe((int)expected.GetProperty("labels")[i].GetDouble());
                score.ShouldBe(expected.GetProperty("scores")[i].GetSingle(), 1e-4f);
                for (var side = 0; side < 4; side++)
                    box[side].ShouldBe(expected.GetProperty("boxes")[i][side].GetSingle(), .02f);
                area.ShouldBe(expected.GetProperty("masks_area>0.5")[i].GetInt32());
                var outlines = expected.GetProperty("masks_rle(first 2)");
                if (i < outlines.GetArrayLength()) lengths.ShouldBe(outlines[i].GetString());
            }
        }
    }

    [SkippableTheory]
    [InlineData("tv-fcn-aux-dynamo", "argmax_counts")]
    [InlineData("tv-deeplab-argmax-dynamo", "counts")]
    public void A_segmentation_model_of_torchvision_gives_its_map(string name, string key)
    {
        using var packed = new PackedModel("other/" + name);
        var className = string.Concat(name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        var consumer = GeneratorRun.Of([packed.File], "MyApp", sources: Usings + $$"""
            internal static class Use
            {
                public static int[] It(string path, ImageMemory picture)
                {
                    using var model = MyApp.{{className}}.Load(path);
                    using var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.Torchvision);
                    var map = engine.Segment(picture.View);
                    return Enumerable.Range(0, 256).Select(map.AreaOfIndex).ToArray();
                }
            }
            """).Load();
        foreach (var run in RunsOnPictures(packed))
        {
            var areas = (int[])Compiler.Use(consumer, packed.File, Picture(run))!;
            var expected = run.GetProperty("extra").GetProperty(key);
            foreach (var one in expected.EnumerateObject())
                areas[int.Parse(one.Name)].ShouldBeInRange(one.Value.GetInt32() - 2, one.Value.GetInt32() + 2, one.Name);
            areas.Sum().ShouldBe(expected.EnumerateObject().Sum(one => one.Value.GetInt32()));
        }
    }

    [SkippableFact]
    public void A_classifier_of_torchvision_gives_its_five_best()
    {
        using var packed = new PackedModel("other/tv-mobilenetv3-dynamo-default");
        var items = new Dictionary<string, Dictionary<string, string>>
        {
            [packed.File] = new() { ["TrtTask"] = "Classification" },
        };
        var run = GeneratorRun.WithItems([packed.File], items, Usings + """
            internal static class Use
            {
                public static (int, float)[] It(string path, ImageMemory picture)
                {
                    using var model = MyApp.TvMobilenetv3DynamoDefault.Load(path);
                    using var engine = ClassificationEngine.Create(
                        model, ClassificationPreprocessing.Torchvision with { ShortSide = 96 });
                    return engine.Classify(picture.View).Select(one => (one.ClassIndex, one.Score)).ToArray();
                }
            }
            """);
        var consumer = run.Load();
        foreach (var one in RunsOnPictures(packed))
        {
            var best = ((int Class, float Share)[])Compiler.Use(consumer, packed.File, Picture(one))!;
            foreach (var (found, expected) in best.Zip(one.GetProperty("extra").GetProperty("softmax_top5")[0].EnumerateArray()))
            {
                found.Class.ShouldBe(expected[0].GetInt32());
                found.Share.ShouldBe(expected[1].GetSingle(), 1e-5f);
            }
        }
    }

    private static IEnumerable<JsonElement> RunsOnPictures(PackedModel packed) => packed.Reference.GetProperty("runs")
        .EnumerateArray().Where(run => run.GetProperty("label").GetString()!.Contains("png", StringComparison.Ordinal));

    private static ImageMemory Picture(JsonElement run) => RecordedRun.Picture(run.GetProperty("label").GetString()!);

    private static OnnxModel Load(Type type, string path)
    {
        try
        {
            return (OnnxModel)Compiler.LoadOf(type).Invoke(null, [path, null, CancellationToken.None])!;
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
