namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The functions of fake tables have static state, so these tests run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FakeCollection
{
    public const string Name = "TensorRT fakes";
}
