using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Yolo;

/// <summary>Batches against single images, and results in the caller's memory.</summary>
public sealed class BatchTests
{
    private const int Anchors = 60;
    private static readonly YoloOptions Options = new() { Confidence = .1f };
    private static readonly ImageMemory[] Images =
    [
        Photos.Noise(1, 100, 80), Photos.Noise(2, 33, 57, PixelFormat.Bgra), Photos.Noise(3, 640, 480),
        Photos.Noise(4, 64, 64, PixelFormat.Gray),
    ];

    [Fact]
    public void A_batch_of_different_images_gives_each_what_it_gives_alone()
    {
        Check(0, model => YoloDetectEngine.Create(model, Options), (left, right) => left.ShouldBe(right));
        Check(1, model => YoloObbEngine.Create(model, Options), (left, right) => left.ShouldBe(right));
        Check(15, model => YoloPoseEngine.Create(model, Options), Equal);
    }

    [Fact]
    public void Results_in_the_callers_lists_allocate_nothing()
    {
        Free(0, model => YoloDetectEngine.Create(model, Options));
        Free(1, model => YoloObbEngine.Create(model, Options));
    }

    [Fact]
    public void Poses_in_the_callers_memory_allocate_nothing()
    {
        using var engine = YoloPoseEngine.Create(Model(15, [.. Enumerable.Range(0, 4).Select(seed => Head(seed, 15))]), Options);
        var (found, points) = (new List<YoloPose<Thing>>(), new KeyPointBuffer());
        Allocations.Of(() => engine.Detect(Images[0].View, found, points)).ShouldBe(0);
        Equal(found, engine.Detect(Images[0].View));
        List<YoloPose<Thing>>[] all = [.. Images.Select(_ => new List<YoloPose<Thing>>())];
        Allocations.Of(() => engine.Detect(Images, all, points)).ShouldBe(0);
        var fresh = engine.Detect(Images);
        for (var i = 0; i < 4; i++) Equal(all[i], fresh[i]);
    }

    [Fact]
    public void Key_points_become_others_only_in_a_buffer_that_is_given_again()
    {
        using var engine = YoloPoseEngine.Create(Model(15, Head(1, 15)), Options);
        var (own, shared, points) = (new List<YoloPose<Thing>>(), new List<YoloPose<Thing>>(), new KeyPointBuffer());
        engine.Detect(Images[0].View, own);
        engine.Detect(Images[0].View, shared, points);
        var before = own[0].KeyPoints.ToArray();
        shared[0].KeyPoints.ToArray().ShouldBe(before);
        engine.Detect(Images[2].View, [], points);
        own[0].KeyPoints.ToArray().ShouldBe(before);
        shared[0].KeyPoints.ToArray().ShouldNotBe(before);
        engine.Detect(Images[2].View, own);
        shared[0].KeyPoints.ToArray().ShouldBe(own[0].KeyPoints.ToArray());
        Should.Throw<ArgumentNullException>(() => engine.Detect(Images[0].View, own, null!)).ParamName.ShouldBe("buffer");
    }

    private static void Check<T>(int others, Func<SyntheticYolo, DetectionEngine<T>> make, Action<T, T> equal)
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

    private static void Free<T>(int others, Func<SyntheticYolo, DetectionEngine<T>> make)
        where T : struct
    {
        using var engine = make(Model(others, [.. Enumerable.Range(0, 4).Select(seed => Head(seed, others))]));
        var found = new List<T>();
        Allocations.Of(() => engine.Detect(Images[0].View, found)).ShouldBe(0);
        found.Count.ShouldBeGreaterThan(3);
        found.ShouldBe(engine.Detect(Images[0].View));
        engine.LastTimings.Preprocess.ShouldBeGreaterThan(TimeSpan.Zero);
        List<T>[] all = [.. Images.Select(_ => new List<T>())];
        Allocations.Of(() => engine.Detect(Images, all)).ShouldBe(0);
        var fresh = engine.Detect(Images);
        for (var i = 0; i < 4; i++) all[i].ShouldBe(fresh[i]);
    }

    private static void Equal(IReadOnlyList<YoloPose<Thing>> left, IReadOnlyList<YoloPose<Thing>> right)
    {
        left.Count.ShouldBe(right.Count);
        for (var i = 0; i < left.Count; i++) Equal(left[i], right[i]);
    }

    private static void Equal(YoloPose<Thing> left, YoloPose<Thing> right)
    {
        (left with { KeyPoints = default }).ShouldBe(right with { KeyPoints = default });
        left.KeyPoints.ToArray().ShouldBe(right.KeyPoints.ToArray());
    }

    private static SyntheticYolo Model(int others, params float[][] heads) =>
        new(YoloForm.Dense, 9 + others, Anchors, heads, 64) { KeyPointCount = 5 };

    /// <summary>Boxes and scores of <see cref="SyntheticHead"/>, and noise in the columns that the family adds.</summary>
    private static float[] Head(int seed, int others)
    {
        var random = new Random(seed);
        var head = SyntheticHead.Random(seed, anchors: Anchors, side: 64, grid: 2).Predictions.AsSpan(0, 9 * Anchors);
        return [.. head, .. Enumerable.Range(0, others * Anchors).Select(_ => random.NextSingle() * 64)];
    }
}
