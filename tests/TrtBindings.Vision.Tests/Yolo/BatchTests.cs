using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Yolo;

/// <summary>Batches against single images, and results in the caller's memory.</summary>
public sealed class BatchTests
{
    private const int Anchors = 60;
    private static readonly YoloOptions Options = new() { Confidence = .1f };
    private static readonly Image[] Images =
    [
        Photos.Noise(1, 100, 80), Photos.Noise(2, 33, 57, PixelFormat.Bgra), Photos.Noise(3, 640, 480),
        Photos.Noise(4, 64, 64, PixelFormat.Gray),
    ];

    [Fact]
    public void A_batch_of_different_images_gives_each_what_it_gives_alone()
    {
        Check(0, model => YoloDetectEngine.For(model, Options), (left, right) => left.ShouldBe(right));
        Check(1, model => YoloObbEngine.For(model, Options), (left, right) => left.ShouldBe(right));
        Check(15, model => YoloPoseEngine.For(model, Options), (left, right) =>
        {
            (left with { KeyPoints = default }).ShouldBe(right with { KeyPoints = default });
            left.KeyPoints.ToArray().ShouldBe(right.KeyPoints.ToArray());
        });
    }

    [Fact]
    public void Results_in_the_callers_list_allocate_nothing()
    {
        Free(0, model => YoloDetectEngine.For(model, Options));
        Free(1, model => YoloObbEngine.For(model, Options));
        Free(15, model => YoloPoseEngine.For(model, Options));
    }

    [Fact]
    public void Poses_of_a_list_lie_in_the_engines_memory_and_others_in_their_own()
    {
        using var engine = YoloPoseEngine.For(Model(15, Head(1, 15)), Options);
        var kept = engine.Detect(Images[0].View);
        var before = kept[0].KeyPoints.ToArray();
        var list = new List<YoloPose<Thing>>();
        engine.Detect(Images[2].View, list);
        kept[0].KeyPoints.ToArray().ShouldBe(before);
        list[0].KeyPoints.ToArray().ShouldBe(engine.Detect(Images[2].View)[0].KeyPoints.ToArray());
    }

    private static void Check<T>(int others, Func<SyntheticYolo, YoloEngine<T>> make, Action<T, T> equal)
        where T : struct
    {
        var heads = Enumerable.Range(0, 4).Select(seed => Head(seed, others)).ToArray();
        using var engine = make(Model(others, heads));
        engine.MaxBatch.ShouldBe(4);
        var together = engine.Detect(Images);
        var three = engine.Detect(Images.AsSpan(0, 3));
        three.Count.ShouldBe(3);
        for (var i = 0; i < 4; i++)
        {
            using var alone = make(Model(others, heads[i]));
            var single = alone.Detect(Images[i].View);
            single.Count.ShouldBeGreaterThan(3);
            together[i].Count.ShouldBe(single.Count);
            for (var k = 0; k < single.Count; k++) equal(together[i][k], single[k]);
            if (i < 3) three[i].Count.ShouldBe(single.Count);
        }
    }

    private static void Free<T>(int others, Func<SyntheticYolo, YoloEngine<T>> make)
        where T : struct
    {
        using var engine = make(Model(others, Head(1, others)));
        var found = new List<T>();
        Allocations.Of(() => engine.Detect(Images[0].View, found)).ShouldBe(0);
        found.Count.ShouldBe(engine.Detect(Images[0].View).Count);
        engine.LastTimings.Preprocess.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    private static SyntheticYolo Model(int others, params float[][] heads) =>
        new(YoloForm.Dense, 9 + others, Anchors, heads, 64) { KeyPointCount = 5 };

    /// <summary>Boxes and scores as <see cref="SyntheticHead"/> makes them, and noise for what the family adds.</summary>
    private static float[] Head(int seed, int others)
    {
        var random = new Random(seed);
        var head = SyntheticHead.Random(seed, anchors: Anchors, side: 64, grid: 2).Predictions.AsSpan(0, 9 * Anchors);
        return [.. head, .. Enumerable.Range(0, others * Anchors).Select(_ => random.NextSingle() * 64)];
    }
}
