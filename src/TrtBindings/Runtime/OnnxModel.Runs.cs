using System.ComponentModel;
using TrtBindings.Backends;

namespace TrtBindings;

/// <content>Runs. Inputs and outputs are marked as in use for the time of a run.</content>
public abstract partial class OnnxModel
{
    /// <summary>
    /// Runs once. Allocates nothing after the first run with the same inputs and outputs. Output shapes are those that
    /// the backend reports. If it throws, the outputs keep what they held and everything stays usable.
    /// </summary>
    /// <exception cref="TensorException">The inputs hold more than the outputs were allocated for.</exception>
    /// <exception cref="TensorsInUseException">Another run is using the inputs or the outputs.</exception>
    /// <exception cref="OnnxRuntimeException">An operator failed; the message names the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunCore(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken) =>
        Run(inputs, outputs, null, cancellationToken);

    /// <summary>Runs once, with work on the GPU around the model.</summary>
    internal void Run(ModelInputs inputs, ModelOutputs outputs, GpuWork? work, CancellationToken cancellationToken)
    {
        var binding = Begin(inputs, outputs, work);
        try
        {
            binding.Run(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw e.Of(Source.Name);
        }
        finally
        {
            End(inputs, outputs, work);
        }
    }

    /// <summary>
    /// For generated code: runs once without blocking a thread. Inputs and outputs are in use until the task is complete. The
    /// task fails with what <see cref="RunCore"/> throws.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task RunAsyncCore(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken) =>
        RunAsync(inputs, outputs, null, cancellationToken);

    /// <summary>The same without a thread that waits.</summary>
    internal async Task RunAsync(
        ModelInputs inputs, ModelOutputs outputs, GpuWork? work, CancellationToken cancellationToken)
    {
        var binding = Begin(inputs, outputs, work);
        try
        {
            await binding.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OnnxRuntimeException e)
        {
            throw e.Of(Source.Name);
        }
        finally
        {
            End(inputs, outputs, work);
        }
    }

    /// <summary>Runs a few times with these, so that the first real run of their sizes is as fast as later ones, and disposes
    /// of them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void WarmUpCore(ModelInputs inputs, ModelOutputs outputs)
    {
        using (inputs)
        using (outputs)
        {
            for (var run = _session.WarmUpRuns; run > 0; run--) RunCore(inputs, outputs, CancellationToken.None);
        }
    }

    /// <summary>Runs with the time of each layer; for <see cref="ModelGpu.MeasureLayers"/>.</summary>
    internal IReadOnlyList<LayerTime> MeasureLayers(IGpuSession session, ModelInputs inputs, ModelOutputs outputs)
    {
        var binding = Begin(inputs, outputs);
        try
        {
            return session.MeasureLayers(binding);
        }
        finally
        {
            End(inputs, outputs);
        }
    }

    internal void ThrowIfDisposed()
    {
        if (_disposed)
            throw new ObjectDisposedException(Source.Name, $"The model '{Source.Name}' is disposed. Load it again to use it.");
    }

    private static void End(ModelInputs inputs, ModelOutputs outputs, GpuWork? work = null)
    {
        work?.Exit();
        outputs.Exit();
        inputs.Exit();
    }

    /// <summary>Marks inputs and outputs as in use and returns their binding. If it throws, they are free again.</summary>
    private IBackendBinding Begin(ModelInputs inputs, ModelOutputs outputs, GpuWork? work = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ThrowIfDisposed();
        CheckOwner(inputs.Signature, "inputs");
        CheckOwner(outputs.Signature, "outputs");
        inputs.Enter();
        try
        {
            outputs.Enter();
        }
        catch
        {
            inputs.Exit();
            throw;
        }

        try
        {
            outputs.CheckCapacity(inputs);
            if (inputs.DeviceTensors + outputs.DeviceTensors > 0) CheckDevices(inputs, outputs);
            var binding = BindingOf(inputs, outputs);
            work?.Enter();
            binding.Work = work;
            return binding;
        }
        catch
        {
            End(inputs, outputs);
            throw;
        }
    }

    /// <summary>The outputs keep the last binding: a caller who stays with one pair of inputs and outputs binds once.</summary>
    private IBackendBinding BindingOf(ModelInputs inputs, ModelOutputs outputs)
    {
        if (outputs.Attachment is RunBinding known && known.Fits(_session, inputs)) return known.Binding;
        outputs.Attachment?.Dispose();
        outputs.Attachment = null;
        var binding = new RunBinding(
            _session, inputs, inputs.OptionalVersion, _session.Bind(inputs.Given(), outputs.Tensors));
        outputs.Attachment = binding;
        return binding.Binding;
    }

    private void CheckOwner(ModelSignature signature, string kind)
    {
        if (!ReferenceEquals(signature, Signature))
            throw new ArgumentException($"These {kind} were allocated for '{signature.File}', not for '{Signature.File}'.");
    }

    private void CheckDevices(ModelInputs inputs, ModelOutputs outputs)
    {
        for (var i = 0; i < inputs.Tensors.Count; i++) CheckDevice(inputs.Tensors[i]);
        for (var i = 0; i < inputs.OptionalInputs.Count; i++)
            if (inputs.OptionalInputs[i].Given is { } tensor) CheckDevice(tensor);
        for (var i = 0; i < outputs.Tensors.Count; i++) CheckDevice(outputs.Tensors[i]);
    }

    private void CheckDevice(TensorBuffer tensor)
    {
        if (tensor.DeviceContext is not { } context) return;
        if (_session.DeviceContext is not { } own)
        {
            throw new TensorException(tensor.Name, $"Tensor '{tensor.Name}' lies in device memory, and {Backend}, which runs "
                + "this model, reads and writes memory of the processor only. Call UseHostMemory() on it, or load the model "
                + "with ModelOptions.Require(BackendKind.TensorRT), which says why it does not run there.");
        }

        if (context == own) return;
        throw new TensorException(tensor.Name, $"Tensor '{tensor.Name}' lies in memory of {context.Device}, and this "
            + $"model runs on {own.Device}. Allocate the buffer there, with ModelOptions.Gpu.");
    }

    internal sealed record RunBinding(
        IBackendSession Session, ModelInputs Inputs, int OptionalVersion, IBackendBinding Binding) : IDisposable
    {
        public bool Fits(IBackendSession session, ModelInputs inputs) =>
            Session == session && Inputs == inputs && OptionalVersion == inputs.OptionalVersion;

        public void Dispose() => Binding.Dispose();
    }
}
