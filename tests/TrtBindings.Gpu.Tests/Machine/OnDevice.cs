namespace TrtBindings.Gpu.Tests.Machine;

/// <summary>Moves tensors to the device, so that a run copies nothing.</summary>
internal static unsafe class OnDevice
{
    /// <summary>
    /// Gives every tensor device memory: inputs keep their content, outputs get room for what a run on the host told.
    /// </summary>
    public static void Move(OnnxModel model, ModelInputs inputs, ModelOutputs outputs)
    {
        // What outputs need is what a run says.
        ((IRunnableModel)model).Run(inputs, outputs);
        foreach (var tensor in inputs.Tensors)
        {
            var bytes = tensor.CapacityInBytes;
            using var buffer = DeviceBuffer.Allocate(bytes);
            buffer.CopyFrom(new ReadOnlySpan<byte>((void*)tensor.Address, checked((int)bytes)));
            tensor.UseDeviceMemory(buffer);
        }

        foreach (var tensor in outputs.Tensors)
        {
            using var buffer = DeviceBuffer.Allocate(tensor.CapacityInBytes);
            tensor.UseDeviceMemory(buffer);
        }
    }
}
