using System.ComponentModel;
using TrtBindings.Vision.Scrfd;

namespace TrtBindings.Vision;

/// <summary>
/// Finds faces, and five key points of each, with an SCRFD model. Results equal those of InsightFace's <c>scrfd.py</c> at the
/// same input size. Faces are in falling order of score, unless <see cref="ScrfdOptions.MaxFaces"/> leaves some out. A model
/// whose outputs have no batch dimension takes one image at a time.
/// </summary>
public sealed class ScrfdEngine : DetectionEngine<FaceDetection>
{
    private readonly ScrfdLayout _layout;
    private readonly ScrfdPipeline _pipeline;
    private readonly ScrfdGeometry[] _geometries;

    private ScrfdEngine(ScrfdLayout layout, ScrfdForm form, ScrfdOptions options)
        : base(layout.Model, layout.Input, options, new ScrfdGpu(layout, form, options))
    {
        _layout = layout;
        _pipeline = new(options, layout.Input.Width, layout.Input.Height);
        _geometries = new ScrfdGeometry[MaxBatch];
    }

    /// <summary>Whether faces have key points.</summary>
    public bool HasKeyPoints => _layout.Grid.HasKeyPoints;

    private protected override float Filler => ScrfdPipeline.Filler;

    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of an SCRFD model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static ScrfdEngine Create(IScrfdModel model, ScrfdOptions? options = null)
    {
        options = OptionCheck.Copy(model, options);
        return new(ScrfdLayout.Of(model, model.Form, options), model.Form, options);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not an SCRFD model, which has " + ScrfdRule.Wanted + ModelError.SeeSummary)]
    public static ScrfdEngine Create(object model, ScrfdOptions? options = null) =>
        throw ModelError.NotOf(model, ScrfdRule.Instance);

    private protected override void Load(ImageView image, int index) =>
        _geometries[index] = _pipeline.Preprocess(image, Runner.ImageAt(index));

    private protected override void Place(int width, int height, int index) =>
        _geometries[index] = ScrfdGeometry.Fit(width, height, _layout.Input.Width, _layout.Input.Height);

    private protected override void Read(int item, List<FaceDetection> result, ResultBuffer? buffer) =>
        result.AddRange(_pipeline.Postprocess(_layout, Runner, item, _geometries[item]));
}
