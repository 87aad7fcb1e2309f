using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Yolo;

/// <summary>Calls with lists of the caller that are too short, or that must be empty after an error.</summary>
public sealed class CallersListsTests
{
    private static readonly ImageMemory[] Images = [Photos.Noise(1, 100, 80), Photos.Noise(2, 64, 64)];

    [Fact]
    public void Lists_that_are_too_few_missing_or_there_twice_are_refused()
    {
        using var engine = YoloDetectEngine.Create(Model(1));
        List<Detection<Thing>> one = [default];
        Should.Throw<ArgumentException>(() => engine.Detect(Images, [one]))
            .Message.ShouldStartWith("There are 2 images and 1 found; pass one for each image.");
        Should.Throw<ArgumentException>(() => engine.Detect(Images, [one, one]))
            .Message.ShouldStartWith("found[0] and found[1] are one object");
        Should.Throw<ArgumentNullException>(() => engine.Detect(Images, [one, null!])).ParamName.ShouldBe("found[1]");
        Should.Throw<ArgumentException>(() => engine.Detect([], [one]));
        Should.Throw<TensorException>(() => engine.Detect([], []));
        one.Count.ShouldBe(1);
    }

    [Fact]
    public void An_error_in_a_later_image_leaves_all_lists_empty()
    {
        using (var good = YoloDetectEngine.Create(Model(1)))
        {
            List<Detection<Thing>>[] found = [[], []];
            good.Detect(Images, found);
            found.ShouldAllBe(list => list.Count == 1);
        }

        using var engine = YoloDetectEngine.Create(Model(99));
        List<Detection<Thing>>[] lists = [[default], [default, default]];
        Should.Throw<TensorException>(() => engine.Detect(Images, lists)).Message.ShouldContain("returned class 99");
        lists.ShouldAllBe(list => list.Count == 0);
    }

    [Fact]
    public void A_cancelled_call_leaves_a_list_empty()
    {
        using var engine = YoloDetectEngine.Create(Model(1));
        List<Detection<Thing>> found = [default];
        Should.Throw<OperationCanceledException>(() => engine.Detect(Images[0].View, found, new CancellationToken(true)));
        found.ShouldBeEmpty();
    }

    /// <summary>Two images with one object each. The class of the second image's object is given.</summary>
    private static SyntheticYolo Model(int label) => new(
        YoloForm.EndToEnd, 1, 6, [[10, 10, 30, 30, .9f, 0], [5, 5, 50, 40, .8f, label]], 64);
}
