using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Backends;

/// <summary>
/// ONNX Runtime over tensors in device memory. Without its CUDA provider: the stand-in driver's device memory is memory that
/// the processor reads, and a session on the processor is told so.
/// </summary>
[Trait("Category", "Slow")]
public sealed class DeviceBindingTests : IDisposable
{
    private readonly FakeDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [SkippableFact]
    public void Device_tensors_are_read_and_written_where_they_lie()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        using var inputs = model.CreateInputs(4);
        using var outputs = model.CreateOutputs(4);
        using var x = Allocate(4 * 3 * sizeof(float));
        using var y = Allocate(4 * 3 * sizeof(float));
        using var other = Allocate(4 * 3 * sizeof(float));
        inputs.Tensors[0].UseDeviceMemory(x);
        outputs.Tensors[0].UseDeviceMemory(y);
        var library = OrtLibrary.Load(null);
        using var session = Session(library, TestModels.Double());
        using var binding = new OrtBinding(session, inputs.Tensors, outputs.Tensors, copiesInputs: true, library.HostMemory);
        foreach (var batch in (int[])[4, 1, 3, 4])
        {
            inputs.Resize(batch);
            for (var run = 0; run < 3; run++) ShouldDouble(y, batch, batch + run);
        }

        outputs.Tensors[0].UseDeviceMemory(other);
        ShouldDouble(other, 4, 50);
        outputs.Tensors[0].UseHostMemory();
        inputs.Tensors[0].UseHostMemory();
        inputs.Get<float>(0).Span.Fill(8);
        binding.Run(default);
        outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 16);

        void ShouldDouble(DeviceBuffer result, int batch, float value)
        {
            var values = new float[batch * 3];
            values.AsSpan().Fill(value);
            x.CopyFrom<float>(values);
            binding.Run(default);
            outputs.Tensors[0].Lengths.ToArray().ShouldBe([batch, 3]);
            result.CopyTo<float>(values);
            values.ShouldAllBe(found => found == 2 * value);
        }
    }

    [SkippableFact]
    public void An_output_whose_size_depends_on_data_is_copied_to_its_device_buffer()
    {
        using var model = UntypedModel.Load(TestModels.NonZero());
        using var inputs = model.CreateInputs(5);
        using var outputs = model.CreateOutputs(5);
        using var places = Allocate(5 * sizeof(long));
        outputs.Tensors[0].UseDeviceMemory(places);
        var library = OrtLibrary.Load(null);
        using var session = Session(library, TestModels.NonZero());
        using var binding = new OrtBinding(session, inputs.Tensors, outputs.Tensors, copiesInputs: true, library.HostMemory);
        foreach (var count in (int[])[2, 5, 0, 1])
        {
            inputs.Get<float>(0).Span.Clear();
            inputs.Get<float>(0).Span[^count..].Fill(1);
            binding.Run(default);
            outputs.Tensors[0].Lengths.ToArray().ShouldBe([1, count]);
            var found = new long[count];
            places.CopyTo<long>(found);
            found.ShouldBe(Enumerable.Range(5 - count, count).Select(place => (long)place));
        }
    }

    [SkippableFact]
    public void A_session_without_a_device_refuses_such_a_tensor()
    {
        using var model = UntypedModel.Load(TestModels.Identity());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        using var x = Allocate(64);
        inputs.Tensors[0].UseDeviceMemory(x);
        using var session = Session(OrtLibrary.Load(null), TestModels.Identity());
        using var binding = new OrtBinding(session, inputs.Tensors, outputs.Tensors, copiesInputs: false);
        Should.Throw<TensorException>(() => binding.Run(default)).Message.ShouldContain("UseHostMemory()");
        inputs.Tensors[0].UseHostMemory();
        binding.Run(default);
    }

    [SkippableFact]
    public void A_value_over_memory_of_a_GPU_keeps_the_address()
    {
        OrtLibrary.Load(null);
        using var memory = OrtTensors.DeviceMemory(0);
        using var value = OrtValue.CreateTensorValueWithData(memory, TensorElementType.Float, [2, 2], 0x7000, 16);
        OrtTensors.AddressOf(value, "y").ShouldBe(0x7000);
    }

    private static OrtSession Session(OrtLibrary library, byte[] model)
    {
        using var options = new OrtSettings(0, 0, 99, null).ToSessionOptions();
        return OrtSession.Load(library, null, model, options);
    }

    private DeviceBuffer Allocate(nint bytes) => DeviceBuffer.Over(_driver.Context.Allocator.Allocate(bytes));
}
