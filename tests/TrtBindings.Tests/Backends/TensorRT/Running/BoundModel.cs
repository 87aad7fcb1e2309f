using System.Runtime.InteropServices;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>A session with one set of inputs and outputs bound to it.</summary>
internal sealed unsafe class BoundModel : IDisposable
{
    public BoundModel(TensorRtSession session, ModelSignature signature, params long[] dimensions)
    {
        Session = session;
        Inputs = new(signature, [], dimensions);
        Outputs = new(signature, [.. signature.OutputDimensions.Select(
            dimension => dimensions[signature.IndexOfInputDimension(dimension)])]);
        Binding = (TensorRtBinding)session.Bind(Inputs.Tensors, Outputs.Tensors);
    }

    /// <summary>The session belongs to another object, which disposes it.</summary>
    public bool KeepsSession { get; init; }

    public TensorRtSession Session { get; }

    public UntypedModel.Inputs Inputs { get; }

    public UntypedModel.Outputs Outputs { get; }

    public TensorRtBinding Binding { get; }

    /// <summary>Another set of tensors on the same session.</summary>
    public BoundModel Another(params long[] dimensions) =>
        new(Session, Inputs.Signature, dimensions) { KeepsSession = true };

    /// <summary>Fills every float input with values that differ by input and element.</summary>
    public void Fill(float seed)
    {
        for (var i = 0; i < Inputs.Tensors.Count; i++)
        {
            var span = Inputs.Get<float>(i).Span;
            for (var k = 0; k < span.Length; k++) span[k] = seed + (100 * i) + k;
        }
    }

    /// <summary>Overwrites all memory of the outputs, so that a run that writes nothing is noticed.</summary>
    public void Poison()
    {
        foreach (var output in Outputs.Tensors)
            if (!output.IsOnDevice) NativeMemory.Fill((void*)output.Address, (nuint)output.CapacityInBytes, 0xCD);
    }

    /// <summary>Poisons the outputs and runs once.</summary>
    public void Run()
    {
        Poison();
        Binding.Run(default);
    }

    public float[] Floats(int output = 0) => Outputs.Get<float>(output).Span.ToArray();

    public float[] Input(int input = 0) => Inputs.Get<float>(input).Span.ToArray();

    public void Dispose()
    {
        Binding.Dispose();
        Inputs.Dispose();
        Outputs.Dispose();
        if (!KeepsSession) Session.Dispose();
    }
}
