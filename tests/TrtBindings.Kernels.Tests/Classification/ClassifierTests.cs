using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Classification;

[Trait("Category", "Slow")]
public sealed class ClassifierTests
{
    [SkippableFact]
    public void Scores_and_best_classes_of_random_outputs_are_the_processors()
    {
        using var rig = new KernelRig();
        for (var seed = 0; seed < 40; seed++) ClassifierComparison.Check(rig.Kernels, rig.Queue, rig.Wait, seed);
    }

    [SkippableFact]
    public void Of_equal_scores_the_first_class_comes_first()
    {
        using var rig = new KernelRig();
        Find(rig, [1, 3, 2, 3, -5, 3], 6, ClassScores.Logits, 4).ShouldBe([1, 3, 5, 2]);
        Find(rig, [0, 0, 0], 3, ClassScores.Probabilities, 5).ShouldBe([0, 1, 2]);
        Find(rig, [0, -0f, 0], 3, ClassScores.Logits, 2).ShouldBe([0, 1]);
        // Scores that underflow are equal.
        Find(rig, [-300, 0, -200, -150], 4, ClassScores.Logits, 4).ShouldBe([1, 0, 2, 3]);
    }

    [SkippableTheory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_not_a_number_is_the_processors_error(float value)
    {
        using var rig = new KernelRig();
        ClassifierComparison.Check(
            rig.Kernels, rig.Queue, rig.Wait, [1, 2, value, 4, 5, 6], 2, 3, ClassScores.Logits, 2, isHalf: false);
        ClassifierComparison.Check(
            rig.Kernels, rig.Queue, rig.Wait, [1, 2, 3, 4, value, 6], 2, 3, ClassScores.Automatic, 2, isHalf: true);
    }

    [SkippableFact]
    public void Infinities_that_the_processor_takes_give_its_scores()
    {
        using var rig = new KernelRig();
        ClassifierComparison.Check(rig.Kernels, rig.Queue, rig.Wait, [float.NegativeInfinity, 2, 1], 1, 3, ClassScores.Logits, 3,
            isHalf: false);
        ClassifierComparison.Check(rig.Kernels, rig.Queue, rig.Wait, [float.PositiveInfinity, 2, 1], 1, 3,
            ClassScores.Probabilities, 3, isHalf: false);
    }

    [SkippableFact]
    public void Without_a_declared_number_of_classes_the_first_run_makes_room()
    {
        using var rig = new KernelRig();
        var signature = new ModelSignature(
            "m.onnx", default, new([TensorDescription.Of("logits", ElementType.Float, "batch", "classes")]));
        using var classifier = new GpuClassifier<HeadLabel>(rig.Kernels, signature, ClassScores.Logits, 1, 2);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add([1, 5, 2, 9, 0, 0], false, 2, 3);
        heads.Run(classifier, new GpuFrame[2]).ShouldBe(2);
        heads.Run(classifier, new GpuFrame[2]).ShouldBe(1);
        var found = new List<ClassificationResult<HeadLabel>>();
        classifier.Read(1, default, found, null);
        found.ShouldHaveSingleItem().Label.ShouldBe(HeadLabel.Cup);
    }

    [SkippableFact]
    public void A_shape_that_the_family_does_not_have_is_an_error()
    {
        using var rig = new KernelRig();
        var signature = new ModelSignature("m.onnx", default,
            new([TensorDescription.Of("logits", ElementType.Float, "batch", 3)]), new(["cup", "plate", "spoon"]));
        using var classifier = new GpuClassifier<HeadLabel>(rig.Kernels, signature, ClassScores.Logits, 1, 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add([1, 5], false, 1, 2);
        Should.Throw<TensorException>(() => heads.Run(classifier, new GpuFrame[1])).Message.ShouldContain("'logits'");
        GpuClassifier<HeadLabel>.WhyNot(signature).ShouldBeNull();
        GpuClassifier<HeadLabel>.WhyNot(new("m.onnx", default, new([TensorDescription.Of("x", ElementType.Double, 1, 3)])))
            .ShouldNotBeNull();
    }

    private static int[] Find(KernelRig rig, float[] values, int classes, ClassScores kind, int top)
    {
        var signature = new ModelSignature(
            "m.onnx", default, new([TensorDescription.Of("logits", ElementType.Float, 1, classes)]));
        using var classifier = new GpuClassifier<HeadLabel>(rig.Kernels, signature, kind, top, 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add(values, false, 1, classes).Run(classifier, new GpuFrame[1]).ShouldBe(1);
        var found = new List<ClassificationResult<HeadLabel>>();
        classifier.Read(0, default, found, null);
        return [.. found.Select(one => one.ClassIndex)];
    }
}
