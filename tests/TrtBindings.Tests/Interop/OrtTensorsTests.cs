using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Interop;

/// <summary>Values of 2 GiB and more, to whose elements the managed package gives no access.</summary>
public sealed unsafe class OrtTensorsTests
{
    [Fact]
    public void A_value_of_2_GiB_that_ONNX_Runtime_allocated_is_a_typed_error_that_names_the_output()
    {
        const long Bytes = 1L + int.MaxValue;
        var library = OrtLibrary.Load(null);
        // Reserved and never touched, so it takes no memory.
        var memory = NativeMemory.Alloc((nuint)Bytes);
        try
        {
            Address(Bytes - 1).ShouldBe((nint)memory);
            var error = Should.Throw<TensorException>(() => Address(Bytes));
            error.Name.ShouldBe("masks");
            error.Message.ShouldContain("'masks'");
            error.Message.ShouldContain("2147483648 bytes");
        }
        finally
        {
            NativeMemory.Free(memory);
        }

        nint Address(long bytes)
        {
            using var value = OrtValue.CreateTensorValueWithData(
                library.HostMemory, TensorElementType.UInt8, [bytes], (nint)memory, bytes);
            return OrtTensors.AddressOf(value, "masks");
        }
    }

    [Fact]
    public void A_shape_of_2_GiB_is_computed_into_our_memory_and_not_copied()
    {
        using var model = UntypedModel.Load(TestModels.Identity());
        using var outputs = model.CreateOutputsOfSize(1);
        var floats = outputs.Tensors[0];
        floats.Description.ElementType.ShouldBe(ElementType.Float);
        OrtTensors.IsTooLargeToCopy(floats, [536_870_911]).ShouldBeFalse();
        OrtTensors.IsTooLargeToCopy(floats, [536_870_912]).ShouldBeTrue();
        OrtTensors.IsTooLargeToCopy(floats, [nint.MaxValue]).ShouldBeTrue();
        OrtTensors.IsTooLargeToCopy(floats, [nint.MaxValue, 0]).ShouldBeFalse();
    }
}
