using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Models;

namespace TrtBindings.Tests.Tensors;

/// <summary>Tensors in device memory, on the stand-in driver.</summary>
[Trait("Category", "Slow")]
public sealed class DeviceTensorTests : IDisposable
{
    private readonly FakeDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [SkippableFact]
    public void What_is_copied_to_a_buffer_comes_back()
    {
        using var buffer = Allocate(64);
        buffer.CopyFrom<float>([1, 2, 3, 4]);
        buffer.CopyFrom<float>([9], byteOffset: 8);
        var back = new float[4];
        buffer.CopyTo<float>(back);
        back.ShouldBe([1, 2, 9, 4]);
        Should.Throw<ArgumentException>(() => buffer.CopyTo(new byte[65])).Message.ShouldContain("65 bytes at offset 0");
        Should.Throw<ArgumentException>(() => buffer.CopyFrom<byte>([1], byteOffset: 64));
        Should.Throw<ArgumentException>(() => buffer.CopyFrom<byte>([1], byteOffset: -1));
        (buffer.IsForeign, buffer.ByteLength, buffer.Address % 256).ShouldBe((false, 64, 0));
    }

    [SkippableFact]
    public void A_view_of_a_tensor_on_the_device_throws_until_it_is_back_in_host_memory()
    {
        using var buffer = Allocate(4096);
        using var inputs = Inputs();
        var images = inputs.Images;
        images.Span.Fill(5);
        var version = images.Version;
        images.UseDeviceMemory(buffer);
        (images.Placement, images.DeviceAddress, images.CapacityInBytes, images.IsOnDevice)
            .ShouldBe((TensorPlacement.Device, buffer.Address, 4096, true));
        images.Version.ShouldNotBe(version);
        Should.Throw<TensorException>(() => images.Span.Length).Message.ShouldContain("UseHostMemory()");
        Should.Throw<TensorException>(() => images.Tensor.FlattenedLength).Name.ShouldBe("images");
        Should.Throw<TensorException>(() => images[0].FlattenedLength);
        images.UseHostMemory();
        (images.Placement, images.DeviceAddress).ShouldBe((TensorPlacement.Host, 0));
        images.Span[0].ShouldBe(5);
        inputs.DeviceTensors.ShouldBe(0);
    }

    [SkippableFact]
    public void A_buffer_that_is_too_small_or_not_aligned_is_refused_and_nothing_changes()
    {
        using var small = Allocate(100);
        using var inputs = Inputs();
        Should.Throw<TensorException>(() => inputs.Images.UseDeviceMemory(small)).Message.ShouldContain("holds 100");
        using var large = Allocate(1 << 20);
        using var odd = DeviceBuffer.Wrap(large.Address + 8, (1 << 20) - 8, _driver.Context);
        Should.Throw<TensorException>(() => inputs.Images.UseDeviceMemory(odd)).Message.ShouldContain("multiple of 256");
        Should.Throw<ArgumentOutOfRangeException>(() => DeviceBuffer.Wrap(0, 4, _driver.Context));
        Should.Throw<ArgumentException>(() => DeviceBuffer.Wrap(0x1008, 4, _driver.Context)).Message.ShouldContain("0x1008");
        Should.Throw<ArgumentException>(() => DeviceBuffer.Wrap(large.Address, 4, _driver.OtherContext))
            .Message.ShouldContain("is memory of GPU 0");
        (inputs.Images.Placement, inputs.Images.Span.Length).ShouldBe((TensorPlacement.Host, 2 * 3 * 4 * 4));
    }

    [SkippableFact]
    public void A_shape_that_outgrows_the_device_buffer_is_refused()
    {
        using var inputs = Inputs();
        inputs.Resize(1, 4, 4);
        using var buffer = Allocate(3 * 4 * 4 * sizeof(float));
        inputs.Images.UseDeviceMemory(buffer);
        Should.Throw<TensorException>(() => inputs.Resize(2, 4, 4));
        inputs.Images.Lengths[0].ShouldBe(1);
        Should.Throw<TensorException>(() => inputs.Images.EnsureCapacity([2, 3, 4, 4])).Message.ShouldContain("UseDeviceMemory");
        inputs.Images.UseHostMemory();
        inputs.Resize(2, 4, 4);
        inputs.Images.Span.Length.ShouldBe(2 * 3 * 4 * 4);
    }

    [SkippableFact]
    public void Memory_that_a_tensor_uses_lives_until_the_tensor_leaves_it()
    {
        var inputs = Inputs();
        var buffer = Allocate(4096);
        var used = _driver.Context.Allocator.BytesInUse;
        inputs.Images.UseDeviceMemory(buffer);
        buffer.Dispose();
        _driver.Context.Allocator.BytesInUse.ShouldBe(used);
        Should.Throw<ObjectDisposedException>(() => buffer.Address);
        Should.Throw<ObjectDisposedException>(() => buffer.CopyFrom<byte>([1]));
        inputs.Dispose();
        _driver.Context.Allocator.BytesInUse.ShouldBe(used - 4096);
        using var other = Inputs();
        Should.Throw<ObjectDisposedException>(() => other.Images.UseDeviceMemory(buffer));
    }

    [SkippableFact]
    public void A_ring_of_buffers_allocates_nothing()
    {
        using var inputs = Inputs();
        using var left = Allocate(4096);
        using var right = Allocate(4096);
        for (var i = 0; i < 10; i++) Swap();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Swap();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        inputs.Images.DeviceAddress.ShouldBe(right.Address);
        inputs.DeviceTensors.ShouldBe(1);

        void Swap()
        {
            inputs.Images.UseDeviceMemory(left);
            inputs.Images.UseDeviceMemory(right);
        }
    }

    [SkippableFact]
    public void A_backend_without_a_GPU_refuses_the_tensor_and_names_the_fix()
    {
        using var model = UntypedModel.Load(Backends.TestModels.Identity(), ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        using var buffer = Allocate(4096);
        outputs.Tensors[0].UseDeviceMemory(buffer);
        var error = Should.Throw<TensorException>(() => model.Run(inputs, outputs));
        error.Name.ShouldBe("y");
        error.Message.ShouldContain("(CPU)");
        error.Message.ShouldContain("UseHostMemory()");
        outputs.Tensors[0].UseHostMemory();
        inputs.Get<float>(0).Span[1] = 3;
        model.Run(inputs, outputs);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([0, 3, 0, 0]);
        model.Gpu.ShouldBeNull();
    }

    [SkippableFact]
    public void A_set_in_use_keeps_its_placement()
    {
        using var inputs = Inputs();
        using var buffer = Allocate(4096);
        inputs.Enter();
        Should.Throw<TensorsInUseException>(() => inputs.Images.UseDeviceMemory(buffer));
        inputs.Exit();
        inputs.Images.Placement.ShouldBe(TensorPlacement.Host);
    }

    private static SampleSignature.Inputs Inputs() => new(2, 4, 4);

    private DeviceBuffer Allocate(nint bytes) => DeviceBuffer.Over(_driver.Context.Allocator.Allocate(bytes));
}
