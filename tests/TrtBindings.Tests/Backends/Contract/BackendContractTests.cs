using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.Contract;

/// <summary>What every backend must do, with one class that stands for a generated one: y = x + x, float [batch, 3].</summary>
public abstract partial class BackendContractTests : IDisposable
{
    private const int Batch = 4;

    /// <summary>The backend that must run the model.</summary>
    protected abstract BackendKind Kind { get; }

    /// <summary>Options that allow this backend alone; skips where it is not here.</summary>
    protected abstract ModelOptions Options { get; }

    [SkippableFact]
    public void The_model_runs_here_and_says_so()
    {
        using var model = DeclaredModel.Load(Options);
        model.Backend.Kind.ShouldBe(Kind);
        model.Backend.Version.ShouldNotBeEmpty();
        (model.Gpu is not null).ShouldBe(Kind != BackendKind.OnnxRuntimeCpu);
        using var run = new Run(model, Batch);
        run.ShouldDouble(1);
    }

    [SkippableFact]
    public void Outputs_have_the_size_of_the_batch_that_ran()
    {
        using var model = DeclaredModel.Load(Options);
        using var run = new Run(model, Batch);
        foreach (var batch in (int[])[4, 1, 3, 3, 3, 2, 4, 4, 4, 1])
        {
            run.Inputs.Resize(batch);
            run.ShouldDouble(batch);
            run.Outputs.Y.Lengths.ToArray().ShouldBe([batch, 3]);
        }
    }

    [SkippableFact]
    public void Memory_of_the_caller_is_read_and_written()
    {
        using var model = DeclaredModel.Load(Options);
        float[] x = [.. Enumerable.Range(0, Batch * 3)];
        var y = new float[Batch * 3];
        using var inputs = model.Inputs(Batch, x);
        using var outputs = model.Outputs(Batch, y);
        for (var i = 0; i < 4; i++)
        {
            x[0] = 100 + i;
            model.Run(inputs, outputs);
            y.ShouldBe(x.Select(value => 2 * value));
        }
    }

    [SkippableFact]
    public void A_run_after_warm_up_allocates_nothing()
    {
        using var model = DeclaredModel.Load(Options);
        using var run = new Run(model, Batch);
        for (var i = 0; i < 50; i++) model.Run(run.Inputs, run.Outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) model.Run(run.Inputs, run.Outputs);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [SkippableFact]
    public async Task Asynchronous_runs_give_what_runs_give_and_the_set_back()
    {
        using var model = DeclaredModel.Load(Options);
        using var run = new Run(model, Batch);
        for (var i = 0; i < 20; i++)
        {
            run.Fill(i);
            await model.RunAsync(run.Inputs, run.Outputs);
            run.ShouldBeDoubled();
            run.ShouldDouble(100 + i);
        }
    }

    [SkippableFact]
    public async Task An_asynchronous_run_that_cannot_start_fails_its_task_and_harms_nothing()
    {
        using var model = DeclaredModel.Load(Options);
        using var run = new Run(model, Batch);
        run.ShouldDouble(1);
        using var small = model.Outputs(1);
        await Should.ThrowAsync<TensorException>(() => model.RunAsync(run.Inputs, small));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => model.RunAsync(run.Inputs, run.Outputs, cancelled.Token));
        run.ShouldBeDoubled();
        run.ShouldDouble(7);
    }

    [SkippableFact]
    public void Many_threads_run_one_model()
    {
        using var model = DeclaredModel.Load(Options);
        Parallel.For(0, 8, thread =>
        {
            using var run = new Run(model, Batch);
            for (var i = 0; i < 50; i++)
            {
                run.Inputs.Resize(1 + ((thread + i) % Batch));
                run.ShouldDouble((1000 * thread) + i);
            }
        });
    }

    [SkippableFact]
    public void Warm_up_leaves_the_model_as_it_was()
    {
        using var model = DeclaredModel.Load(Options);
        model.WarmUp(batch: 2);
        Should.Throw<TensorException>(() => model.WarmUp(batch: -1));
        using var run = new Run(model, 2);
        run.ShouldDouble(5);
    }

    [SkippableFact]
    public void What_does_not_fit_is_an_error_before_anything_runs()
    {
        using var model = DeclaredModel.Load(Options);
        using var run = new Run(model, Batch);
        run.ShouldDouble(3);
        using var small = model.Outputs(1);
        Should.Throw<TensorException>(() => model.Run(run.Inputs, small)).Message.ShouldContain("allocated for 1");
        run.Inputs.Enter();
        Should.Throw<TensorsInUseException>(() => model.Run(run.Inputs, run.Outputs));
        run.Inputs.Exit();
        run.ShouldBeDoubled();
        run.ShouldDouble(4);
    }

    [SkippableFact]
    public void A_disposed_model_says_so_and_what_it_wrote_stays()
    {
        var model = DeclaredModel.Load(Options);
        using var run = new Run(model, Batch);
        run.ShouldDouble(3);
        model.Dispose();
        model.Dispose();
        run.ShouldBeDoubled();
        Should.Throw<ObjectDisposedException>(() => model.Run(run.Inputs, run.Outputs));
        if (model.Gpu is { } gpu) Should.Throw<ObjectDisposedException>(() => gpu.MemoryUse);
    }

    [SkippableFact]
    public void Device_tensors_go_in_and_come_out_where_there_is_a_GPU()
    {
        using var model = DeclaredModel.Load(Options);
        Skip.If(Kind == BackendKind.OnnxRuntimeCpu, "This backend takes no tensors in device memory.");
        using var run = new Run(model, Batch);
        var bytes = run.Inputs.X.ByteLength;
        using var x = model.Gpu?.Allocate(bytes) ?? DeviceBuffer.Allocate(bytes);
        using var y = model.Gpu?.Allocate(bytes) ?? DeviceBuffer.Allocate(bytes);
        run.Inputs.X.UseDeviceMemory(x);
        run.Outputs.Y.UseDeviceMemory(y);
        var values = new float[Batch * 3];
        for (var i = 0; i < 4; i++)
        {
            x.CopyFrom<float>(Enumerable.Range(i, values.Length).Select(value => (float)value).ToArray());
            model.Run(run.Inputs, run.Outputs);
            y.CopyTo<float>(values);
            values.ShouldBe(Enumerable.Range(i, values.Length).Select(value => 2f * value));
        }

        run.Inputs.X.UseHostMemory();
        run.Outputs.Y.UseHostMemory();
        run.ShouldDouble(9);
    }

    [SkippableFact]
    public void A_GPU_tells_its_memory_its_layers_and_their_times()
    {
        using var model = DeclaredModel.Load(Options);
        Skip.If(model.Gpu is null, "This backend has nothing to tell of a GPU.");
        model.Gpu.Name.ShouldNotBeEmpty();
        if (Kind == BackendKind.OnnxRuntimeCuda)
        {
            Should.Throw<NotSupportedException>(() => model.Gpu.MemoryUse).Message.ShouldContain("(CUDA)");
            Should.Throw<NotSupportedException>(model.Gpu.Inspect).Message.ShouldContain("(CUDA)");
            return;
        }

        using var run = new Run(model, Batch);
        run.Fill(2);
        model.Gpu!.MeasureLayers(run.Inputs, run.Outputs).ShouldAllBe(layer => layer.Milliseconds >= 0);
        run.ShouldBeDoubled();
        model.Gpu.Inspect().ShouldNotBeEmpty();
        model.Gpu.MemoryUse.DeviceTotalBytes.ShouldBeGreaterThan(0);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>One set of inputs and outputs.</summary>
    private sealed class Run(DeclaredModel model, long batch) : IDisposable
    {
        public DeclaredModel.InputSet Inputs { get; } = model.Inputs(batch);

        public DeclaredModel.OutputSet Outputs { get; } = model.Outputs(batch);

        public void Fill(float seed)
        {
            var x = Inputs.X.Span;
            for (var i = 0; i < x.Length; i++) x[i] = seed + i;
        }

        public void ShouldDouble(float seed)
        {
            Fill(seed);
            model.Run(Inputs, Outputs);
            ShouldBeDoubled();
        }

        public void ShouldBeDoubled() =>
            Outputs.Y.Span.ToArray().ShouldBe(Inputs.X.Span.ToArray().Select(value => 2 * value));

        public void Dispose()
        {
            Inputs.Dispose();
            Outputs.Dispose();
        }
    }
}
