using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The first calls on an unknown minor version are harmless and run in another process.</summary>
[Trait("Category", "Slow")]
public sealed class FirstContactTests : IDisposable
{
    /// <summary>A libnvinfer that reports 10.30 and aborts in every method.</summary>
    private const string OtherTables = """
        #include <stdlib.h>
        static void wrong(void) { abort(); }
        static void (*table[64])(void);
        static void* implementation[1] = { table };
        static void* object[2] = { table, implementation };
        int getInferLibVersion(void) { return 103000; }
        void* createInferRuntime_INTERNAL(void* logger, int version)
        {
            (void)logger; (void)version;
            for (int i = 0; i < 64; i++) table[i] = wrong;
            return object;
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_newer_minor_with_tables_that_only_grew_gives_the_known_answers()
    {
        using var fake = new TrtStandIn(11, 9);
        var (lines, allRight) = FirstContact.Ask(fake.Path);
        lines.Where(line => line.StartsWith("wrong", StringComparison.Ordinal)).ShouldBeEmpty();
        allRight.ShouldBeTrue();
        lines.ShouldContain("version 11.9.0.7");
        lines.ShouldContain("newer than the tables: True");
        lines.ShouldContain("ok getMaxThreads after an error");
    }

    [SkippableFact]
    public void One_whose_tables_are_others_ends_the_other_process_and_is_a_clear_error_here()
    {
        var library = CCompiler.BuildLibrary(_folder, "libnvinfer.so.10", OtherTables);
        var error = Should.Throw<NativeLibraryException>(() => FirstContact.Ask(library));
        error.Message.ShouldContain("createInferRuntime");
        error.Message.ShouldContain("tables are not the known ones");
        error.PathsTried.ShouldBe([library]);
    }

    [SkippableFact]
    public void An_unknown_major_is_refused_by_its_number()
    {
        using var fake = new TrtStandIn(12, 0);
        var (lines, allRight) = FirstContact.Ask(fake.Path);
        allRight.ShouldBeFalse();
        lines.ShouldHaveSingleItem().ShouldContain("TensorRT 12.0.0");
    }
}
