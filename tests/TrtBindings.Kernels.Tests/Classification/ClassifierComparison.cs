using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Classification;

/// <summary>Compares the kernels of classification with the processor's code, on any driver.</summary>
internal static class ClassifierComparison
{
    /// <summary>A random output.</summary>
    public static void Check(KernelSet kernels, GpuQueue queue, Action wait, int seed)
    {
        var random = new Random(seed);
        var classes = new[] { 1, 2, 3, 10, 255, 256, 257, 1000, 1001 }[random.Next(9)];
        var (batch, isHalf) = (random.Next(1, 5), random.Next(2) == 0);
        var kind = (ClassScores)random.Next(3);
        var values = random.Normal(
            batch * classes, new[] { .1f, 3, 40 }[random.Next(3)], random.Next(2) * .25f, random.Next(3) == 0 ? .001 : 0);
        // Some images have probabilities.
        for (var item = 0; item < batch; item += random.Next(1, 3))
            ClassScoring.Softmax(values.AsSpan(item * classes, classes), values.AsSpan(item * classes, classes));
        Check(kernels, queue, wait, values, batch, classes, kind, random.Next(1, 12), isHalf);
    }

    /// <summary>An output [batch, classes].</summary>
    public static void Check(
        KernelSet kernels, GpuQueue queue, Action wait, float[] values, int batch, int classes, ClassScores kind, int top,
        bool isHalf)
    {
        var signature = new ModelSignature(
            "m.onnx", default, new([TensorDescription.Of("logits", ElementType.Float, "batch", "classes")]));
        using var classifier = new GpuClassifier<HeadLabel>(kernels, signature, kind, top, batch);
        using var heads = new Heads(kernels, queue, wait);
        heads.Add(values, isHalf, batch, classes).Run(classifier, new GpuFrame[batch]);
        values = values.Rounded(isHalf);
        for (var item = 0; item < batch; item++)
        {
            var scores = new float[classes];
            ClassScoring.Score(kind, values.AsSpan(item * classes, classes), scores);
            var found = new List<ClassificationResult<HeadLabel>>();
            if (!ClassScoring.AreNumbers(scores))
            {
                Should.Throw<TensorException>(() => classifier.Read(item, default, found, null))
                    .Message.ShouldBe(ClassScoring.NotNumbers("logits", item).Message);
                continue;
            }

            var best = new int[top];
            best = best[..ClassScoring.Best(scores, best)];
            classifier.Read(item, default, found, null);
            found.Count.ShouldBe(best.Length);
            for (var i = 0; i < best.Length; i++)
            {
                var (index, score) = (found[i].ClassIndex, found[i].Score);
                ShouldBeNear(score, scores[best[i]]);
                // The processor's exponential is the system's: two scores that differ by a rounding may change places.
                if (index != best[i]) scores[index].ShouldBe(scores[best[i]], scores[index] * 3e-7, $"place {i}");
                score.ShouldBe(classifier.ScoresOf(item)[index]);
                ((int)found[i].Label).ShouldBe(index);
            }

            for (var i = 0; i < classes; i++) ShouldBeNear(classifier.ScoresOf(item)[i], scores[i]);
        }
    }

    private static void ShouldBeNear(float score, float expected)
    {
        if (score != expected) score.ShouldBe(expected, 1e-6);
    }
}
