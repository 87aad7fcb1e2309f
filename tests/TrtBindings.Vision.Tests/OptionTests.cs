using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests;

/// <summary>Options that a program fills after it has made them, as <c>Configure</c> and binders do.</summary>
public sealed class OptionTests
{
    [Fact]
    public void Options_can_be_set_at_any_time_before_the_engine_is_made()
    {
        var options = new YoloOptions();
        Action<YoloOptions> configure = one => one.Confidence = .95f;
        configure(options);
        using var engine = YoloDetectEngine.Create(One(), options);
        engine.Detect(Photos.Noise(1, 64, 64).View).ShouldBeEmpty();
    }

    [Fact]
    public void An_engine_keeps_a_copy_of_its_options()
    {
        var options = new YoloOptions();
        using var engine = YoloDetectEngine.Create(One(), options);
        options.Confidence = .95f;
        engine.Detect(Photos.Noise(1, 64, 64).View).ShouldHaveSingleItem().Score.ShouldBe(.9f);
    }

    [Fact]
    public void Without_a_GPU_an_engine_says_so_and_where_to_read_why()
    {
        using var engine = YoloDetectEngine.Create(One());
        engine.Processing.ToString().ShouldStartWith("preprocessing and postprocessing on the CPU (");
        engine.Processing.Reasons.ShouldHaveSingleItem().ShouldContain("model.Backend.Rejected says why");
        engine.MaxInFlight.ShouldBe(1);
        var options = new YoloOptions { Processing = Processing.Gpu };
        var error = Should.Throw<ProcessingException>(() => YoloDetectEngine.Create(One(), options));
        error.Message.ShouldContain("Use Processing.Auto");
        error.Reasons.ShouldBe(engine.Processing.Reasons);
    }

    private static SyntheticYolo One() =>
        new(YoloForm.Dense, 9, 1, [SyntheticYolo.Dense(9, [32, 32, 10, 10, .9f, 0, 0, 0, 0])], 64);
}
