namespace TrtBindings.Vision.Engines;

/// <summary>What one call of an engine uses: the model's tensors, and what is on the GPU.</summary>
/// <typeparam name="TResult">The result of one image.</typeparam>
internal sealed class EngineSlot<TResult> : IDisposable
    where TResult : class
{
    /// <summary>Allocates the tensors.</summary>
    /// <exception cref="CudaException">A kernel is missing, or the GPU has too little memory.</exception>
    public EngineSlot(
        IRunnableModel model, ImageInput input, GpuFactory<TResult>? factory, KernelSet? kernels, ProcessingPlaces places)
    {
        Runner = new(model, input, places);
        if (!places.IsAny) return;
        try
        {
            Gpu = new(model.Gpu!, kernels!, factory!, Runner, places);
        }
        catch
        {
            Runner.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model.</summary>
    public ImageRunner Runner { get; }

    /// <summary>What is on the GPU; <see langword="null"/> if nothing is.</summary>
    public GpuSlot<TResult>? Gpu { get; }

    /// <summary>Runs the model, and again while there was too little room for the results.</summary>
    public void Run(float filler, CancellationToken cancellationToken)
    {
        Runner.Run(filler, Gpu?.Work, cancellationToken);
        if (Gpu is null || Gpu.IsComplete()) return;
        try
        {
            do Runner.Run(filler, Gpu.Work, cancellationToken);
            while (!Gpu.IsComplete());
        }
        finally
        {
            Gpu.EndRepeat();
        }
    }

    /// <summary>The same without a thread that waits.</summary>
    public async Task RunAsync(float filler, CancellationToken cancellationToken)
    {
        await Runner.RunAsync(filler, Gpu?.Work, cancellationToken).ConfigureAwait(false);
        if (Gpu is null || Gpu.IsComplete()) return;
        try
        {
            do await Runner.RunAsync(filler, Gpu.Work, cancellationToken).ConfigureAwait(false);
            while (!Gpu.IsComplete());
        }
        finally
        {
            Gpu.EndRepeat();
        }
    }

    /// <summary>Frees the tensors. The model stays loaded.</summary>
    public void Dispose()
    {
        Gpu?.Dispose();
        Runner.Dispose();
    }
}
