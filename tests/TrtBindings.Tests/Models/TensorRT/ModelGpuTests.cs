using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Work of the application around runs, through the public API of a loaded model.</summary>
[Trait("Category", "Slow")]
public sealed class ModelGpuTests : IDisposable
{
    private const int Count = 4 * 3;

    private const string Sum = """
        engine double
        input x 0 batch,3
        node Add sum y x x
        output y
        profile x=1,3/4,3/16,3
        """;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Kernels_of_a_model_are_kept_beside_its_engines()
    {
        var ptx = ".version 6.3 .entry one() { ret; }"u8.ToArray();
        var path = _rig.Engine(Sum);
        for (var round = 0; round < 2; round++)
        {
            using var model = DeclaredModel.LoadEngine(path, _rig.Options);
            using var module = model.Gpu!.LoadModule(ptx);
            module.IsFromCache.ShouldBe(round == 1);
        }

        Directory.GetFiles(Path.Combine(_rig.Folder, "cache", "kernels"), "*.cubin").ShouldHaveSingleItem();
        var disposed = DeclaredModel.LoadEngine(path, _rig.Options);
        disposed.Dispose();
        Should.Throw<ObjectDisposedException>(() => disposed.Gpu!.LoadModule(ptx));
        Should.Throw<ObjectDisposedException>(() => disposed.Gpu!.CreateEvent());
    }

    [SkippableFact]
    public async Task A_slow_producer_is_waited_for_and_overwrites_only_what_has_been_read()
    {
        using var model = DeclaredModel.LoadEngine(_rig.Engine(Sum), _rig.Options);
        using var inputs = model.Inputs(4);
        using var outputs = model.Outputs(4);
        using var work = new FrameWork(model.Gpu!);
        inputs.X.UseDeviceMemory(work.Input);
        using var stream = CudaStream.Create(_rig.Driver.Context);
        var producer = new GpuQueue(stream);
        for (var round = 1; round <= 40; round++)
        {
            // The next picture is queued before the last one has been read, and only the events keep them apart.
            _rig.Driver.Hold(true);
            producer.WaitFor(work.Read);
            producer.Fill(work.Frame.Address, 0xEE, 4 * Count);
            producer.Fill(work.Frame.Address, (byte)(round % 50), 4 * Count);
            producer.Record(work.Written);
            var running = model.Gpu!.RunAsync(inputs, outputs, work);
            producer.WaitFor(work.Read);
            producer.Fill(work.Frame.Address, 0xDD, 4 * Count);
            _rig.Driver.Hold(false);
            await running.WaitAsync(Guard);
            var expected = 2 * BitConverter.UInt32BitsToSingle((uint)(round % 50) * 0x01010101);
            outputs.Y.Span.ToArray().ShouldAllBe(value => value == expected, $"round {round}");
        }

        _rig.Driver.Calls("cuStreamBeginCapture").ShouldBe(1);
    }

    [SkippableFact]
    public async Task One_object_s_work_in_two_runs_at_once_is_refused_and_goes_on_afterwards()
    {
        using var model = DeclaredModel.LoadEngine(_rig.Engine(Sum), _rig.Options);
        using var inputs = model.Inputs(4);
        using var outputs = model.Outputs(4);
        using var others = model.Inputs(4);
        using var more = model.Outputs(4);
        using var work = new FrameWork(model.Gpu!);
        inputs.X.UseDeviceMemory(work.Input);
        others.X.Span.Fill(3);
        _rig.Driver.Hold(true);
        var running = model.Gpu!.RunAsync(inputs, outputs, work);
        Should.Throw<TensorsInUseException>(() => model.Gpu!.Run(others, more, work)).Message.ShouldContain("GpuWork");
        _rig.Driver.Hold(false);
        await running.WaitAsync(Guard);
        model.Run(others, more);
        more.Y.Span.ToArray().ShouldAllBe(value => value == 6, "the refused run left its tensors free");
        model.Gpu!.Run(inputs, outputs, work);
    }

    [SkippableFact]
    public void Warming_up_goes_on_until_a_graph_is_chosen()
    {
        using var model = DeclaredModel.LoadEngine(_rig.Engine(Sum), _rig.Options);
        model.WarmUp(4);
        var (captures, replays) = (_rig.Driver.Calls("cuStreamBeginCapture"), _rig.Driver.Calls("cuGraphLaunch"));
        using var inputs = model.Inputs(4);
        using var outputs = model.Outputs(4);
        for (var run = 0; run < 5; run++) model.Run(inputs, outputs);
        captures.ShouldBe(1);
        (_rig.Driver.Calls("cuStreamBeginCapture"), _rig.Driver.Calls("cuGraphLaunch") - replays).ShouldBe((1, 5));
    }

    /// <summary>Takes a picture that a producer writes on another stream.</summary>
    private sealed class FrameWork(ModelGpu gpu) : GpuWork, IDisposable
    {
        public DeviceBuffer Frame { get; } = gpu.Allocate(4 * Count);

        public DeviceBuffer Input { get; } = gpu.Allocate(4 * Count);

        public GpuEvent Written { get; } = gpu.CreateEvent();

        public GpuEvent Read { get; } = gpu.CreateEvent();

        public void Dispose()
        {
            Frame.Dispose();
            Input.Dispose();
            Written.Dispose();
            Read.Dispose();
        }

        protected internal override void Prepare(GpuQueue queue) => queue.WaitFor(Written);

        protected internal override void Before(GpuQueue queue) => queue.Copy(Input.Address, Frame.Address, 4 * Count);

        protected internal override void Complete(GpuQueue queue) => queue.Record(Read);
    }
}
