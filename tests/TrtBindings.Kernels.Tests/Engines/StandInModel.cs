using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>A model on the stand-in TensorRT, as the generator writes its class.</summary>
internal class StandInModel(ModelSignature signature, string engine, ModelOptions options)
    : OnnxModel(new(signature, ModelSource.FromEngine(engine), options))
{
    public static ModelSignature Sign(TensorDescription input, params TensorDescription[] outputs) =>
        new("picks.engine", new([input]), new([.. outputs]), new(Enum.GetNames<Thing>()));

    protected override ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions) => new Inputs(this, dimensions);

    protected override ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions) => new Outputs(this, dimensions);

    private sealed class Inputs : ModelInputs
    {
        public Inputs(OnnxModel model, ReadOnlySpan<long> dimensions)
            : base(model, dimensions) => AddTensor<float>();
    }

    private sealed class Outputs : ModelOutputs
    {
        public Outputs(StandInModel model, ReadOnlySpan<long> dimensions)
            : base(model, dimensions)
        {
            foreach (var _ in model.Signature.Outputs) AddTensor<float>();
        }
    }
}
