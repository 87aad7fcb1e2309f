using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>The current context of a thread before, during and after calls.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class CudaContextTests
{
    [SkippableFact]
    public void A_call_without_a_current_context_is_the_drivers_own_error()
    {
        using var driver = new FakeDriver();
        var context = driver.Context;
        driver.Current().ShouldBe(0);
        nint stream;
        var result = context.Api.StreamCreateWithPriority(&stream, 1, 0);
        var error = Should.Throw<CudaException>(() => context.Check(result, "cuStreamCreateWithPriority"));
        error.ErrorName.ShouldBe("CUDA_ERROR_INVALID_CONTEXT");
    }

    [SkippableFact]
    public void Any_thread_may_use_an_object_and_none_keeps_its_context()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        OnNewThread(() =>
        {
            using var memory = driver.Context.Allocator.Allocate(64, stream);
            stream.Fill(memory.Address, 1, 64);
            stream.Synchronize();
            driver.Current().ShouldBe(0);
        });
        driver.Current().ShouldBe(0);
    }

    [SkippableFact]
    public void A_context_of_the_application_is_current_again_afterwards()
    {
        using var driver = new FakeDriver();
        _ = driver.Library;
        var foreign = driver.CreateForeignContext(0);
        driver.Library.Api.CtxSetCurrent(foreign).ShouldBe(CudaResult.Success);
        using (var stream = CudaStream.Create(driver.Context))
        {
            driver.Current().ShouldBe(foreign);
            using (driver.Context.Enter())
            {
                driver.Current().ShouldBe(driver.Context.Raw);
                using (driver.OtherContext.Enter()) driver.Current().ShouldBe(driver.OtherContext.Raw);
                driver.Current().ShouldBe(driver.Context.Raw);
            }

            stream.Synchronize();
        }

        driver.Current().ShouldBe(foreign);
        driver.Live("streams").ShouldBe(0);
        driver.Library.Api.CtxSetCurrent(0).ShouldBe(CudaResult.Success);
    }

    [SkippableFact]
    public void A_context_of_the_application_is_current_again_after_an_error()
    {
        using var driver = new FakeDriver();
        _ = driver.Library;
        var foreign = driver.CreateForeignContext(1);
        driver.Library.Api.CtxSetCurrent(foreign).ShouldBe(CudaResult.Success);
        driver.Fail("cuStreamCreateWithPriority", code: 801);
        Should.Throw<CudaException>(() => CudaStream.Create(driver.Context));
        driver.Current().ShouldBe(foreign);
        driver.Library.Api.CtxSetCurrent(0).ShouldBe(CudaResult.Success);
    }

    [SkippableFact]
    public void A_stream_that_the_application_made_in_the_primary_context_is_used_and_left_alone()
    {
        using var driver = new FakeDriver();
        nint raw;
        using (driver.Context.Enter()) driver.Library.Api.StreamCreateWithPriority(&raw, 1, 0).ShouldBe(CudaResult.Success);
        using (var stream = CudaStream.Wrap(driver.Context, raw))
        {
            stream.IsForeign.ShouldBeTrue();
            stream.Synchronize();
        }

        driver.Live("streams").ShouldBe(1);
        using (driver.Context.Enter()) driver.Library.Api.StreamDestroy(raw).ShouldBe(CudaResult.Success);
    }

    [SkippableFact]
    public void A_stream_of_another_context_is_refused()
    {
        using var driver = new FakeDriver();
        var foreign = driver.CreateForeignContext(0);
        nint made;
        _ = driver.Context;
        driver.Library.Api.CtxSetCurrent(foreign).ShouldBe(CudaResult.Success);
        driver.Library.Api.StreamCreateWithPriority(&made, 1, 0).ShouldBe(CudaResult.Success);
        var raw = made;
        var error = Should.Throw<CudaException>(() => CudaStream.Wrap(driver.Context, raw));
        error.ErrorName.ShouldBe("CUDA_ERROR_INVALID_CONTEXT");
        error.Text.ShouldContain("GPU 0 'Stand-in GPU 0'");
        using var other = CudaStream.Create(driver.OtherContext);
        Should.Throw<CudaException>(() => CudaStream.Wrap(driver.Context, other.Raw)).Text
            .ShouldContain("does not belong to the primary context");
        driver.Current().ShouldBe(foreign);
        driver.Library.Api.CtxSetCurrent(0).ShouldBe(CudaResult.Success);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_default_stream_is_refused(int handle)
    {
        using var driver = new FakeDriver();
        Should.Throw<CudaException>(() => CudaStream.Wrap(driver.Context, handle)).Text.ShouldContain("cudaStreamNonBlocking");
    }

    private static void OnNewThread(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action));
        thread.Start();
        thread.Join();
        thrown.ShouldBeNull();
    }
}
