using TrtBindings.Parity;

namespace TrtBindings;

/// <summary>Compares what two models answer, output by output.</summary>
public static class ModelParity
{
    /// <summary>
    /// Compares the outputs of a run with those of the reference on the same inputs. Where the family is known from the file, boxes,
    /// scores and what the task adds are measured each by itself, and rows of an end-to-end head are compared as sets.
    /// </summary>
    /// <param name="model">What the file of the model says, such as <see cref="OnnxModel.Description"/>.</param>
    /// <param name="reference">The reference's outputs, in host memory.</param>
    /// <param name="outputs">The outputs to compare, in host memory: as many as the reference has, in the same order.</param>
    /// <param name="tolerance">What they may differ by.</param>
    /// <param name="size">The sizes of the run, for the results; such as <c>batch=4</c>.</param>
    /// <returns>A result for each part of each output; <see cref="OutputParity.Problem"/> says what is beyond the tolerance.</returns>
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
