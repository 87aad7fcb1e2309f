using TrtBindings.TestSupport.TensorRT;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>The smoke test for real libraries, on the stand-in.</summary>
[Trait("Category", "Slow")]
public sealed class SmokeOnTheStandInTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 8)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void Every_answer_is_the_known_one(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        var report = LibrarySmoke.Run(fake.Library);
        report.Count.ShouldBeGreaterThan(15);
        var plan = BuilderSmoke.Run(fake.Library, report);
        report.Problems.ShouldBeEmpty();
        using (var memory = new HostSmokeMemory()) EngineSmoke.Run(fake.Library, plan!, memory, report);
        report.Problems.ShouldBeEmpty();
        report.Count.ShouldBeGreaterThan(120);
        fake.ShouldBeClean("runtime", "engine", "context", "builder", "network", "builderConfig", "hostMemory");
    }

    [SkippableFact]
    public void An_engine_computes_on_a_stream_of_a_gpu()
    {
        using var driver = new FakeDriver();
        using var fake = new TrtStandIn();
        fake.UseCuda(driver.Path);
        using var scope = driver.Context.Enter();
        var report = new SmokeReport();
        var plan = BuilderSmoke.Run(fake.Library, report);
        using (var memory = new CudaSmokeMemory(driver.Context))
            EngineSmoke.Run(fake.Library, plan!, memory, report, driver.Context);
        report.Problems.ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_wrong_answer_is_told_with_the_question()
    {
        using var fake = new TrtStandIn();
        fake.Set("fail.runtime", -1);
        var report = LibrarySmoke.Run(fake.Library);
        report.Problems.Count.ShouldBe(2);
        report.Problems[0].ShouldStartWith("wrong createInferRuntime: TensorRtException");
        fake.Set("fail.runtime", 0);
        fake.Set("fail.enqueue", 1);
        var plan = BuilderSmoke.Run(fake.Library, report = new())!;
        using var memory = new HostSmokeMemory();
        EngineSmoke.Run(fake.Library, plan, memory, report);
        report.Problems.Count.ShouldBe(2);
        report.Problems[0].ShouldStartWith("wrong enqueueV3: TensorRtException");
        report.Problems[1].ShouldStartWith("wrong the values: NaN");
    }
}
