using TrtBindings.Backends;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>The cache with a real engine in it: found, and not used once a bit of it is another.</summary>
public sealed class CachedEngineFaultTests
{
    [SkippableFact]
    public void An_engine_in_the_cache_is_found_and_one_with_a_flipped_bit_is_not_used()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        using var witness = new Witness();
        var folder = Directory.CreateTempSubdirectory("trtbindings-gpu-cache-").FullName;
        try
        {
            var source = ModelSource.FromFile(entry.ModelPath());
            var description = source.Describe();
            var signature = new ModelSignature(entry.Model, description.Inputs, description.Outputs);
            var options = new ModelOptions
            {
                TensorRT = new() { CacheFolder = folder, Profiles = [new() { ["batch"] = (1, 1, 64) }] },
            };
            var declaration = ProfileResolver.Declaration(signature, options.TensorRT);
            var recipe = new EngineRecipe(GpuMachine.Host, new(source, signature, description, declaration, options));
            var cache = EngineCache.Open(folder, long.MaxValue);
            var key = EngineKeys.Of(recipe, new(folder), default);
            using (var plan = File.OpenRead(entry.PlanPath())) cache.Store(key, plan);
            string path;
            using (var found = EngineStore.Find(recipe, out var reason, default))
                path = found.ShouldNotBeNull(reason).Path;

            var bytes = File.ReadAllBytes(path);
            bytes[bytes.Length / 2] ^= 4;
            File.WriteAllBytes(path, bytes);
            EngineStore.Find(recipe, out var why, default).ShouldBeNull();
            FigureLog.Report("faults", "bit-flipped in the cache", why.Replace(folder, "cache", StringComparison.Ordinal));
            why.ShouldContain("damaged");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
