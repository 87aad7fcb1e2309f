using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.RtDetr;

/// <summary>Rows of six numbers in a file whose metadata was dropped: a score and a class, or two scores.</summary>
public sealed class NamelessTests
{
    [Fact]
    public void Rows_with_a_fraction_in_the_place_of_a_class_hold_two_scores()
    {
        using var model = Model([.5f, .5f, .2f, .2f, .1f, .9f], [.5f, .5f, .4f, .4f, .8f, 0]);
        using var engine = RtDetrEngine.Create(model);
        engine.Detect(Photos.Plain(40, 20, 9, 9, 9).View).Select(found => (found.ClassIndex, found.Score, found.Box.Width))
            .ShouldBe([(1, .9f, 8f), (0, .8f, 16f)]);
    }

    [Fact]
    public void Rows_with_whole_numbers_there_hold_a_score_and_a_class()
    {
        using var model = Model([.5f, .5f, .2f, .2f, .9f, 1], [.5f, .5f, .4f, .4f, .8f, 7], [0, 0, 0, 0, 0, 0]);
        using var engine = RtDetrEngine.Create(model);
        engine.Detect(Photos.Plain(40, 20, 9, 9, 9).View).Select(found => (found.ClassIndex, found.Score))
            .ShouldBe([(1, .9f), (7, .8f)]);
    }

    private static Nameless Model(params float[][] rows)
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1L, 3L, 32L, 32L)
            .Output("output0", ElementType.Float, 1L, (long)rows.Length, 6L)
            .Graph(graph => graph.Initializer(OnnxTensor.Floats("zero", [1, 1, 1, 1], 0))
                .Initializer(OnnxTensor.Floats("rows", [1, rows.Length, 6], [.. rows.SelectMany(row => row)]))
                .Initializer(OnnxTensor.Int64s("flat", [3], 1, 1, 1)))
            .Node("GlobalAveragePool", ["images"], ["mean"]).Node("Mul", ["mean", "zero"], ["nothing3"])
            .Node("ReduceMax", ["nothing3"], ["nothing4"], OnnxAttribute.Ints("axes", 1))
            .Node("Reshape", ["nothing4", "flat"], ["nothing"]).Node("Add", ["nothing", "rows"], ["output0"]);
        return new(UntypedModel.Load(model.ToBytes()));
    }

    private sealed class Nameless(UntypedModel model) : DelegatingModel(model), IRtDetrModel<Thing>
    {
        public RtDetrForm Form => RtDetrForm.Rows;
    }
}
