namespace TrtBindings.Vision.Tests.Parity;

/// <summary>What a find has besides its box: a mask, key points, an angle, and the slots of a Mask R-CNN.</summary>
[Trait("Category", "Slow")]
public sealed class PlantedPartTests
{
    private const float Moved = 8;

    [Fact]
    public void A_mask_that_is_another_one_is_named()
    {
        using var run = new PlantedRun("desk-seg.onnx");
        var (rows, anchors) = (run.Shape(0)[1], run.Shape(0)[2]);
        var coefficients = run.Shape(1)[1];
        var values = run.Values<float>(0);
        var best = DenseHead.BestAnchor(values, anchors, 4, rows - coefficients);
        for (var row = rows - coefficients; row < rows; row++) values[(row * anchors) + best] *= -1;
        var problem = run.Problem("masks");
        problem.Agreement.ShouldNotBeNull().ShouldBeLessThan(0.5);
        problem.Problem.ShouldNotBeNull().ShouldMatch(
            @"^the mask of .+ px of picture 0 overlaps that of the engine by 0\.?\d*, and");
    }

    [Fact]
    public void A_key_point_is_named_with_its_number()
    {
        using var run = new PlantedRun("desk-pose/desk-pose.onnx");
        var (rows, anchors) = (run.Shape(0)[1], run.Shape(0)[2]);
        var values = run.Values<float>(0);
        var first = 4 + ModelLabels.Of(run.Description).Count;
        var points = rows - first;
        var best = DenseHead.BestAnchor(values, anchors, 4, rows - points);
        var visible = Enumerable.Range(0, points / 3).First(
            point => run.Values<float>(0)[((first + (3 * point) + 2) * anchors) + best] > 0.5f);
        values[((first + (3 * visible)) * anchors) + best] += Moved / 2;
        run.NumbersPass().ShouldBeTrue("the gate without results would keep it");
        run.Problem("key points").Problem.ShouldNotBeNull().ShouldMatch($"^key point {visible} of .+ is off by 4 px");
    }

    [Fact]
    public void A_turned_box_is_named()
    {
        using var run = new PlantedRun("desk-obb/desk-obb.onnx");
        var (rows, anchors) = (run.Shape(0)[1], run.Shape(0)[2]);
        var values = run.Values<float>(0);
        // A quarter turn of every box; of those that are not square it makes others.
        for (var anchor = 0; anchor < anchors; anchor++) values[((rows - 1) * anchors) + anchor] += MathF.PI / 2;
        run.Compare().ShouldContain(result => result.Problem != null);
        var problem = run.Compare(ParityTolerance.Float16 with { Position = 1 }).Single(result => result.Part == "turned boxes");
        problem.Problem.ShouldNotBeNull().ShouldMatch(
            @"^the box of .+ rad\] of picture 0 overlaps that of the engine by 0\.\d+, and");
    }

    [Fact]
    public void A_face_is_named()
    {
        using var run = new PlantedRun("faces/faces-scrfd.onnx");
        var outputs = Enumerable.Range(0, run.Planted.Tensors.Count).Select(i => (Output: i, Shape: run.Shape(i))).ToArray();
        var scores = outputs.Where(one => one.Shape[^1] == 1).Select(one => one.Output).ToArray();
        var boxes = outputs.Where(one => one.Shape[^1] == 4).Select(one => one.Output).ToArray();
        var level = Enumerable.Range(0, scores.Length).MaxBy(i => DenseHead.Max(run.Values<float>(scores[i])));
        var best = DenseHead.IndexOfMax(run.Values<float>(scores[level]));
        run.Values<float>(boxes[level])[4 * best] += 0.4f;
        run.Problem("boxes").Problem.ShouldNotBeNull().ShouldContain("of picture 0 is");
    }

    [Fact]
    public void The_slots_of_a_Mask_R_CNN_are_compared_as_a_set_and_a_class_is_named()
    {
        using var run = new PlantedRun("desk-maskrcnn/desk-maskrcnn-320x320.onnx");
        Swap<float>(0);
        Swap<long>(1);
        Swap<float>(2);
        Swap<float>(3);
        run.Compare().ShouldAllBe(result => result.Problem == null);
        run.NumbersPass().ShouldBeTrue("slots in another order are the same finds");
        run.Values<long>(1)[0] = run.Values<long>(1)[0] == 1 ? 2 : 1;
        var problem = run.Problem("finds");
        problem.Problem.ShouldNotBeNull().ShouldContain("is found by the reference and not by the engine, which finds ");

        void Swap<T>(int output)
            where T : unmanaged
        {
            var values = run.Values<T>(output);
            var own = values.Length / run.Shape(output)[0];
            var first = values[..own].ToArray();
            values.Slice(own, own).CopyTo(values);
            first.CopyTo(values[own..]);
        }
    }
}
