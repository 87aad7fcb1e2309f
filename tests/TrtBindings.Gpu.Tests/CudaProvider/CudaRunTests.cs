using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>Runs on the CUDA provider: where tensors lie, precision, the memory limit, and what it refuses.</summary>
public sealed class CudaRunTests
{
    [SkippableFact]
    public void Tensors_in_device_memory_give_what_tensors_in_host_memory_give()
    {
        OnCuda.Require();
        using var model = DeskDetect.Load(OnCuda.Options);
        using var inputs = model.AllocateInputs(batch: 2);
        using var outputs = model.AllocateOutputs(batch: 2);
        var host = new float[outputs.Output0.Span.Length];
        CudaValues.Fill(inputs.Images.Span, 1);
        model.Run(inputs, outputs);
        outputs.Output0.Span.CopyTo(host);
        // Other contents first, so that results of an earlier run cannot pass for new ones.
        CudaValues.Fill(inputs.Images.Span, 2);
        OnDevice.Move(model, inputs, outputs);
        using var input = DeviceBuffer.Allocate(inputs.Images.CapacityInBytes);
        using var output = DeviceBuffer.Allocate(outputs.Output0.CapacityInBytes);
        var contents = new float[inputs.Images.ElementCount];
        CudaValues.Fill(contents, 1);
        input.CopyFrom<float>(contents);
        inputs.Images.UseDeviceMemory(input);
        outputs.Output0.UseDeviceMemory(output);
        model.Run(inputs, outputs);
        var device = new float[host.Length];
        output.CopyTo<float>(device);
        var worst = CudaValues.Worst(host, device);
        OnCuda.Check("tensors in device memory against host memory", CudaValues.Number(worst), "0.00001", worst <= 1e-5);
    }

    [SkippableFact]
    public void New_contents_arrive_in_every_run_and_a_run_allocates_nothing()
    {
        OnCuda.Require();
        using var model = DigitsVit.Load(OnCuda.Options);
        using var inputs = model.AllocateInputs(4);
        using var outputs = model.AllocateOutputs(4);
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 5; seed++)
        {
            CudaValues.Fill(CudaValues.FirstInput(inputs), seed);
            model.Run(inputs, outputs);
            seen.Add(string.Join(' ', CudaValues.FirstOutput(outputs).ToArray()));
        }

        seen.Count.ShouldBe(5);
        for (var i = 0; i < 200; i++) model.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) model.Run(inputs, outputs);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        OnCuda.Check("bytes allocated in 1000 runs", $"{bytes}", "0", bytes == 0);
    }

    [SkippableFact]
    public void TF32_is_off_unless_it_is_asked_for()
    {
        OnCuda.Require();
        using var cpu = DeskDetect.Load(OnCuda.Processor);
        using var exact = DeskDetect.Load(OnCuda.Options);
        using var rounded = DeskDetect.Load(OnCuda.Options with { OnnxRuntimeCuda = new() { AllowTf32 = true } });
        var expected = Output(cpu);
        var (off, on) = (CudaValues.Worst(expected, Output(exact)), CudaValues.Worst(expected, Output(rounded)));
        OnCuda.Check("largest difference from the CPU, TF32 off", CudaValues.Number(off), "0.005", off <= 0.005);
        OnCuda.Check("largest difference from the CPU, TF32 on", CudaValues.Number(on), "more than with TF32 off", on > off);

        static float[] Output(DeskDetect model)
        {
            using var inputs = model.AllocateInputs(batch: 1);
            using var outputs = model.AllocateOutputs(batch: 1);
            CudaValues.Fill(inputs.Images.Span, 3);
            model.Run(inputs, outputs);
            return outputs.Output0.Span.ToArray();
        }
    }

    [SkippableFact]
    public void A_memory_limit_is_kept_and_the_error_says_memory()
    {
        OnCuda.Require();
        using (var roomy = DeskDetect.Load(Limited(1L << 30))) Run(roomy, 1);
        var error = Should.Throw<TrtBindingsException>(() =>
        {
            using var model = DeskDetect.Load(Limited(24L << 20));
            Run(model, 8);
        });
        error.Message.ShouldContain("memory");
        OnCuda.Report("a memory limit of 24 MiB, batch 8", $"{error.GetType().Name}: {error.Message.Split('\n')[0]}");

        static ModelOptions Limited(long bytes) => OnCuda.Options with { OnnxRuntimeCuda = new() { MemoryLimit = bytes } };

        static void Run(DeskDetect model, int batch)
        {
            using var inputs = model.AllocateInputs(batch: batch);
            using var outputs = model.AllocateOutputs(batch: batch);
            model.Run(inputs, outputs);
        }
    }

    [SkippableFact]
    public void What_the_provider_lacks_runs_on_the_processor_and_sizes_are_those_of_the_data()
    {
        OnCuda.Require();
        using var model = Nonzeros.Load(OnCuda.Options);
        using var inputs = model.AllocateInputs(4, 4);
        using var outputs = model.AllocateOutputs();
        foreach (var count in (int[])[3, 16, 0, 7])
        {
            inputs.Data.Span.Clear();
            for (var i = 0; i < count; i++) inputs.Data.Span[i] = i + 1;
            model.Run(inputs, outputs);
            outputs.Output.Span.ToArray().ShouldBe(Enumerable.Range(1, count).Select(i => (float)i));
        }
    }

    [SkippableFact]
    public void A_provider_that_the_application_adds_runs_the_model_and_Backend_names_it()
    {
        OnCuda.Require();
        using var expected = DigitsVit.Load(OnCuda.Options);
        using var model = DigitsVit.Load(OnCuda.Processor with
        {
            ConfigureSession = options => options.AppendExecutionProvider_CUDA(),
        });
        OnCuda.Report("added by ModelOptions.ConfigureSession", $"{model.Backend}: {string.Join(", ", model.Backend.Providers)}");
        model.Backend.Providers[0].ShouldBe("CUDAExecutionProvider");
        expected.Backend.Providers[0].ShouldBe("CUDAExecutionProvider");
        // TF32 is on in ONNX Runtime's own defaults.
        for (var seed = 0; seed < 3; seed++)
            CudaValues.Worst(CudaValues.Single(expected, seed), CudaValues.Single(model, seed)).ShouldBeLessThan(0.05);
    }

    [SkippableFact]
    public void A_GPU_that_is_not_there_is_refused_with_the_reason()
    {
        OnCuda.Require();
        var error = Should.Throw<BackendUnavailableException>(
            () => DigitsVit.Load(OnCuda.Options with { Gpu = GpuDevice.At(99) }).Dispose());
        OnCuda.Report("GPU 99", error.Reason.Split('\n')[0]);
        using var model = DigitsVit.Load(OnCuda.Options);
        CudaValues.Single(model, 1).Length.ShouldBeGreaterThan(0);
    }
}
