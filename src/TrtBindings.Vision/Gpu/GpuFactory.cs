namespace TrtBindings.Vision.Gpu;

/// <summary>Makes what an engine of a family does on the GPU, for one frame in flight each.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal abstract class GpuFactory<TResult>
{
    /// <summary>Why pictures are not prepared on the GPU; <see langword="null"/> if they are.</summary>
    public virtual string? PreprocessingProblem => null;

    /// <summary>Why results are not made on the GPU; <see langword="null"/> if they are.</summary>
    public abstract string? PostprocessingProblem { get; }

    /// <summary>
    /// Prepares pictures. Where <see cref="PreprocessingProblem"/> is set, only <see cref="GpuPreprocessor.Describe"/> of it is
    /// called.
    /// </summary>
    /// <exception cref="CudaException">A kernel is missing, or the GPU has too little memory.</exception>
    public abstract GpuPreprocessor CreatePreprocessor(KernelSet kernels);

    /// <summary>Makes results.</summary>
    /// <exception cref="CudaException">A kernel is missing, or the GPU has too little memory.</exception>
    public abstract GpuPostprocessor<TResult> CreatePostprocessor(KernelSet kernels);
}
