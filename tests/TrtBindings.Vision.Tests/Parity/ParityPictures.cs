using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Parity;

/// <summary>Validation pictures of the sample models in the inputs of a run, as the engine of the family prepares them.</summary>
internal static class ParityPictures
{
    private static readonly string Root = Path.Combine(TestPaths.RepositoryRoot, "samples", "models");

    /// <summary>Fills the inputs of a model: the picture of the given number and those after it, one for each item.</summary>
    public static void Fill(UntypedModel model, TensorSet inputs, int first = 0)
    {
        var images = (InputTensor<float>)inputs.Tensors[0];
        var (batch, height, width) = ((int)images.Lengths[0], (int)images.Lengths[^2], (int)images.Lengths[^1]);
        var family = ModelFamily.Of(model.Description);
        var recorder = new Recorder(model, images.Lengths.ToArray());
        var options = new VisionEngineOptions { Processing = Processing.Cpu, MaxBatch = batch };
        var shape = images.Description.Shape.Dimensions;
        if (!shape[shape.Count - 1].IsFixed) (options.InputWidth, options.InputHeight) = (width, height);
        if (family.Name == "Classification" && ClassificationPreprocessing.Of(model.Description) is null)
            options.Classification = ClassificationPreprocessing.Torchvision;
        if (family.Name == "SemanticSegmentation") options.Segmentation = SegmentationPreprocessing.Torchvision;
        using var engine = family.CreateEngine(recorder, options);
        var files = Pictures(model.Signature.File).Order(StringComparer.Ordinal).ToArray();
        var pictures = Enumerable.Range(first, batch).Select(i => PhotoFile.Read(files[i % files.Length])).ToArray();
        try
        {
            engine.Run(pictures);
        }
        catch (OperationCanceledException)
        {
            // The model was not run: its inputs are what is wanted.
        }

        recorder.Images.AsSpan(0, (int)images.ElementCount).CopyTo(images.Span);
    }

    private static string[] Pictures(string model) => Path.GetFileName(model) switch
    {
        "faces-scrfd.onnx" => Files("faces", "validation"),
        "digits-vit.onnx" => Files("digits", "validation"),
        _ => Files("validation"),
    };

    private static string[] Files(params string[] folder) => [.. Directory.EnumerateFiles(
        Path.Combine([Root, .. folder]), "*.png", SearchOption.AllDirectories)];

    /// <summary>Keeps what an engine gives its model, and ends the run there.</summary>
    private sealed class Recorder(UntypedModel model, nint[] lengths) : IRunnableModel
    {
        private readonly IRunnableModel _model = model;

        public float[] Images { get; private set; } = [];

        public ModelSignature Signature => _model.Signature;

        public ModelDescription Description => _model.Description;

        public BackendInfo Backend => _model.Backend;

        public ModelInputs CreateInputs(params ReadOnlySpan<long> dimensions) => _model.CreateInputs(dimensions);

        public ModelOutputs CreateOutputs(params ReadOnlySpan<long> dimensions) => _model.CreateOutputs(dimensions);

        public void Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => _model.Resize(inputs, dimensions);

        public void Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default)
        {
            inputs.Tensors[0].Lengths.ToArray().ShouldBe(lengths);
            Images = ((InputTensor<float>)inputs.Tensors[0]).Span.ToArray();
            throw new OperationCanceledException();
        }

        public Task RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
