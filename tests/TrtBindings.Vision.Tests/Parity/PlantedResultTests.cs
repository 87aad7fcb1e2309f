namespace TrtBindings.Vision.Tests.Parity;

/// <summary>
/// Outputs that are near number by number and give another result: each is refused, and the find or the class is named with its
/// picture and the difference.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PlantedResultTests
{
    private const float Moved = 8;

    [Fact]
    public void A_box_that_is_moved_by_a_few_pixels_is_named()
    {
        using var run = new PlantedRun("desk-detect/desk-detect.onnx");
        var anchors = run.Shape(0)[2];
        var values = run.Values<float>(0);
        var best = DenseHead.BestAnchor(values, anchors, 4, run.Shape(0)[1]);
        values[best] += Moved;
        run.NumbersPass().ShouldBeTrue("the gate without results would keep it");
        var problem = run.Problem("boxes");
        problem.Picture.ShouldBe(0);
        problem.Largest.ShouldBe(Moved, 0.01);
        problem.Problem.ShouldNotBeNull().ShouldMatch(
            @"^[a-z ]+ 0\.\d\d \[.+\] of picture 0 is .+ in the engine: an edge is off by 8 px, 0\.0192 of 416, and the "
            + @"tolerance is 0\.005$");
    }

    [Fact]
    public void A_picture_of_a_batch_is_named_by_its_number()
    {
        using var run = new PlantedRun("desk-detect/desk-detect.onnx", batch: 3);
        var (rows, anchors) = (run.Shape(0)[1], run.Shape(0)[2]);
        var values = run.Values<float>(0).Slice(2 * rows * anchors, rows * anchors);
        values[DenseHead.BestAnchor(values, anchors, 4, rows)] += Moved;
        run.NumbersPass().ShouldBeTrue();
        var problem = run.Problem("boxes");
        problem.Picture.ShouldBe(2);
        problem.Problem.ShouldNotBeNull().ShouldContain("of picture 2 is");
    }

    [Fact]
    public void A_find_whose_score_falls_is_named()
    {
        using var run = new PlantedRun("desk-detect/desk-detect.onnx");
        var anchors = run.Shape(0)[2];
        var values = run.Values<float>(0);
        var best = DenseHead.BestAnchor(values, anchors, 4, run.Shape(0)[1]);
        var box = DenseHead.BoxAt(values, anchors, best);
        for (var anchor = 0; anchor < anchors; anchor++)
        {
            if (DenseHead.BoxAt(values, anchors, anchor).IntersectionOverUnion(box) < 0.5) continue;
            for (var row = 4; row < run.Shape(0)[1]; row++) values[(row * anchors) + anchor] *= 0.95f;
        }

        var problem = run.Problem("scores");
        problem.Largest.ShouldBeInRange(0.03, 0.06);
        problem.Problem.ShouldNotBeNull().ShouldMatch(@"has the score 0\.\d+ instead of 0\.\d+ in the engine");
    }

    [Fact]
    public void A_find_that_is_lost_is_named_and_so_is_one_that_is_added()
    {
        using var run = new PlantedRun("desk-detect/desk-detect.onnx");
        var anchors = run.Shape(0)[2];
        var values = run.Values<float>(0);
        var box = DenseHead.BoxAt(values, anchors, DenseHead.BestAnchor(values, anchors, 4, run.Shape(0)[1]));
        for (var anchor = 0; anchor < anchors; anchor++)
        {
            if (DenseHead.BoxAt(values, anchors, anchor).IntersectionOverUnion(box) < 0.3) continue;
            for (var row = 4; row < run.Shape(0)[1]; row++) values[(row * anchors) + anchor] = 0;
        }

        run.Problem("finds").Problem.ShouldNotBeNull().ShouldContain("is found by the reference and not by the engine");
        // An object where the reference has none: in the corner, of the first class.
        using var more = new PlantedRun("desk-detect/desk-detect.onnx");
        var spoilt = more.Values<float>(0);
        (spoilt[0], spoilt[anchors], spoilt[2 * anchors], spoilt[3 * anchors]) = (20, 20, 30, 30);
        spoilt[4 * anchors] = 0.9f;
        var problem = more.Problem("finds");
        problem.Problem.ShouldNotBeNull().ShouldMatch(
            @"0\.90 \[5\.0 5\.0 35\.0 35\.0\] of picture 0 is found by the engine and not by");
        problem.Agreement.ShouldNotBeNull().ShouldBeLessThan(1);
    }

    [Fact]
    public void A_find_of_another_class_is_named_with_both()
    {
        using var run = new PlantedRun("desk-detect/desk-detect.onnx");
        var (rows, anchors) = (run.Shape(0)[1], run.Shape(0)[2]);
        var values = run.Values<float>(0);
        var best = DenseHead.BestAnchor(values, anchors, 4, rows);
        var (box, label) = (DenseHead.BoxAt(values, anchors, best), DenseHead.ClassAt(values, anchors, best, 4, rows));
        var other = label == 4 ? 5 : 4;
        for (var anchor = 0; anchor < anchors; anchor++)
        {
            if (DenseHead.BoxAt(values, anchors, anchor).IntersectionOverUnion(box) < 0.3) continue;
            (values[(label * anchors) + anchor], values[(other * anchors) + anchor]) =
                (values[(other * anchors) + anchor], values[(label * anchors) + anchor]);
        }

        run.Problem("finds").Problem.ShouldNotBeNull()
            .ShouldContain("is found by the reference and not by the engine, which finds ");
    }

    [Fact]
    public void The_rows_of_an_end_to_end_head_are_compared_as_a_set_and_a_moved_one_is_named()
    {
        using var run = new PlantedRun("desk-seg-e2e.onnx");
        var columns = run.Shape(0)[2];
        var values = run.Values<float>(0);
        // The first three rows in reverse: the same finds.
        var first = values[..columns].ToArray();
        values.Slice(2 * columns, columns).CopyTo(values);
        first.CopyTo(values[(2 * columns)..]);
        run.Compare().ShouldAllBe(result => result.Problem == null);
        values[0] += Moved;
        values[2] += Moved;
        run.NumbersPass().ShouldBeTrue("the gate without results would keep it");
        run.Problem("boxes").Problem.ShouldNotBeNull().ShouldContain("an edge is off by 8 px, 0.0125 of 640");
    }

    [Fact]
    public void Another_best_class_is_named_with_both()
    {
        using var run = new PlantedRun("desk-classify/desk-classify.onnx", batch: 2);
        var classes = run.Shape(0)[1];
        var values = run.Values<float>(0).Slice(classes, classes);
        var best = DenseHead.IndexOfMax(values);
        var other = best == 0 ? 1 : 0;
        (values[best], values[other]) = (values[other], values[best]);
        var problem = run.Problem("best class");
        problem.Picture.ShouldBe(1);
        problem.Problem.ShouldNotBeNull().ShouldMatch(@"^the best class of picture 1 is .+ 0\.\d+ instead of .+ 0\.\d+");
    }

    [Fact]
    public void Pixels_of_another_class_are_counted_and_named()
    {
        using var run = new PlantedRun("desk-semantic/desk-semantic.onnx");
        var shape = run.Shape(0);
        var plane = shape[2] * shape[3];
        var values = run.Values<float>(0);
        for (var p = 0; p < plane / 20; p++)
        {
            var (most, at) = (float.NegativeInfinity, 0);
            for (var c = 0; c < shape[1]; c++)
                if (values[(c * plane) + p] > most) (most, at) = (values[(c * plane) + p], c);
            values[((at == 1 ? 2 : 1) * plane) + p] = most + 0.5f;
        }

        var problem = run.Problem("class map");
        problem.Agreement.ShouldNotBeNull().ShouldBeInRange(0.9, 0.96);
        problem.Problem.ShouldNotBeNull()
            .ShouldMatch(@"^in picture 0 \d+ pixels are of '.+' instead of '.+'; 0\.9\d* of its pixels");
    }

    [Fact]
    public void Outputs_that_the_engine_cannot_read_are_a_problem_and_a_reference_that_it_cannot_read_is_none()
    {
        using var run = new PlantedRun("desk-maskrcnn/desk-maskrcnn-320x320.onnx");
        run.Values<long>(1)[0] = 99;
        run.Compare().Single().Problem.ShouldNotBeNull()
            .ShouldContain("the reference's outputs can be read, and the engine's not");
        VisionParity.Default.Compare(run.Description, run.Inputs, run.Planted, run.Reference,
            ParityTolerance.Float16).Single().ShouldSatisfyAllConditions(
                one => one.Problem.ShouldBeNull(), one => one.Part.ShouldStartWith("not read ("));
    }

    [Fact]
    public void Equal_outputs_are_within_a_tolerance_of_nothing()
    {
        using var run = new PlantedRun("desk-seg.onnx");
        run.Compare(new() { Agreement = 1, Cosine = 1, Position = 0, Score = 0, Overlap = 1 })
            .ShouldAllBe(result => result.Problem == null && result.Count > 0);
    }
}
