using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>Options and outputs that do not fit a model are refused, and the engine stays usable.</summary>
public sealed class RefusalTests
{
    private static readonly ImageMemory Photo = Photos.Plain(64, 48, 255, 255, 255);

    [Fact]
    public void A_picture_of_another_size_than_a_fixed_export_names_both()
    {
        using var model = Torchvision().Sized(48L, 80L).Load();
        using var engine = MaskRcnnEngine.Create(model);
        var message = Should.Throw<TensorException>(() => engine.Detect(Photo.View)).Message;
        message.ShouldContain("The picture is 64 x 48 (width x height), but");
        message.ShouldContain("was exported for 80 x 48 and resizes inside. Resize the picture");
        engine.Detect(Photos.Plain(80, 48, 255, 255, 255).View).Count.ShouldBe(1);
    }

    [Fact]
    public void A_side_that_a_graph_leaves_open_is_called_so()
    {
        using var model = Torchvision().Sized("height", 80L).Load();
        using var engine = MaskRcnnEngine.Create(model);
        Should.Throw<TensorException>(() => engine.Detect(Photo.View)).Message.ShouldContain("exported for 80 x any height");
        engine.Detect(Photos.Plain(80, 61, 255, 255, 255).View).Count.ShouldBe(1);
        Should.Throw<TensorException>(() => MaskRcnnEngine.Create(model, new() { InputWidth = 64, InputHeight = 48 }))
            .Message.ShouldContain("takes 80 x any height (width x height), not 64 x 48.");
    }

    [Fact]
    public void A_chosen_size_is_the_only_one()
    {
        using var model = Torchvision().Load();
        using var engine = MaskRcnnEngine.Create(model, new() { InputWidth = 80, InputHeight = 48 });
        Should.Throw<TensorException>(() => engine.Detect(Photo.View))
            .Message.ShouldContain("is to be run at 80 x 48 and resizes inside. Resize the picture, or leave InputWidth");
        engine.Detect(Photos.Plain(80, 48, 255, 255, 255).View).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(MaskRcnnForm.Torchvision)]
    [InlineData(MaskRcnnForm.Detectron2)]
    [InlineData(MaskRcnnForm.OnnxZoo)]
    [InlineData(MaskRcnnForm.NvidiaSample)]
    [InlineData(MaskRcnnForm.FixedSlots)]
    public void Another_size_than_the_graphs_names_both(MaskRcnnForm form)
    {
        using var model = new SyntheticMaskRcnn(form).Sized(320L, 256L).Add(1, 1, 9, 9, 1).Add(1, 1, 9, 9, 1).Load();
        var message = Should.Throw<TensorException>(
            () => MaskRcnnEngine.Create(model, new() { InputWidth = 1344, InputHeight = 320 })).Message;
        message.ShouldContain("takes 256 x 320 (width x height), not 1344 x 320.");
        message.ShouldContain("Leave InputWidth and InputHeight out");
        using var engine = MaskRcnnEngine.Create(model, new() { InputWidth = 256, InputHeight = 320 });
        (engine.InputWidth, engine.InputHeight).ShouldBe((256, 320));
        if (form != MaskRcnnForm.Torchvision) engine.Detect(Photo.View).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(MaskRcnnForm.Detectron2)]
    [InlineData(MaskRcnnForm.OnnxZoo)]
    public void An_open_size_can_be_a_canvas(MaskRcnnForm form)
    {
        using var model = new SyntheticMaskRcnn(form).Add(64, 64, 128, 128, 1).Load();
        using var engine = MaskRcnnEngine.Create(model, new() { InputWidth = 256, InputHeight = 256 });
        // 64 x 48 becomes 256 x 192.
        var box = engine.Detect(Photo.View).ShouldHaveSingleItem().Box;
        (box.X1, box.X2).ShouldBe((16, 32));
    }

    [Fact]
    public void Sides_say_nothing_to_a_graph_that_resizes_or_takes_what_fits()
    {
        using var whole = Torchvision().Load();
        Should.Throw<TensorException>(() => MaskRcnnEngine.Create(whole, new() { ShorterSide = 400 }))
            .Message.ShouldContain("resizes the picture itself");
        using var slots = new SyntheticMaskRcnn(MaskRcnnForm.FixedSlots).Sized(64L, 64L).Add(1, 1, 9, 9, 1).Load();
        Should.Throw<TensorException>(() => MaskRcnnEngine.Create(slots, new() { LongerSide = 400 }))
            .Message.ShouldContain("resized to fit");
    }

    [Fact]
    public void Lists_of_one_image_take_one_image()
    {
        using var model = Torchvision().Load();
        Should.Throw<TensorException>(() => MaskRcnnEngine.Create(model, new() { MaxBatch = 2 }))
            .Message.ShouldContain("takes one image at a time");
        using var engine = MaskRcnnEngine.Create(model);
        Should.Throw<TensorException>(() => engine.Detect([Photo, Photo])).Message.ShouldContain("1 image, not 2");
        Should.Throw<TensorException>(() => engine.Detect([]));
        engine.Detect([Photo])[0].Count.ShouldBe(1);
    }

    [Fact]
    public void A_class_without_a_label_is_a_typed_error_and_leaves_the_list_empty()
    {
        using var model = new SyntheticMaskRcnn(MaskRcnnForm.Torchvision).Names("background", "Plate").Add(1, 1, 9, 9, 2).Load();
        using var engine = MaskRcnnEngine.Create(model);
        List<InstanceDetection<Thing>> detections = [default];
        Should.Throw<TensorException>(() => engine.Detect(Photo.View, detections, new()))
            .Message.ShouldContain("returned class 2, but its labels are for classes 0 to 1");
        detections.ShouldBeEmpty();
    }

    [Fact]
    public void A_model_of_another_contract_than_it_says_is_a_typed_error()
    {
        var bytes = Torchvision().Bytes();
        using var five = new UntypedMaskRcnn<Thing>(UntypedModel.Load(bytes), MaskRcnnForm.Detectron2);
        Should.Throw<TensorException>(() => MaskRcnnEngine.Create(five)).Message.ShouldContain("has 4 outputs");
        using var slots = new UntypedMaskRcnn<Thing>(
            UntypedModel.Load(new SyntheticMaskRcnn(MaskRcnnForm.FixedSlots).Sized(64L, 64L).Add(1, 1, 9, 9, 1).Bytes()),
            MaskRcnnForm.NvidiaSample);
        Should.Throw<TensorException>(() => MaskRcnnEngine.Create(slots)).Message.ShouldContain("must be boxes, float [N, D, 4]");
    }

    [Fact]
    public void Windows_where_pasted_masks_should_be_are_a_typed_error()
    {
        using var model = new UntypedMaskRcnn<Thing>(
            UntypedModel.Load(new SyntheticMaskRcnn(MaskRcnnForm.OnnxZoo).Add(1, 1, 9, 9, 1).OpenMasks().Bytes()),
            MaskRcnnForm.Torchvision);
        using var engine = MaskRcnnEngine.Create(model);
        Should.Throw<TensorException>(() => engine.Detect(Photo.View)).Message.ShouldContain("28 x 28 for a picture of 64 x 48");
    }

    [Fact]
    public void A_bad_picture_or_a_cancelled_call_leaves_the_engine_usable()
    {
        using var model = Torchvision().Load();
        using var engine = MaskRcnnEngine.Create(model);
        Should.Throw<ImageException>(() => engine.Detect(default(ImageView)));
        Should.Throw<OperationCanceledException>(() => engine.Detect(Photo.View, new CancellationToken(true)));
        engine.Detect(Photo.View).Count.ShouldBe(1);
        engine.Dispose();
        Should.Throw<ObjectDisposedException>(() => engine.Detect(Photo.View));
    }

    [Fact]
    public void An_option_outside_its_range_is_named()
    {
        using var model = Torchvision().Load();
        void For(MaskRcnnOptions options) => MaskRcnnEngine.Create(model, options);
        Should.Throw<ArgumentOutOfRangeException>(() => For(new() { Confidence = 2 })).ParamName.ShouldBe("Confidence");
        Should.Throw<ArgumentOutOfRangeException>(() => For(new() { MaskThreshold = -1 })).ParamName.ShouldBe("MaskThreshold");
        Should.Throw<ArgumentException>(() => For(new() { InputWidth = 64 })).Message.ShouldContain("given together");
    }

    private static SyntheticMaskRcnn Torchvision() =>
        new SyntheticMaskRcnn(MaskRcnnForm.Torchvision).Add(1, 1, 9, 9, 1);
}
