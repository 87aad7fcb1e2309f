using System.Runtime.InteropServices;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>An engine with one set of inputs and outputs bound to it.</summary>
internal sealed unsafe class BoundModel : IDisposable
{
    public BoundModel(TensorRtSession engine, ModelSignature signature, params long[] dimensions)
    {
        Engine = engine;
        Inputs = new(signature, [], dimensions);
        Outputs = new(signature, [.. signature.OutputDimensions.Select(
            dimension => dimensions[signature.IndexOfInputDimension(dimension)])]);
        Binding = (TensorRtBinding)engine.Bind(Inputs.Tensors, Outputs.Tensors);
    }

    /// <summary>Whether the engine is another one's to dispose.</summary>
    public bool KeepsEngine { get; init; }

    public TensorRtSession Engine { get; }

    public UntypedModel.Inputs Inputs { get; }

    public UntypedModel.Outputs Outputs { get; }

    public TensorRtBinding Binding { get; }

    /// <summary>Another set on the same engine.</summary>
    public BoundModel Another(params long[] dimensions) =>
        new(Engine, Inputs.Signature, dimensions) { KeepsEngine = true };

    /// <summary>Fills every float input with values that tell inputs and elements apart.</summary>
    public void Fill(float seed)
    {
        for (var i = 0; i < Inputs.Tensors.Count; i++)
        {
            var span = Inputs.Get<float>(i).Span;
            for (var k = 0; k < span.Length; k++) span[k] = seed + (100 * i) + k;
        }
    }

    /// <summary>Overwrites all memory of the outputs, so that what a run did not write is seen.</summary>
    public void Poison()
    {
        foreach (var output in Outputs.Tensors)
            if (!output.IsOnDevice) NativeMemory.Fill((void*)output.Address, (nuint)output.CapacityInBytes, 0xCD);
    }

    /// <summary>One run, outputs poisoned before.</summary>
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
        if (!KeepsEngine) Engine.Dispose();
    }
}
