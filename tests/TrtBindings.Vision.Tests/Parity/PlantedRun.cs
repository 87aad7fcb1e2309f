using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Parity;

/// <summary>A sample model's outputs on a validation picture, twice: as they are, and to be spoilt.</summary>
internal sealed class PlantedRun : IDisposable
{
    private readonly UntypedModel _model;

    public PlantedRun(string path, int batch = 1, int picture = 0)
    {
        _model = UntypedModel.Load(
            Path.Combine([TestPaths.RepositoryRoot, "samples", "models", .. path.Split('/')]),
            ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        long[] sizes = [.. _model.Signature.InputDimensions.Select(dimension => dimension.Axis == 0 ? batch : 320L)];
        long[] shared = [.. _model.Signature.OutputDimensions.Select(dimension => dimension.Axis == 0 ? batch : 320L)];
        Inputs = _model.CreateInputs(sizes);
        ParityPictures.Fill(_model, Inputs, picture);
        Reference = _model.CreateOutputs(shared);
        Planted = _model.CreateOutputs(shared);
        _model.Run(Inputs, Reference);
        _model.Run(Inputs, Planted);
    }

    public ModelDescription Description => _model.Description;

    public ModelInputs Inputs { get; }

    public ModelOutputs Reference { get; }

    public ModelOutputs Planted { get; }

    /// <summary>An output to spoil.</summary>
    public Span<T> Values<T>(int output)
        where T : unmanaged
    {
        var values = ((OutputTensor<T>)Planted.Tensors[output]).Span;
        return MemoryMarshal.CreateSpan(ref Unsafe.AsRef(in MemoryMarshal.GetReference(values)), values.Length);
    }

    public int[] Shape(int output) => [.. Planted.Tensors[output].Lengths.ToArray().Select(length => (int)length)];

    /// <summary>Compares what is read.</summary>
    public IReadOnlyList<ResultParity> Compare(ParityTolerance? tolerance = null) => VisionParity.Default.Compare(
        _model.Description, Inputs, Reference, Planted, tolerance ?? ParityTolerance.Float16);

    /// <summary>Compares the numbers only, output by output.</summary>
    public bool NumbersPass(ParityTolerance? tolerance = null) => ModelParity.Compare(
        _model.Description, Reference, Planted, tolerance ?? ParityTolerance.Float16).All(result => result.Passed);

    /// <summary>The one result that is beyond the tolerance.</summary>
    public ResultParity Problem(string part)
    {
        var failed = Compare().Where(result => result.Problem is not null).ToArray();
        failed.ShouldNotBeEmpty();
        return failed.FirstOrDefault(result => result.Part == part)
            ?? throw new ShouldAssertException($"no problem of {part}: {string.Join("; ", failed.Select(one => one.Problem))}");
    }

    public void Dispose()
    {
        Inputs.Dispose();
        Reference.Dispose();
        Planted.Dispose();
        _model.Dispose();
    }
}
