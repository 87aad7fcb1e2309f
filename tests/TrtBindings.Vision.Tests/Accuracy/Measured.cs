using System.Collections.Concurrent;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Evaluations of shipped models, each run once in a process: several tests begin with the same numbers.</summary>
internal static class Measured
{
    private static readonly ConcurrentDictionary<string, Lazy<object>> Known = new();

    /// <summary>
    /// The result of an evaluation. That of a model which <see cref="UntypedModel.Redirect"/> names is never kept.
    /// </summary>
    /// <param name="name">A name that no other evaluation has.</param>
    /// <param name="evaluate">Runs it.</param>
    public static T Once<T>(string name, Func<T> evaluate)
        where T : class => UntypedModel.Redirect.Value is null
            ? (T)Known.GetOrAdd(name, _ => new(evaluate)).Value : evaluate();
}
