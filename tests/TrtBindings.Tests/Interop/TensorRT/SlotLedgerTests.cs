using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The ledger of the methods that were called on real libraries.</summary>
[Collection(FakeCollection.Name)]
public sealed class SlotLedgerTests : WrapperTestBase
{
    [Fact]
    public void The_committed_ledger_has_a_line_for_every_method_and_is_as_the_program_writes_it()
    {
        var text = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, SlotLedger.RepositoryPath));
        SlotLedger.Parse(text).ToText().ShouldBe(text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_recorder_notes_what_is_called_and_nothing_that_is_only_looked_up()
    {
        var recorder = TrtCallRecorder.Start();
        TrtLibrary library;
        try
        {
            library = FakeLibrary.Load(100600);
        }
        finally
        {
            TrtCallRecorder.Stop();
        }

        recorder.Versions.ShouldBeEmpty();
        library.Slots.Has(TrtMethod.CudaEngine_GetDeviceMemorySizeV2).ShouldBeTrue();
        Should.Throw<TensorRtException>(() => library.Slots.Slot(TrtMethod.OptimizationProfile_SetShapeValuesV2));
        using (var context = MakeContext(library, out var fake))
            for (var i = 0; i < 2; i++) Check(fake, "enqueueV3", () => context.EnqueueV3(0x55), 0x55);
        recorder.Versions.ShouldBe([library.Version]);
        recorder.CalledOn(library.Version).ShouldBe(
        [
            TrtMethod.NoCopy_Delete, TrtMethod.Runtime_DeserializeCudaEngine, TrtMethod.Runtime_SetErrorRecorder,
            TrtMethod.CudaEngine_CreateExecutionContext, TrtMethod.CudaEngine_SetErrorRecorder,
            TrtMethod.ExecutionContext_SetErrorRecorder, TrtMethod.ExecutionContext_EnqueueV3,
        ]);
        recorder.CalledOn(new(10, 7, 0)).ShouldBeEmpty();
    }

    [Fact]
    public void A_library_that_is_loaded_while_nothing_records_is_not_recorded()
    {
        var recorder = TrtCallRecorder.Start();
        TrtCallRecorder.Stop();
        using (MakeContext(FakeLibrary.Load(110100), out _)) recorder.Versions.ShouldBeEmpty();
    }

    [Fact]
    public void Runs_add_up_and_survive_the_way_through_the_file()
    {
        var ledger = new SlotLedger();
        ledger.Add("11.4.0 lean", [TrtMethod.Runtime_GetMaxThreads]);
        ledger.Add("10.6.0.26", [TrtMethod.Runtime_GetMaxThreads, TrtMethod.HostMemory_Size]);
        ledger.Add("10.6.0.26", [TrtMethod.HostMemory_Size]);
        var again = SlotLedger.Parse(ledger.ToText());
        again.LibrariesOf(TrtMethod.Runtime_GetMaxThreads).ShouldBe(["10.6.0.26", "11.4.0 lean"]);
        again.LibrariesOf(TrtMethod.HostMemory_Size).ShouldBe(["10.6.0.26"]);
        again.LibrariesOf(TrtMethod.HostMemory_Data).ShouldBeEmpty();
        again.Count().Run.ShouldBe(2);
    }

    [Fact]
    public void The_table_tells_slots_of_both_majors_and_where_each_was_run()
    {
        var ledger = new SlotLedger();
        ledger.Add("10.6.0.26", [TrtMethod.ExecutionContext_EnqueueV3]);
        var lines = ledger.ToMarkdown().Split('\n');
        lines.ShouldContain("| IExecutionContext.enqueueV3 | 37 | 36 | 10.6.0.26 |");
        lines.ShouldContain("| IOptimizationProfile.setShapeValuesV2 | 10 (10.11) | 8 | never |");
        lines.ShouldContain("| IBuilderConfig.setInt8Calibrator | 6 | – | never |");
        lines.ShouldContain("| IParser.~delete | 9 | 7 | never |");
        lines.Length.ShouldBe(Enum.GetValues<TrtMethod>().Length + 3);
    }

    [Theory]
    [InlineData("Runtime_Unknown never")]
    [InlineData("Runtime_GetMaxThreads")]
    [InlineData("Runtime_GetMaxThreads never\nRuntime_GetMaxThreads never")]
    [InlineData("Runtime_GetMaxThreads never")]
    public void A_ledger_that_is_wrong_or_not_whole_is_refused(string text) =>
        Should.Throw<FormatException>(() => SlotLedger.Parse(text));
}
