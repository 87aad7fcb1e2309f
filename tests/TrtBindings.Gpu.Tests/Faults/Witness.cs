using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Engines;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>A model that was loaded before a fault and must be right after it.</summary>
internal sealed class Witness : IDisposable
{
    private readonly ReadyEngine _engine = ReadyEngine.Load("mnist_n1-64_fp32");

    public Witness() => ShouldBeRight();

    /// <summary>Every case of it.</summary>
    public void ShouldBeRight()
    {
        foreach (var entry in _engine.Entry.Cases!) ShouldBeRight(entry);
    }

    public void Dispose()
    {
        ShouldBeRight();
        _engine.Dispose();
    }

    private void ShouldBeRight(ManifestCase entry)
    {
        using var inputs = _engine.Inputs(entry.Inputs);
        using var outputs = _engine.Outputs(entry.Inputs);
        CaseCheck.Run(_engine, entry, inputs, outputs);
    }
}
