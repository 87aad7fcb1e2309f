using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Libraries;

/// <summary>What the real driver says of addresses that an application gives to tensors.</summary>
public sealed class AddressTests
{
    [SkippableFact]
    public void Memory_of_the_application_is_known_by_its_GPU_and_anything_else_is_refused()
    {
        GpuMachine.RequireGpu();
        var context = GpuMachine.Context;
        using var pooled = DeviceBuffer.Allocate(1 << 20);
        context.OwnerOf(pooled.Address).ShouldBe(context.Device.Index);
        context.Owns(pooled.Address, pooled.ByteLength).ShouldBeTrue();
        context.Owns(pooled.Address + 512, pooled.ByteLength - 512).ShouldBeTrue();
        context.Owns(pooled.Address, pooled.ByteLength + (64 << 20)).ShouldBeFalse();
        using var part = DeviceBuffer.Wrap(pooled.Address + 512, 1024);
        part.CopyFrom<int>([3, 1, 4]);
        var read = new int[3];
        pooled.CopyTo<int>(read, 512);
        read.ShouldBe([3, 1, 4]);
        Should.Throw<ArgumentException>(() => DeviceBuffer.Wrap(0x1000, 4)).Message.ShouldContain("0x1000");
        part.CopyTo<int>(read);
        read.ShouldBe([3, 1, 4]);
    }
}
