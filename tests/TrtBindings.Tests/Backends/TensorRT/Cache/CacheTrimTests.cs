using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class CacheTrimTests : CacheFixture
{
    private readonly EngineCacheKey[] _keys =
        [.. Enumerable.Range(1, 4).Select(level => Key with { Profiles = $"batch={level}" })];

    [Fact]
    public void The_engine_that_was_used_longest_ago_goes_first()
    {
        var cache = Open(sizeLimit: 3000);
        for (var i = 0; i < 3; i++)
        {
            Store(cache, _keys[i], Plan(1000, i));
            Age(_keys[i], TimeSpan.FromMinutes(10 - i));
        }

        cache.TryGet(_keys[0], out var used, out _).ShouldBeTrue();
        used!.Dispose();
        Store(cache, _keys[3], Plan(1000, 3));

        Has(_keys[0]).ShouldBeTrue("it was used just now");
        Has(_keys[1]).ShouldBeFalse("it was used longest ago");
        Has(_keys[2]).ShouldBeTrue();
        Has(_keys[3]).ShouldBeTrue();
        Names("*.engine").Length.ShouldBe(3);
    }

    [Fact]
    public void An_engine_larger_than_the_limit_stays_alone()
    {
        var cache = Open(sizeLimit: 1000);
        Store(cache, _keys[0], Plan(500));
        Store(cache, _keys[1], Plan(5000));
        Has(_keys[0]).ShouldBeFalse();
        Has(_keys[1]).ShouldBeTrue();
    }

    [Fact]
    public void What_a_dead_process_left_is_removed_and_the_rest_stays()
    {
        string[] old = ["dead.engine", ".dead.tmp", "readme.txt"];
        string[] fresh = ["young.engine", ".young.tmp"];
        foreach (var name in old.Concat(fresh)) File.WriteAllText(Path.Combine(Folder, name), "x");
        foreach (var name in old) File.SetLastWriteTimeUtc(Path.Combine(Folder, name), DateTime.UtcNow.AddDays(-1));
        var kept = Path.GetFileName(Store(Open(), Key, Plan(10)));
        File.SetLastWriteTimeUtc(Path.Combine(Folder, kept), DateTime.UtcNow.AddDays(-1));
        Store(Open(), _keys[0], Plan(10));

        Names("*.tmp").ShouldBe([".young.tmp"]);
        Names("*.engine").ShouldContain("young.engine");
        Names("*.engine").ShouldContain(kept);
        Names("*.engine").ShouldNotContain("dead.engine");
        Names("readme.txt").Length.ShouldBe(1);
    }

    private bool Has(EngineCacheKey key)
    {
        var has = Open().TryGet(key, out var engine, out _);
        engine?.Dispose();
        return has;
    }

    private void Age(EngineCacheKey key, TimeSpan age) => File.SetLastWriteTimeUtc(
        Path.Combine(Folder, CacheFiles.Stem(Folder, key) + EngineSidecar.Extension), DateTime.UtcNow - age);
}
