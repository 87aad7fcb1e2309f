using TrtBindings.Backends;
using TrtBindings.Parity;

namespace TrtBindings;

/// <summary>Compares what two models answer, output by output.</summary>
public static class ModelParity
{
    /// <summary>
    /// Compares a loaded model, such as a ready engine, with another one of the same inputs and outputs, such as its .onnx on
    /// ONNX Runtime's processor. Both run on the same inputs at the smallest, the preferred and the largest sizes of each
    /// profile, and items of a batch are put in another order. Neither is changed.
    /// </summary>
    /// <param name="model">The model to compare.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="precision">The precision whose tolerance is taken, if the options name none.</param>
    /// <param name="options">Samples and tolerance; policy and reference mean nothing here.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <exception cref="ModelOptionException">
    /// Neither the item nor <see cref="TensorRtOptions.Profiles"/> of the model says the sizes of a dynamic dimension.
    /// </exception>
    /// <exception cref="TensorException">The models have other inputs or outputs than each other.</exception>
    /// <exception cref="NotSupportedException">A tensor without a rank or of a type that is not compared.</exception>
    /// <exception cref="ObjectDisposedException">A model is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ParityReport Compare(OnnxModel model, OnnxModel reference, ModelPrecision precision = ModelPrecision.Float32,
        ParityOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reference);
        options = (options ?? new()).Snapshot();
        model.ThrowIfDisposed();
        reference.ThrowIfDisposed();
        var tolerance = options.Tolerance ?? ParityTolerance.Of(precision);
        var profiles = ProfileResolver.Complete(model.Signature, model.Declaration);
        var runs = new ParityRuns(reference.Description, model.Signature, tolerance, options);
        return new()
        {
            Reference = reference.Backend.ToString(), Precision = precision, Tolerance = tolerance,
            HasSamples = options.Samples is not null, Results = runs.ResultsName,
            Outputs = [.. runs.Compare(reference.Session, model.Session, profiles, cancellationToken)],
        };
    }

    /// <summary>
    /// Compares the outputs of a run with those of the reference on the same inputs. Where the family is known from the file,
    /// boxes, scores and what the task adds are measured each by itself, and rows of an end-to-end head are compared as sets.
    /// </summary>
    /// <param name="model">What the file of the model says, such as <see cref="OnnxModel.Description"/>.</param>
    /// <param name="reference">The reference's outputs, in host memory.</param>
    /// <param name="outputs">The outputs to compare, in host memory: as many as the reference has, in the same order.</param>
    /// <param name="tolerance">What they may differ by.</param>
    /// <param name="size">The sizes of the run, for the results; such as <c>batch=4</c>.</param>
    /// <returns>
    /// A result for each part of each output; <see cref="OutputParity.Problem"/> says what is beyond the tolerance.
    /// </returns>
    /// <exception cref="ArgumentException">The sets have not as many outputs as each other.</exception>
    /// <exception cref="ObjectDisposedException">The outputs are disposed.</exception>
    public static IReadOnlyList<OutputParity> Compare(ModelDescription model, ModelOutputs reference, ModelOutputs outputs,
        ParityTolerance tolerance, string size = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(tolerance);
        reference.ThrowIfDisposed();
        outputs.ThrowIfDisposed();
        if (reference.Tensors.Count != outputs.Tensors.Count)
        {
            throw new ArgumentException($"The reference has {reference.Tensors.Count} outputs, and the model "
                + $"{outputs.Tensors.Count}.", nameof(outputs));
        }

        tolerance.Check(nameof(ParityTolerance));
        return RunComparison.Compare(size, model, reference.Signature, reference.Tensors, outputs.Tensors, tolerance);
    }
}
