namespace TrtBindings.Backends;

/// <summary>Compares a new engine with another backend. The backend that builds knows nothing about the other one.</summary>
internal interface IParityGate
{
    /// <summary>Runs both on the same inputs.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="request">The model.</param>
    /// <param name="profiles">The sizes of the engine; none for a model without dynamic dimensions.</param>
    /// <param name="precision">The precision that its tolerance is taken for.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <returns>What came out; <see cref="ParityReport.NotCompared"/> says why nothing did.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ParityReport Compare(IBackendSession engine, LoadRequest request, IReadOnlyList<OptimizationProfile> profiles,
        ModelPrecision precision, CancellationToken cancellationToken);

    /// <summary>
    /// Everything that an answer of <see cref="Compare"/> follows from besides engine and model, as a text that stays the same as
    /// long as these do: tolerance, samples, the reference's files, the version of ONNX Runtime.
    /// </summary>
    /// <param name="request">The model.</param>
    /// <param name="cancellationToken">Ends the hashing of the reference.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    string Basis(LoadRequest request, CancellationToken cancellationToken);
}
