using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.Contract;

/// <content>Batches without items.</content>
public abstract partial class BackendContractTests
{
    [SkippableFact]
    public void A_batch_of_zero_runs_where_the_profiles_have_it()
    {
        var options = Options;
        options.TensorRT.Profiles = [new() { ["batch"] = (0, 4, 16) }];
        using var model = DeclaredModel.Load(options);
        using var run = new Run(model, Batch);
        for (var i = 0; i < 3; i++)
        {
            run.Inputs.Resize(0);
            model.Run(run.Inputs, run.Outputs);
            run.Outputs.Y.Lengths.ToArray().ShouldBe([0, 3]);
            run.Outputs.Y.Span.IsEmpty.ShouldBeTrue();
            run.Inputs.Resize(2);
            run.ShouldDouble(2);
        }

        using var none = new Run(model, 0);
        model.Run(none.Inputs, none.Outputs);
        none.Outputs.Y.Lengths.ToArray().ShouldBe([0, 3]);
    }

    [SkippableFact]
    public void A_batch_of_zero_outside_the_profiles_is_refused_by_name()
    {
        using var model = DeclaredModel.Load(Options);
        Should.Throw<TensorException>(() => model.Inputs(0)).Message
            .ShouldContain("batch = 0 lies in none of the model's profiles, batch=1..4..16");
    }
}
