using TrtBindings.TensorRT.Cache;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class CacheFaultTests : CacheFixture
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"format\":1}")]
    [InlineData("\u0000\u0001\u0002")]
    public void A_damaged_sidecar_is_a_miss(string content)
    {
        Store(Open(), Key, Plan(10));
        File.WriteAllText(SidecarPath, content);
        MissOf(Open(), Key).ShouldContain("is damaged");
        Store(Open(), Key, Plan(10));
        Open().TryGet(Key, out var engine, out _).ShouldBeTrue();
        engine!.Dispose();
    }

    [Fact]
    public void A_sidecar_of_another_version_is_a_miss()
    {
        Store(Open(), Key, Plan(10));
        File.WriteAllText(SidecarPath, File.ReadAllText(SidecarPath).Replace("\"format\": 1", "\"format\": 2"));
        MissOf(Open(), Key).ShouldContain("another version of TrtBindings (form 2, not 1)");
    }

    [Fact]
    public void A_sidecar_of_another_engine_is_a_miss()
    {
        var other = Key with { Precision = "fp16" };
        Store(Open(), other, Plan(10, seed: 2));
        var foreign = File.ReadAllBytes(SidecarPath);
        File.Delete(SidecarPath);
        Store(Open(), Key, Plan(10));
        File.WriteAllBytes(SidecarPath, foreign);
        MissOf(Open(), Key).ShouldContain("describes another engine");
    }

    [Fact]
    public void A_sidecar_whose_parts_were_changed_is_a_miss()
    {
        Store(Open(), Key, Plan(10));
        File.WriteAllText(SidecarPath, File.ReadAllText(SidecarPath).Replace("NVIDIA H100", "NVIDIA H200"));
        MissOf(Open(), Key).ShouldContain("its parts are not those of its key");
    }

    [Theory]
    [InlineData("\"fp32\"", "null")]
    [InlineData("\"parts\": {", "\"parts\": null, \"x\": {")]
    [InlineData("\"engineBytes\": 10", "\"engineBytes\": -1")]
    [InlineData(".engine\"", ".engine\\u0000\"")]
    [InlineData("\"engineHash\": \"sha256", "\"engineHash\": \"md5")]
    public void A_sidecar_with_a_value_that_cannot_be_is_a_miss(string text, string replacement)
    {
        Store(Open(), Key, Plan(10));
        var whole = File.ReadAllText(SidecarPath);
        whole.ShouldContain(text);
        File.WriteAllText(SidecarPath, whole.Replace(text, replacement));
        MissOf(Open(), Key).ShouldNotBeEmpty();
        Store(Open(), Key with { Precision = "fp16" }, Plan(10));
    }

    [Fact]
    public void A_sidecar_that_points_out_of_the_folder_is_refused()
    {
        var engine = Path.GetFileName(Store(Open(), Key, Plan(10)));
        File.WriteAllText(SidecarPath, File.ReadAllText(SidecarPath).Replace(engine, "../" + engine));
        MissOf(Open(), Key).ShouldContain("outside the cache");
    }

    [Fact]
    public void A_folder_that_others_can_write_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.OtherWrite);
        var error = Should.Throw<EngineCacheException>(() => Open());
        error.Folder.ShouldBe(Folder);
        error.Message.ShouldContain("can be written by other users");
        error.Message.ShouldContain("chmod 700");
    }

    [Theory]
    [InlineData("*.engine")]
    [InlineData("*.json")]
    public void A_file_that_others_can_write_is_a_miss(string pattern)
    {
        if (OperatingSystem.IsWindows()) return;
        Store(Open(), Key, Plan(10));
        File.SetUnixFileMode(Directory.GetFiles(Folder, pattern).Single(), UnixFileMode.UserRead | UnixFileMode.GroupWrite);
        MissOf(Open(), Key).ShouldContain("can be written by other users");
    }

    [SkippableFact]
    public void A_write_for_which_there_is_no_room_leaves_nothing_behind()
    {
        Skip.If(Wine.IsHere, "Wine reserves no room for a file, and finds any size possible.");
        var cache = Open();
        // The system refuses to reserve a pebibyte, like any plan that does not fit.
        var error = Should.Throw<EngineCacheException>(() => cache.Store(Key, new HugeStream()));
        error.InnerException.ShouldBeAssignableTo<IOException>();
        Directory.GetFiles(Folder).ShouldBeEmpty();
        MissOf(cache, Key).ShouldContain("No engine of '/models/yolo11n-seg.onnx' was built before");
    }

    [Fact]
    public void A_write_that_breaks_off_leaves_nothing_behind()
    {
        var cache = Open();
        Should.Throw<EngineCacheException>(() => cache.Store(Key, new BreakingStream(new MemoryStream(Plan(3 << 20)))));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_write_that_is_cancelled_leaves_nothing_behind()
    {
        var cancelled = new CancellationToken(canceled: true);
        Should.Throw<OperationCanceledException>(
            () => Open().Store(Key, new MemoryStream(Plan(10)), cancellationToken: cancelled));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_sidecar_that_cannot_be_written_takes_the_engine_with_it()
    {
        Store(Open(), Key, Plan(10));
        var sidecar = SidecarPath;
        File.Delete(sidecar);
        File.Delete(Directory.GetFiles(Folder, "*.engine").Single());
        Directory.CreateDirectory(sidecar);
        Should.Throw<EngineCacheException>(() => Store(Open(), Key, Plan(10)));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_folder_that_cannot_be_written_answers_and_refuses_to_store()
    {
        // The kernel's own folders refuse even root.
        const string ReadOnly = "/proc/self/task";
        Skip.If(OperatingSystem.IsWindows() || !Directory.Exists(ReadOnly), "There is no /proc here.");
        var cache = EngineCache.Open(ReadOnly, long.MaxValue);
        MissOf(cache, Key).ShouldContain("No engine of");
        Should.Throw<EngineCacheException>(() => Store(cache, Key, Plan(10))).Folder.ShouldBe(ReadOnly);
        Should.Throw<EngineCacheException>(() => cache.Lock(Key));
        Should.Throw<EngineCacheException>(() => EngineCache.Open("/proc/self/none", long.MaxValue));
        new ContentHasher(ReadOnly).Hash(typeof(EngineCache).Assembly.Location).ShouldStartWith(ContentHash.Prefix);
    }

    [SkippableFact]
    public void A_cache_on_a_read_only_folder_still_gives_its_engines()
    {
        Skip.If(Environment.IsPrivilegedProcess, "Root writes to read-only folders.");
        if (OperatingSystem.IsWindows()) return;
        Store(Open(), Key, Plan(10));
        File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Open().TryGet(Key, out var engine, out _).ShouldBeTrue();
            engine!.Dispose();
        }
        finally
        {
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A stream that claims to be larger than any disk.</summary>
    private sealed class HugeStream() : PassThroughStream(new MemoryStream())
    {
        public override long Length => 1L << 50;
    }

    /// <summary>A stream that fails after the first piece.</summary>
    private sealed class BreakingStream(Stream inner) : PassThroughStream(inner)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position == 0 ? base.Read(buffer, offset, count) : throw new IOException("No space left on device");
    }
}
