using System.Globalization;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Remembers engines that were built and not kept, so that a load does not take minutes at each start of an application for an
/// engine that is refused again. Only <see cref="ParityPolicy.Refuse"/> knows refused engines.
/// </summary>
/// <param name="recipe">What is built.</param>
/// <param name="folder">The cache.</param>
/// <param name="log">Told what is remembered.</param>
internal sealed class RefusedBuilds(EngineRecipe recipe, string folder, BuildLog log)
{
    private readonly EngineRefusals _refusals = new(folder);

    /// <summary>Fails if this engine was refused before, by the same tolerance, samples, reference and driver.</summary>
    /// <exception cref="EngineParityException">It did not answer as the reference does.</exception>
    /// <exception cref="EngineBuildException">None of its layers computed in the type that was asked for.</exception>
    public void ThrowIfKnown(EngineCacheKey key, CancellationToken cancellationToken)
    {
        if (Find(key, cancellationToken) is { } known) throw known.ToError(recipe.Source.Name);
    }

    /// <summary>What is known of this engine; <see langword="null"/> if nothing is.</summary>
    public EngineRefusal? Find(EngineCacheKey key, CancellationToken cancellationToken) =>
        recipe.Options.Parity.Policy != ParityPolicy.Refuse ? null
            // A tool that only asks has nothing to compare with.
            : _refusals.Find(key, recipe.Request.Gate is null ? null : () => Basis(cancellationToken));

    /// <summary>Remembers an engine that was refused.</summary>
    public void Remember(EngineCacheKey key, TrtBindingsException error, CancellationToken cancellationToken)
    {
        if (recipe.Options.Parity.Policy != ParityPolicy.Refuse) return;
        try
        {
            var path = _refusals.Remember(key, EngineRefusal.Of(key, Basis(cancellationToken), error));
            log.Note(
                $"The engine of '{recipe.Source.Name}' was refused, and '{path}' remembers it: loads do not build it again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Note($"The engine of '{recipe.Source.Name}' was refused, which cannot be remembered, so that each load builds it "
                + $"again: {e.Message}");
        }
    }

    /// <summary>Forgets all that is known of an engine, because one by this key was compared and kept.</summary>
    public void Forget(EngineCacheKey key, EngineVerdict kept)
    {
        if (kept.Parity is { Passed: true }) _refusals.Forget(key);
    }

    private string Basis(CancellationToken cancellationToken)
    {
        var driver = recipe.Host.Context.Device.Library.DriverVersion.ToString(CultureInfo.InvariantCulture);
        return $"{recipe.Request.Gate?.Basis(recipe.Request, cancellationToken)}\ndriver {driver}";
    }
}
