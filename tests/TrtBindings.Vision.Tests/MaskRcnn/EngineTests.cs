using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>Each exporter's contract, on graphs whose instances are known.</summary>
public sealed class EngineTests
{
    [Fact]
    public void Torchvision_takes_pictures_as_they_are_and_pastes_itself()
    {
        using var model = new SyntheticMaskRcnn(MaskRcnnForm.Torchvision).Names("__background__", "Cup", "Plate")
            .Add(10, 20, 50, 60, 2, .9f).Add(0, 0, 8, 8, 1, .8f, .3f).Load();
        using var engine = MaskRcnnEngine.Create(model);
        engine.InputWidth.ShouldBeNull();
        foreach (var (width, height) in new[] { (64, 80), (200, 70), (33, 61) })
        {
            var found = engine.Detect(Photos.Plain(width, height, 255, 255, 255).View);
            found.Select(one => (one.ClassIndex, one.Label, one.Score)).ShouldBe([(2, Thing.Spoon, .9f), (1, Thing.Plate, .8f)]);
            found[0].Box.ShouldBe(new Box(10, 20, 50, 60));
            (found[0].Mask!.FrameWidth, found[0].Mask!.FrameHeight).ShouldBe((width, height));
            found[0].Mask![11, 21].ShouldBeTrue();
            // Probability 0.3 everywhere.
            found[1].Mask!.Area.ShouldBe(0);
        }
    }

    [Fact]
    public void The_number_of_instances_may_change_from_picture_to_picture_and_be_none()
    {
        using var model = new SyntheticMaskRcnn(MaskRcnnForm.Torchvision).Add(1, 1, 9, 9, 1, 1).Add(5, 5, 20, 20, 1, .5f).Load();
        using var engine = MaskRcnnEngine.Create(model, new() { Confidence = 0 });
        foreach (var (grey, count) in new (byte, int)[] { (255, 2), (20, 1), (0, 0), (200, 2) })
            engine.Detect(Photos.Plain(40, 30, grey, grey, grey).View).Count.ShouldBe(count);
    }

    [Fact]
    public void Detectron2_boxes_go_back_by_each_axis_are_clipped_and_dropped_when_empty()
    {
        // 480 x 640 becomes 800 x 1067.
        using var model = new SyntheticMaskRcnn(MaskRcnnForm.Detectron2).Names("Cup", "Plate")
            .Add(106.7f, 80, 533.5f, 400, 1).Add(-50, -50, 2000, 2000, 0).Add(1067, 10, 1100, 20, 0).Load();
        using var engine = MaskRcnnEngine.Create(model);
        var found = engine.Detect(Photos.Plain(640, 480, 255, 255, 255).View);
        found.Count.ShouldBe(2);
        Near(found[0].Box, new(64, 48, 320, 240));
        found[1].Box.ShouldBe(new Box(0, 0, 640, 480));
        found.Select(one => one.Label).ShouldBe([Thing.Plate, Thing.Cup]);
        // A window that is enlarged loses its corners: (0.5 ln 2 - 0.25) of a value's pixels at each.
        found[0].Mask!.Area.ShouldBe((256 * 192) - 24);
        found[1].Mask!.Area.ShouldBeInRange((640 * 480) - 170, (640 * 480) - 130);
        (found[1].Mask!.FrameWidth, found[1].Mask!.FrameHeight).ShouldBe((640, 480));
    }

    [Fact]
    public void The_zoos_boxes_go_back_by_one_factor_and_its_labels_begin_at_1()
    {
        // 480 x 640 becomes 800 x 1066 by 800 / 480, padded to 1088.
        using var model = new SyntheticMaskRcnn(MaskRcnnForm.OnnxZoo).Names("Cup", "Plate").Add(100, 200, 300, 400, 1).Load();
        using var engine = MaskRcnnEngine.Create(model);
        var found = engine.Detect(Photos.Plain(640, 480, 9, 9, 9).View).ShouldHaveSingleItem();
        Near(found.Box, new(60, 120, 180, 240));
        (found.Label, found.ClassIndex).ShouldBe((Thing.Cup, 1));
        // Grown by 30 / 28 from its centre: 124.3 pixels to each side at most, half a cell of which is above one half.
        found.Mask!.Area.ShouldBeInRange(119 * 119, 123 * 123);
    }

    [Fact]
    public void NVIDIAs_boxes_are_shares_with_rows_first_and_a_batch_gives_what_single_images_give()
    {
        var graph = new SyntheticMaskRcnn(MaskRcnnForm.NvidiaSample).Names("Cup", "Plate").Sized(1344L, 1344L).Batched("n")
            .Add(.1f, .2f, .3f, .5f, 0, .9f).Add(.05f, .05f, .1f, .1f, 1, .6f);
        using var model = graph.Load();
        using var engine = MaskRcnnEngine.Create(model, new() { MaxBatch = 3, Confidence = .3f });
        (engine.InputWidth, engine.InputHeight).ShouldBe((1344, 1344));
        ImageMemory[] images =
        [
            Photos.Plain(640, 480, 250, 250, 250), Photos.Plain(300, 400, 90, 90, 90), Photos.Plain(500, 500, 160, 90, 160),
        ];
        var together = engine.Detect(images);
        for (var i = 0; i < 3; i++)
        {
            var alone = engine.Detect(images[i].View);
            together[i].Select(one => one with { Mask = null, Score = 0 })
                .ShouldBe(alone.Select(one => one with { Mask = null, Score = 0 }));
            for (var k = 0; k < alone.Count; k++)
            {
                alone[k].Score.ShouldBe(together[i][k].Score, 1e-5f);
                Same.Masks(alone[k].Mask, together[i][k].Mask);
            }
        }

        // The larger of 1067 / 640 and 800 / 480 is 1.6671875, for both axes.
        var scale = 1344 / 1.6671875f;
        Near(together[0][0].Box, new(.2f * scale, .1f * scale, .5f * scale, .3f * scale));
        together[0].Count.ShouldBeGreaterThan(together[1].Count);
    }

    [Fact]
    public void Fixed_slots_give_as_many_instances_as_are_filled()
    {
        // 640 x 480 in 320 x 320: scaled by one half, top left. The last slot is not filled.
        using var model = Slots().Load();
        using var engine = MaskRcnnEngine.Create(model);
        (engine.InputWidth, engine.InputHeight, engine.Form).ShouldBe((320, 320, MaskRcnnForm.FixedSlots));
        var found = engine.Detect(Photos.Plain(640, 480, 255, 255, 255).View);
        found.Select(one => (one.Label, one.Box)).ShouldBe(
            [(Thing.Plate, new Box(20, 40, 200, 220)), (Thing.Cup, new Box(600, 400, 640, 480))]);
        found[0].Mask!.Area.ShouldBeInRange(178 * 178, 186 * 186);
    }

    [Fact]
    public void Weak_instances_and_more_than_wanted_stay_away()
    {
        using var model = Slots().Load();
        var photo = Photos.Plain(64, 48, 255, 255, 255);
        using (var engine = MaskRcnnEngine.Create(model, new() { Confidence = .8f })) engine.Detect(photo.View).Count.ShouldBe(1);
        using (var engine = MaskRcnnEngine.Create(model, new() { MaxDetections = 1, Masks = false }))
            engine.Detect(photo.View).ShouldHaveSingleItem().Mask.ShouldBeNull();
    }

    [Theory]
    [InlineData(MaskRcnnForm.FixedSlots)]
    [InlineData(MaskRcnnForm.Torchvision)]
    public void A_call_into_the_callers_memory_allocates_nothing(MaskRcnnForm form)
    {
        using var model = Slots(form).Load();
        using var engine = MaskRcnnEngine.Create(model);
        var photo = Photos.Plain(300, 200, 240, 240, 240);
        var (detections, masks) = (new List<InstanceDetection<Thing>>(), new MaskBuffer());
        Allocations.Of(() => engine.Detect(photo.View, detections, masks)).ShouldBe(0);
        var fresh = engine.Detect(photo.View);
        detections.Select(one => one with { Mask = null }).ShouldBe(fresh.Select(one => one with { Mask = null }));
        for (var i = 0; i < fresh.Count; i++) Same.Masks(fresh[i].Mask, detections[i].Mask);
        fresh.Count.ShouldBe(2);
    }

    /// <summary>Two instances and an empty slot.</summary>
    private static SyntheticMaskRcnn Slots(MaskRcnnForm form = MaskRcnnForm.FixedSlots)
    {
        var model = new SyntheticMaskRcnn(form).Names("Cup", "Plate", "Spoon").Add(10, 20, 100, 110, 2, .9f)
            .Add(300, 200, 400, 300, 1, .7f).Add(0, 0, 0, 0, 0, 0);
        return form == MaskRcnnForm.FixedSlots ? model.Sized(320L, 320L) : model;
    }

    private static void Near(Box found, Box expected)
    {
        found.X1.ShouldBe(expected.X1, 1e-3f);
        found.Y1.ShouldBe(expected.Y1, 1e-3f);
        found.X2.ShouldBe(expected.X2, 1e-3f);
        found.Y2.ShouldBe(expected.Y2, 1e-3f);
    }
}
