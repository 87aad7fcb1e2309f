namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Tensors on the device, in the caller's memory and in pinned memory.</summary>
[Trait("Category", "Slow")]
public sealed class PlacementTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tensors_on_the_device_are_read_and_written_there(bool graphs)
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(graphs: graphs), 4))
        {
            using var x = DeviceBuffer.Over(model.Session.AllocateDevice(32));
            using var y = DeviceBuffer.Over(model.Session.AllocateDevice(32));
            using var z = DeviceBuffer.Over(model.Session.AllocateDevice(32));
            model.Inputs.Tensors[0].UseDeviceMemory(x);
            model.Inputs.Tensors[1].UseDeviceMemory(y);
            model.Outputs.Tensors[0].UseDeviceMemory(z);
            var copies = Copies(stand);
            var result = new float[8];
            for (var run = 1; run <= 5; run++)
            {
                x.CopyFrom<float>([run, 2, 3, 4, 5, 6, 7, 8]);
                y.CopyFrom<float>([10, 20, 30, 40, 50, 60, 70, 80]);
                z.CopyFrom<float>(Enumerable.Repeat(float.NaN, 8).ToArray());
                copies += 3;
                // The new graph is compared with a plain run once.
                if (graphs && run == 3) copies += 2;
                model.Binding.Run(default);
                Copies(stand).ShouldBe(copies, "a run copies nothing");
                z.CopyTo<float>(result);
                copies++;
                result.ShouldBe([10 + run, 22, 33, 44, 55, 66, 77, 88]);
                model.Outputs.Tensors[0].Lengths.ToArray().ShouldBe([4, 2]);
            }

            model.Session.Lanes.All().Single().GraphCount.ShouldBe(graphs ? 1 : 0);
            model.Outputs.Tensors[0].UseHostMemory();
            model.Run();
            model.Floats()[0].ShouldBe(15);
            model.Session.MemoryUse().TensorBytes.ShouldBe(32);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_device_buffer_that_is_too_small_or_of_another_GPU_is_refused()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        model.Inputs.Resize(1);
        using var small = DeviceBuffer.Over(model.Session.AllocateDevice(8));
        model.Outputs.Tensors[0].SetLengths([1, 2]);
        model.Outputs.Tensors[0].UseDeviceMemory(small);
        model.Binding.Run(default);
        model.Inputs.Resize(3);
        Should.Throw<TensorException>(() => model.Binding.Run(default)).Message.ShouldContain("its device buffer holds 8");
        model.Outputs.Tensors[0].UseHostMemory();
        using var other = DeviceBuffer.Over(stand.Driver.OtherContext.Allocator.Allocate(64));
        model.Outputs.Tensors[0].UseDeviceMemory(other);
        var error = Should.Throw<TensorException>(() => model.Binding.Run(default));
        error.Message.ShouldContain("lies in memory of GPU 1");
        error.Message.ShouldContain("the model runs on GPU 0");
    }

    [SkippableFact]
    public unsafe void Host_memory_is_pinned_zeroed_and_given_back()
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var engine = stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log)))
        {
            using (var buffer = engine.HostMemory.Allocate("x", 1000))
            {
                stand.Driver.Live("pinned").ShouldBe(1);
                new Span<byte>((void*)buffer.Address, 1000).ToArray().ShouldAllBe(value => value == 0);
                (buffer.ByteLength, buffer.CanGrow).ShouldBe((1000, true));
            }

            stand.Driver.Live("pinned").ShouldBe(0);
            stand.Driver.Fail("cuMemHostAlloc", 2);
            using var plain = engine.HostMemory.Allocate("y", 100);
            plain.Address.ShouldNotBe(0);
            stand.Driver.Live("pinned").ShouldBe(0);
            log.Lines.ShouldContain(line => line.StartsWith("Warning: Host memory for 'y' could not be pinned"));
        }

        stand.ShouldBeClean();
    }

    private static int Copies(GpuStandIns stand) => stand.Driver.Calls("cuMemcpyHtoDAsync")
        + stand.Driver.Calls("cuMemcpyDtoHAsync") + stand.Driver.Calls("cuMemcpyDtoDAsync");
}
