using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// In a child: a kernel reads an address that is not there while frames are in flight, which makes the GPU unusable for the
/// process. Prints how each frame ended: <c>right</c>, <c>lost MESSAGE</c>, or what else.
/// </summary>
internal static class KernelFaultChild
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Argument: <c>tensorrt</c> or <c>provider</c>.</summary>
    public static int Run(string[] arguments)
    {
        var sample = SampleModel.Detect;
        using var model = arguments[0] == "tensorrt" ? sample.LoadReady("fp32") : sample.LoadOnProvider();
        var picture = sample.Pictures()[0];
        Outcome[] expected;
        using (var cpu = sample.Open(model, new(Processing.Cpu))) expected = cpu.One(picture);
        var gpu = sample.Open(model, new(Processing.Gpu, 1, 4));
        var delivered = Enumerable.Range(0, 5).Select(_ => gpu.One(picture)).ToArray();
        using var kernels = KernelSet.Load(model.Gpu!);
        using var stream = CudaStream.Create(GpuMachine.Context);
        Task<Outcome[]>[] before = [gpu.DetectAsync(picture), gpu.DetectAsync(picture)];
        // The number of bytes to copy is read from an address that no one has.
        new GpuQueue(stream).Launch(kernels["copyUsed"], 1, 32, new Arguments(256, 256, 256, 64));
        Task<Outcome[]>[] after = [gpu.DetectAsync(picture), gpu.DetectAsync(picture)];
        foreach (var task in before) Console.WriteLine($"before: {End(task, expected)}");
        foreach (var task in after) Console.WriteLine($"after: {End(task, expected)}");
        Console.WriteLine($"later: {End(Task.Run(() => gpu.One(picture)), expected)}");
        Console.WriteLine($"model: {End(Task.Run(() => sample.Open(model, new(Processing.Cpu)).One(picture)), expected)}");
        foreach (var one in delivered) Console.WriteLine($"delivered: {(Same(one, expected) ? "right" : "changed")}");
        gpu.Dispose();
        return 0;
    }

    private static string End(Task<Outcome[]> task, Outcome[] expected)
    {
        try
        {
            if (!task.Wait(Limit)) return "hangs";
            return Same(task.Result, expected) ? "right" : "wrong";
        }
        catch (AggregateException e) when (e.InnerException is DeviceLostException lost)
        {
            return $"lost {lost.Message}";
        }
        catch (AggregateException e)
        {
            return $"{e.InnerException}";
        }
    }

    private static bool Same(Outcome[] found, Outcome[] expected)
    {
        var comparison = new OutcomeComparison();
        comparison.Add(expected, found);
        return comparison.Holds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(nint Source, nint Target, nint Used, int Capacity);
}
