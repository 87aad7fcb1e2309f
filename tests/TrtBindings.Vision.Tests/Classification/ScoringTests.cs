namespace TrtBindings.Vision.Tests.Classification;

public sealed class ScoringTests
{
    [Fact]
    public void A_softmax_is_what_it_should_be_and_never_overflows()
    {
        Close(Softmax(1, 2, 3), [.090031, .244728, .665241], 5e-7);
        Close(Softmax(1001, 1002, 1003), [.090031, .244728, .665241], 5e-7);
        Close(Softmax(-1e30f, 0), [0, 1], 1e-30);
    }

    [Fact]
    public void A_second_softmax_would_flatten_everything()
    {
        Close(Softmax(.7f, .2f, .1f), [.4640, .2814, .2546], 5e-5);
        var thousand = Enumerable.Repeat(.1f / 999, 1000).ToArray();
        thousand[7] = .9f;
        Softmax(thousand)[7].ShouldBe(.00246f, 5e-6f);
    }

    [Theory]
    [InlineData("Softmax", ClassScores.Probabilities)]
    [InlineData("Sigmoid", ClassScores.Probabilities)]
    [InlineData("Gemm", ClassScores.Logits)]
    [InlineData("LogSoftmax", ClassScores.Logits)]
    [InlineData("com.microsoft:QGemm", ClassScores.Logits)]
    [InlineData("Div", ClassScores.Automatic)]
    [InlineData("", ClassScores.Automatic)]
    [InlineData("custom:Head", ClassScores.Automatic)]
    public void The_last_operator_says_whether_a_softmax_is_missing(string last, ClassScores expected)
    {
        ClassScoring.Of(ClassScores.Automatic, last).ShouldBe(expected);
        ClassScoring.Of(ClassScores.Logits, last).ShouldBe(ClassScores.Logits);
        ClassScoring.Of(ClassScores.Probabilities, last).ShouldBe(ClassScores.Probabilities);
    }

    [Theory]
    [InlineData(new[] { .7f, .2f, .1f }, true)]
    [InlineData(new[] { .7f, .2f, .19f }, true)]
    [InlineData(new[] { .7f, .2f, .21f }, false)]
    [InlineData(new[] { .9f, .2f, -.1f }, false)]
    [InlineData(new[] { 1.1f, 0, 0 }, false)]
    [InlineData(new[] { float.NaN, .5f, .5f }, false)]
    public void Values_say_it_where_the_graph_does_not(float[] values, bool areProbabilities)
    {
        var scores = new float[3];
        ClassScoring.Score(ClassScores.Automatic, values, scores);
        scores.SequenceEqual(values).ShouldBe(areProbabilities);
    }

    [Fact]
    public void The_best_come_first_and_of_equals_the_first_class()
    {
        Best([.1f, .5f, .2f, .5f, .9f, .2f], 4).ShouldBe([4, 1, 3, 2]);
        Best([.1f, .5f], 4).ShouldBe([1, 0]);
        Best([.5f, .5f, .5f], 2).ShouldBe([0, 1]);
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var scores = Enumerable.Range(0, 200).Select(_ => (float)random.Next(60)).ToArray();
            var expected = Enumerable.Range(0, 200).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(9);
            Best(scores, 9).ShouldBe(expected);
        }
    }

    private static int[] Best(float[] scores, int count)
    {
        var classes = new int[count];
        return classes[..ClassScoring.Best(scores, classes)];
    }

    private static float[] Softmax(params float[] values)
    {
        var scores = new float[values.Length];
        ClassScoring.Softmax(values, scores);
        return scores;
    }

    private static void Close(float[] values, double[] expected, double tolerance)
    {
        values.Length.ShouldBe(expected.Length);
        for (var i = 0; i < values.Length; i++) ((double)values[i]).ShouldBe(expected[i], tolerance);
    }
}
