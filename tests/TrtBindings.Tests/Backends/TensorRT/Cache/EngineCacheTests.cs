using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class EngineCacheTests : CacheFixture
{
    [Fact]
    public void A_stored_engine_comes_back_byte_for_byte()
    {
        var cache = Open();
        var plan = Plan(9_000_001);
        var path = Store(cache, Key, plan);

        Open().TryGet(Key, out var engine, out var why).ShouldBeTrue();
        using (engine)
        {
            why.ShouldBe("");
            engine!.Path.ShouldBe(path);
            engine.Plan.Length.ShouldBe(plan.Length);
            engine.Plan.Span(0, plan.Length).SequenceEqual(plan).ShouldBeTrue();
            EngineSidecar.Read(SidecarPath).Sidecar!.KeyParts.ShouldBe(Key.Parts(), ignoreOrder: true);
        }

        Should.Throw<ObjectDisposedException>(() => engine.Plan.Address);
    }

    [Fact]
    public void A_truncated_engine_is_a_miss_that_says_so()
    {
        var path = Store(Open(), Key, Plan(1000));
        File.WriteAllBytes(path, Plan(999));
        MissOf(Open(), Key).ShouldContain("999 bytes instead of 1,000");
    }

    [Fact]
    public void A_flipped_bit_is_a_miss_and_the_next_store_heals_it()
    {
        var path = Store(Open(), Key, Plan(1000));
        var damaged = Plan(1000);
        damaged[500] ^= 1;
        File.WriteAllBytes(path, damaged);
        MissOf(Open(), Key).ShouldContain("is damaged");

        Store(Open(), Key, Plan(1000));
        Open().TryGet(Key, out var engine, out _).ShouldBeTrue();
        engine!.Dispose();
    }

    [Fact]
    public void An_engine_that_was_removed_is_a_miss()
    {
        File.Delete(Store(Open(), Key, Plan(10)));
        MissOf(Open(), Key).ShouldContain("is gone");
    }

    [Fact]
    public void An_engine_removed_while_it_is_held_stays_readable()
    {
        var plan = Plan(100_000);
        var path = Store(Open(), Key, plan);
        Open().TryGet(Key, out var engine, out _).ShouldBeTrue();
        using (engine)
        {
            File.Delete(path);
            engine!.Plan.Span(0, plan.Length).SequenceEqual(plan).ShouldBeTrue();
        }
    }

    [Fact]
    public void Another_plan_of_the_same_key_replaces_the_first()
    {
        var cache = Open();
        Store(cache, Key, Plan(100, seed: 1));
        Store(cache, Key, Plan(100, seed: 2));
        cache.TryGet(Key, out var engine, out _).ShouldBeTrue();
        using (engine) engine!.Plan.Span(0, 100).SequenceEqual(Plan(100, seed: 2)).ShouldBeTrue();
        Names("*.engine").Length.ShouldBe(1);
    }

    [Fact]
    public void An_engine_is_found_and_replaced_whatever_its_model_was_called()
    {
        var cache = Open();
        var path = Store(cache, Key, Plan(100, seed: 1));
        var other = Key with { ModelName = "/models/renamed.onnx" };
        cache.TryGet(other, out var engine, out _).ShouldBeTrue();
        using (engine) engine!.Path.ShouldBe(path);
        Path.GetFileName(path).ShouldStartWith("yolo11n-seg-", customMessage: "people see what it is");

        Store(cache, other, Plan(100, seed: 2));
        cache.TryGet(Key, out engine, out _).ShouldBeTrue();
        using (engine) engine!.Plan.Span(0, 100).SequenceEqual(Plan(100, seed: 2)).ShouldBeTrue();
        Names("*.engine").Length.ShouldBe(1);
        Names("*.json").Length.ShouldBe(1);
    }

    [Fact]
    public void One_lock_is_for_one_engine_whatever_its_model_is_called()
    {
        using var held = Open().Lock(Key);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Should.Throw<OperationCanceledException>(
            () => Open().Lock(Key with { ModelName = "/models/renamed.onnx" }, null, soon.Token));
    }

    [Theory]
    [InlineData("../../models", "outside")]
    [InlineData("", "¿?*:\u0001 .onnx")]
    public void A_model_of_any_name_gets_files_inside_the_folder(string folder, string name)
    {
        var key = Key with { ModelName = $"{folder}/{name}" };
        Path.GetDirectoryName(Store(Open(), key, Plan(10))).ShouldBe(Folder);
        Open().TryGet(key, out var engine, out _).ShouldBeTrue();
        engine!.Dispose();
    }

    [Fact]
    public void The_files_and_the_folder_are_the_users_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Path.Combine(Folder, "made", "by", "us");
        var path = Store(EngineCache.Open(folder, long.MaxValue), Key, Plan(10));
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(folder))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Exists(path).ShouldBeTrue();
    }
}
