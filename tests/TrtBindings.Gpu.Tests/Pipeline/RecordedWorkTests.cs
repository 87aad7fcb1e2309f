using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.CudaProvider;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>Kernels before and after a model, recorded with it and replayed with new contents.</summary>
public sealed class RecordedWorkTests
{
    private const int Runs = 60;
    private const int Warm = 20;

    [SkippableTheory]
    [InlineData("digits-vit", "fp32")]
    [InlineData("desk-detect", "fp32")]
    public void On_TensorRT_each_run_has_its_own_result(string name, string precision)
    {
        using var model = SampleModel.Named(name).LoadReady(precision);
        Check($"{name} {precision} on TensorRT", model, mostDifferent: 0);
    }

    [SkippableTheory]
    [InlineData("digits-vit")]
    [InlineData("desk-detect")]
    public void On_the_CUDA_provider_each_run_has_its_own_result(string name)
    {
        using var model = SampleModel.Named(name).LoadOnProvider();
        Check($"{name} on the CUDA provider", model, mostDifferent: 1e-5);
    }

    private static void Check(string what, OnnxModel model, double mostDifferent)
    {
        var run = (IRunnableModel)model;
        var dimensions = run.Signature.InputDimensions.Select(_ => 1L).ToArray();
        using var kernels = KernelSet.Load(model.Gpu!);
        using var plainInputs = run.CreateInputs(dimensions);
        using var plainOutputs = run.CreateOutputs([.. run.Signature.OutputDimensions.Select(_ => 1L)]);
        using var inputs = run.CreateInputs(dimensions);
        using var outputs = run.CreateOutputs([.. run.Signature.OutputDimensions.Select(_ => 1L)]);
        run.Run(plainInputs, plainOutputs);
        run.Run(inputs, outputs);
        using var work = new KernelWork(model.Gpu!, kernels, inputs.Tensors[0], outputs.Tensors[0]);
        var seen = new HashSet<string>();
        var worst = 0.0;
        for (var i = 0; i < Runs; i++)
        {
            CudaValues.Fill(CudaValues.FirstInput(plainInputs), i);
            MemoryMarshal.AsBytes(CudaValues.FirstInput(plainInputs)).CopyTo(work.Values.Span);
            work.Result.Span.Clear();
            if (i % 3 == 2) model.Gpu!.RunAsync(inputs, outputs, work).GetAwaiter().GetResult();
            else model.Gpu!.Run(inputs, outputs, work);
            run.Run(plainInputs, plainOutputs);
            var expected = CudaValues.FirstOutput(plainOutputs);
            var found = MemoryMarshal.Cast<byte, float>(work.Result.Span)[..expected.Length];
            worst = Math.Max(worst, CudaValues.Worst(expected.ToArray(), found.ToArray()));
            seen.Add(string.Join(' ', found[..10].ToArray()));
        }

        var queued = work.Queued;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Warm; i++) model.Gpu!.Run(inputs, outputs, work);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        // What the kernel copies is a number on the device: replayed, it follows that number.
        work.Counts[1] = sizeof(float);
        work.Result.Span.Clear();
        model.Gpu!.Run(inputs, outputs, work);
        work.Result.Span[sizeof(float)..].ContainsAnyExcept((byte)0).ShouldBeFalse();
        // TensorRT's graph is not used where it saves less than a tenth.
        if (model.Backend.Kind == BackendKind.OnnxRuntimeCuda) work.Queued.ShouldBe(queued, "warm runs replay");
        PipelineFigures.Check($"{what}: kernel, model, kernel against the plain run, {Runs} runs",
            $"{CudaValues.Number(worst)}, {seen.Count} different results", $"{CudaValues.Number(mostDifferent)}",
            worst <= mostDifferent && seen.Count == Runs);
        PipelineFigures.Check($"{what}: bytes allocated in {Warm} warm runs", $"{bytes}", "0", bytes == 0);
        PipelineFigures.Report($"{what}: the work was queued or recorded", $"{queued} times in {Runs} runs, "
            + $"{work.Queued - queued} times in {Warm + 1} warm ones");
    }
}
