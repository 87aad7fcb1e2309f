namespace TrtBindings.Tests.Models;

/// <summary>Signatures and tensor sets made by hand, as generated code makes them.</summary>
internal static class SampleSignature
{
    /// <summary>images: float [batch, 3, height, width] and a scale; scores: float [batch, 10], rows: int64 [?, 2].</summary>
    public static ModelSignature Detector { get; } = new(
        "detector.onnx",
        new([
            Tensor("images", ElementType.Float, Dimension.FromParameter("batch"), Dimension.Fixed(3),
                Dimension.FromParameter("height"), Dimension.FromParameter("width")),
            Tensor("scale", ElementType.Double),
        ]),
        new([
            Tensor("scores", ElementType.Float, Dimension.FromParameter("batch"), Dimension.Fixed(10)),
            Tensor("rows", ElementType.Int64, Dimension.FromParameter("?"), Dimension.Fixed(2)),
        ]));

    public static TensorDescription Tensor(string name, ElementType type, params Dimension[] dimensions) =>
        new(name, ValueKind.Tensor, type, SymbolicShape.Of(dimensions), $"tensor({type.OnnxName()})", "");

    internal sealed class Inputs : ModelInputs
    {
        public Inputs(long batch, long height, long width)
            : base(Detector, batch, height, width)
        {
            Images = AddTensor<float>();
            Scale = AddTensor<double>();
        }

        public Inputs(long batch, long height, long width, Memory<float> images)
            : base(Detector, batch, height, width)
        {
            Images = AddTensor(images);
            Scale = AddTensor<double>();
        }

        public InputTensor<float> Images { get; }

        public InputTensor<double> Scale { get; }

        public void Resize(long batch, long height, long width) => ResizeTo(batch, height, width);
    }

    internal sealed class Outputs : ModelOutputs
    {
        public Outputs(long batch)
            : base(Detector, batch)
        {
            Scores = AddTensor<float>();
            Rows = AddTensor<long>();
        }

        public OutputTensor<float> Scores { get; }

        public OutputTensor<long> Rows { get; }
    }
}
