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

    /// <summary>Opens the reference to compare values inside the model with.</summary>
    /// <param name="request">The model.</param>
    /// <param name="profiles">The sizes of the engine.</param>
    /// <param name="report">What <see cref="Compare"/> found.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="ModelLoadException">ONNX Runtime does not run the reference.</exception>
    IMarkedReference OpenMarked(LoadRequest request, IReadOnlyList<OptimizationProfile> profiles, ParityReport report,
        CancellationToken cancellationToken);

    /// <summary>
    /// Everything that an answer of <see cref="Compare"/> follows from besides engine and model, as a text that stays the same as
    /// long as these do: tolerance, samples, the reference's files, the version of ONNX Runtime.
    /// </summary>
    /// <param name="request">The model.</param>
    /// <param name="cancellationToken">Ends the hashing of the reference.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    string Basis(LoadRequest request, CancellationToken cancellationToken);
}

/// <summary>A reference that also gives values from inside the model.</summary>
internal interface IMarkedReference
{
    /// <summary>True if a node of the reference makes this value.</summary>
    bool Has(string value);

    /// <summary>Repeats a run, and compares values inside the model too.</summary>
    /// <param name="engine">An engine of the model whose further outputs are these values.</param>
    /// <param name="size">The run, as its results name it.</param>
    /// <param name="values">Values that the reference has.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <returns>
    /// Results of the model's outputs first, then one of each value, in their order. Values in which the reference has no number
    /// have none.
    /// </returns>
    /// <exception cref="TrtBindingsException">The reference or the engine does not run.</exception>
    IReadOnlyList<OutputParity> Compare(
        IBackendSession engine, string size, IReadOnlyList<string> values, CancellationToken cancellationToken);
}
