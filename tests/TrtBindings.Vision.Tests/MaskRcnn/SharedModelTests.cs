using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>A network in fixed slots that is in ../shared.</summary>
public sealed class SharedModelTests
{
    [SkippableFact]
    public void A_network_in_fixed_slots_gives_its_slots()
    {
        using var model = new UntypedMaskRcnn<Thing>(
            UntypedModel.Load(Shared.Require("tensorrt/models/mask_fixed_slots.onnx")), MaskRcnnForm.FixedSlots);
        using var engine = MaskRcnnEngine.Create(model, new() { Confidence = 0 });
        (engine.InputWidth, engine.InputHeight, engine.MaxBatch).ShouldBe((320, 320, 1));
        var photo = BlobPhotos.Make(4, 500, 400);
        var found = engine.Detect(photo.View);
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        new MaskRcnnPreprocessor(MaskRcnnForm.FixedSlots)
            .Run(photo.View, new(320, 320, 320, 256), ((InputTensor<float>)inputs.Tensors[0]).Span);
        model.Run(inputs, outputs);
        var boxes = ((OutputTensor<float>)outputs.Tensors[0]).Span.ToArray();
        var labels = ((OutputTensor<long>)outputs.Tensors[1]).Span.ToArray();
        var count = (int)((OutputTensor<long>)outputs.Tensors[4]).Span[0];
        found.Count.ShouldBe(count);
        count.ShouldBeGreaterThan(0);
        for (var i = 0; i < count; i++)
        {
            found[i].ClassIndex.ShouldBe((int)labels[i]);
            found[i].Box.X1.ShouldBe(Math.Clamp(boxes[4 * i] * 500 / 320, 0, 500), 1e-3f);
            found[i].Box.Y2.ShouldBe(Math.Clamp(boxes[(4 * i) + 3] * 400 / 256, 0, 400), 1e-3f);
            (found[i].Mask!.FrameWidth, found[i].Mask!.FrameHeight).ShouldBe((500, 400));
        }
    }
}
