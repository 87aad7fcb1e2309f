using System.Collections;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>Runs checks with known results, goes on after a wrong one, and keeps all results.</summary>
/// <param name="asking">Gets each question before it is asked, so that one which ends the process is known.</param>
internal sealed class SmokeReport(Action<string>? asking = null) : IEnumerable<SmokeCheck>
{
    private readonly List<SmokeCheck> _checks = [];

    /// <summary>The failed checks, one line each.</summary>
    public IReadOnlyList<string> Problems =>
        [.. _checks.Where(check => check.Problem is not null).Select(check => check.ToString())];

    /// <summary>The number of checks.</summary>
    public int Count => _checks.Count;

    /// <summary>Checks a value.</summary>
    public void Equal<T>(string name, T expected, Func<T> ask) => Ask(name, () =>
    {
        var answer = ask();
        return EqualityComparer<T>.Default.Equals(answer, expected) ? null : $"{answer}, and not {expected}";
    });

    /// <summary>Checks a list.</summary>
    public void Same<T>(string name, IEnumerable<T> expected, Func<IEnumerable<T>> ask) =>
        Equal(name, string.Join(", ", expected), () => string.Join(", ", ask()));

    /// <summary>Checks a condition.</summary>
    public void True(string name, Func<bool> ask) => Equal(name, true, ask);

    /// <summary>Checks that a call does not throw.</summary>
    public void Does(string name, Action call) => Ask(name, () =>
    {
        call();
        return null;
    });

    /// <summary>Checks that TensorRT refuses a call.</summary>
    /// <param name="name">The question.</param>
    /// <param name="call">The call.</param>
    /// <param name="inWords">Whether TensorRT must say why.</param>
    public void Refuses(string name, Action call, bool inWords = true) => Ask(name, () =>
    {
        try
        {
            call();
            return "was not refused";
        }
        catch (TensorRtException e)
        {
            return !inWords || e.Messages.Count > 0 ? null : $"was refused without a word: {e.Message}";
        }
    });

    /// <summary>
    /// Creates an object for later checks; <see langword="null"/> and a failed check if that throws.
    /// </summary>
    public T? Make<T>(string name, Func<T> make)
        where T : class
    {
        T? made = null;
        Does(name, () => made = make());
        return made;
    }

    /// <inheritdoc/>
    public IEnumerator<SmokeCheck> GetEnumerator() => _checks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Ask(string name, Func<string?> question)
    {
        asking?.Invoke(name);
        try
        {
            _checks.Add(new(name, question()));
        }
        catch (Exception e)
        {
            _checks.Add(new(name, $"{e.GetType().Name}: {e.Message}"));
        }
    }
}
