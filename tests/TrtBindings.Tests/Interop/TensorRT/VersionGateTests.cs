using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Which libraries are loaded and which are refused before any method of an object is called.</summary>
[Collection(FakeCollection.Name)]
public sealed class VersionGateTests
{
    [Theory]
    [InlineData(100000, "10.0.0")]
    [InlineData(100600, "10.6.0")]
    [InlineData(101501, "10.15.1")]
    [InlineData(110400, "11.4.0")]
    public void Versions_10_and_11_are_accepted_and_say_what_they_are(int number, string version)
    {
        var library = FakeLibrary.Load(number);
        library.Version.ToString().ShouldBe(version);
        library.Version.Number.ShouldBe(number);
    }

    [Theory]
    [InlineData(120000, "TensorRT 12.0.0", "update TrtBindings")]
    [InlineData(90300, "TensorRT 9.3.0", "install one of these")]
    [InlineData(8601, "TensorRT 8.6.1", "install one of these")]
    [InlineData(10400, "TensorRT 1.4.0", "install one of these")]
    public void Another_major_is_refused_before_any_factory_is_called(int number, string version, string fix)
    {
        var before = FakeLibrary.Factories;
        var error = Should.Throw<NativeLibraryException>(() => FakeLibrary.Load(number));
        error.Message.ShouldContain(version);
        error.Message.ShouldContain(fix);
        FakeLibrary.Factories.ShouldBe(before);
    }

    [Theory]
    [InlineData("/opt/rtx/libtensorrt_rtx.so.1")]
    [InlineData("C:/rtx/tensorrt_rtx_1_4.dll")]
    public void TensorRT_for_RTX_is_refused_by_its_name_whatever_version_it_says(string path) =>
        Should.Throw<NativeLibraryException>(() => FakeLibrary.Load(100600, path)).Message.ShouldContain("RTX");

    [Fact]
    public void A_library_without_the_functions_is_no_TensorRT() =>
        Should.Throw<NativeLibraryException>(() => TrtLibrary.Create(new(), "/nowhere/libz.so"))
            .Message.ShouldContain("not TensorRT");

    [Fact]
    public void A_file_that_is_not_there_is_a_typed_error_with_its_path() =>
        Should.Throw<NativeLibraryException>(() => TrtLibrary.Load("/nowhere/libnvinfer.so.10"))
            .PathsTried.ShouldBe(["/nowhere/libnvinfer.so.10"]);

    [Fact]
    public void The_numbers_of_11_are_not_those_of_10_so_that_one_is_never_used_for_the_other()
    {
        var ten = new TrtSlotTable(new(10, 16));
        var eleven = new TrtSlotTable(new(11, 1));
        ten.Slot(TrtMethod.CudaEngine_GetTensorShape).ShouldNotBe(eleven.Slot(TrtMethod.CudaEngine_GetTensorShape));
        FakeLibrary.Load(100600).Slots.Slot(TrtMethod.ExecutionContext_EnqueueV3).ShouldBe(OperatingSystem.IsWindows() ? 36 : 37);
        FakeLibrary.Load(110000).Slots.Slot(TrtMethod.ExecutionContext_EnqueueV3).ShouldBe(OperatingSystem.IsWindows() ? 35 : 36);
    }

    [Theory]
    [InlineData(10, 6, TrtMethod.OptimizationProfile_SetShapeValuesV2, "it came with TensorRT 10.11")]
    [InlineData(10, 0, TrtMethod.ExecutionContext_SetDeviceMemoryV2, "it came with TensorRT 10.1")]
    [InlineData(11, 0, TrtMethod.BuilderConfig_SetInt8Calibrator, "TensorRT 11 does not have it")]
    public void A_call_that_the_loaded_version_lacks_is_a_typed_error_that_says_why(
        int major, int minor, object method, string reason)
    {
        var table = new TrtSlotTable(new(major, minor));
        table.Has((TrtMethod)method).ShouldBeFalse();
        var error = Should.Throw<TensorRtException>(() => table.Slot((TrtMethod)method));
        error.Message.ShouldContain(reason);
        error.LibraryVersion.ShouldBe($"{major}.{minor}.0");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x200)]
    [InlineData(0x238)]
    public void A_factory_that_answers_an_offset_from_null_has_made_nothing(int answer)
    {
        var library = FakeLibrary.Load(101501);
        FakeLibrary.Made = answer;
        Should.Throw<TensorRtException>(() => TrtRuntime.Create(library)).Function.ShouldBe("createInferRuntime");
        Should.Throw<TensorRtException>(() => TrtBuilder.Create(library)).Function.ShouldBe("createInferBuilder");
    }

    [Fact]
    public void Only_10_8_has_the_moved_entries_of_the_network()
    {
        static int Slot(int minor, string method) =>
            new TrtSlotTable(new(10, minor), microsoft: false).SlotOf("VNetworkDefinition", method);
        (Slot(7, "getFlags"), Slot(8, "getFlags"), Slot(9, "getFlags")).ShouldBe((64, 65, 64));
        var seven = SlotData.Methods.Find("VNetworkDefinition")!.EntriesOf(0, 10, 7);
        seven.Where(entry => Slot(8, entry.Method) != entry.Itanium).Select(entry => entry.Itanium)
            .ShouldBe(Enumerable.Range(63, 14));
    }

    [Fact]
    public void A_flag_has_the_number_of_the_loaded_major_and_a_missing_one_is_a_typed_error()
    {
        TrtFlagNumbers.Of(TrtBuilderFlag.VersionCompatible, new(10, 6, 0)).ShouldBe(13);
        TrtFlagNumbers.Of(TrtBuilderFlag.VersionCompatible, new(11, 0, 0)).ShouldBe(12);
        TrtFlagNumbers.Of(TrtNetworkDefinitionCreationFlag.StronglyTyped, new(10, 6, 0)).ShouldBe(1);
        TrtFlagNumbers.Of(TrtNetworkDefinitionCreationFlag.StronglyTyped, new(11, 0, 0)).ShouldBe(0);
        Should.Throw<TensorRtException>(() => TrtFlagNumbers.Of(TrtBuilderFlag.Fp16, new(11, 0, 0)))
            .Message.ShouldContain("the precision is that of the model");
    }
}
