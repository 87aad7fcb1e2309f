namespace TrtBindings.Benchmarks;

/// <summary>Loads, runs and disposes a model many times in a process of its own, and measures resident memory.</summary>
internal static class DisposalProcess
{
    public static int Run()
    {
        for (var i = 1; i <= 100; i++) LoadAndRun();
        var load100 = ResidentBytes();
        for (var i = 101; i <= 1000; i++) LoadAndRun();
        var load1000 = ResidentBytes();

        using var model = IdentityModel.Load();
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        for (var i = 1; i <= 1000; i++) model.Run(inputs, outputs);
        var run1000 = ResidentBytes();
        for (var i = 1001; i <= 100_000; i++) model.Run(inputs, outputs);
        var run100000 = ResidentBytes();
        ChildProcess.Answer(load100, load1000, run1000, run100000);
        return 0;
    }

    private static void LoadAndRun()
    {
        using var model = IdentityModel.Load();
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        model.Run(inputs, outputs);
    }

    /// <summary>Resident memory without the free space that the garbage collector keeps for later allocations.</summary>
    private static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
