using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Every method that the product calls has a wrapper test.</summary>
[Collection(FakeCollection.Name)]
public sealed class WrapperCoverageTests : WrapperTestBase
{
    [Fact]
    public void Every_method_that_the_library_can_call_has_a_wrapper_test()
    {
        Covered.Clear();
        foreach (var library in Libraries)
        {
            var (version, microsoft) = ((int)library[0], (bool)library[1]);
            new WrapperTests().Runtime(version, microsoft);
            new WrapperTests().Engine(version, microsoft);
            new WrapperTests().Context(version, microsoft);
            new RefitWrapperTests().Refitter(version, microsoft);
            new RefitWrapperTests().Inspector(version, microsoft);
            new RefitWrapperTests().Serialization(version, microsoft);
            new BuilderWrapperTests().Builder(version, microsoft);
            new BuilderWrapperTests().Configuration(version, microsoft);
            new NetworkWrapperTests().Network(version, microsoft);
            new NetworkWrapperTests().Tensor(version, microsoft);
            new NetworkWrapperTests().Layer(version, microsoft);
            new NetworkWrapperTests().Profile(version, microsoft);
            new ParserWrapperTests().Parser(version, microsoft);
            new ParserWrapperTests().Error(version, microsoft);
            new ParserWrapperTests().Refitter(version, microsoft);
        }

        Enum.GetValues<TrtMethod>().Where(method => !Covered.Contains(SlotData.RowOf(method))).ShouldBeEmpty();
    }
}
